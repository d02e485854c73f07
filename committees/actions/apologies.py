"""Who sends apologies: people with a seat on the day of the meeting."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from committees.actions.locking import lock_meeting, record_meeting_step
from committees.enums import CommitteeVerb, MeetingState
from committees.models import Apology, Meeting
from committees.queries.groups import seats_on
from committees.refusals import NO_APOLOGIES, NO_SEAT_THAT_DAY, WAS_CANCELLED, GroupRefused
from organisations.models import User


@transaction.atomic
def set_apologies(*, meeting: Meeting, seats: Collection[UUID], by: User, now: datetime) -> bool:
    """Exactly these send apologies. False when they did already.

    Raises GroupRefused for a staff network, for one that was cancelled, and for somebody without
    a seat on the day.
    """
    locked = lock_meeting(meeting)
    if locked.group.is_staff_network:
        raise GroupRefused(NO_APOLOGIES)
    if locked.state == MeetingState.CANCELLED:
        raise GroupRefused(WAS_CANCELLED)
    wanted = set(seats)
    if wanted - set(seats_on(locked.group, locked.date).values_list("pk", flat=True)):
        raise GroupRefused(NO_SEAT_THAT_DAY)
    present = set(locked.apologies.values_list("member", flat=True))
    if wanted == present:
        return False
    locked.apologies.exclude(member__in=wanted).delete()
    Apology.objects.bulk_create(
        Apology(meeting=locked, member_id=seat) for seat in wanted - present
    )
    record_meeting_step(CommitteeVerb.MEETING_EDITED, locked, by=by, now=now)
    return True
