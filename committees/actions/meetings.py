"""Planning meetings, changing and moving them."""

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db import transaction

from committees.actions.locking import (
    lock_meeting,
    lock_open_group,
    record_meeting_step,
    refuse_far,
)
from committees.actions.standing_item import add_standing_item
from committees.enums import CommitteeVerb, GroupKind, MeetingState
from committees.models import Group, Meeting
from committees.refusals import (
    DATE_TAKEN,
    FORUM_ALONE,
    NO_SESSIONS,
    NOT_PLANNED,
    GroupRefused,
)
from organisations.models import User
from recommendations.actions.revisions import refuse_if_moved_on
from recommendations.enums import OccurrenceKind


@dataclass(frozen=True)
class Where:
    """What is known of a meeting beside its day. A forum alone has kinds and topics."""

    starts_at: time | None = None
    place: str = ""
    kind: str = OccurrenceKind.MEETING
    topic: str = ""


DAY_ALONE = Where()


@transaction.atomic
def plan_meeting(
    *, group: Group, day: date, where: Where = DAY_ALONE, by: User, now: datetime
) -> Meeting:
    """Raises GroupRefused when the group already meets that day, and once it is closed."""
    refuse_far(day, now)
    locked = lock_open_group(group)
    _refuse_session(locked, where)
    if locked.meetings.filter(date=day).exists():
        raise GroupRefused(DATE_TAKEN)
    meeting = Meeting.objects.create(group=locked, date=day, **vars(where))
    if locked.has_equality_item:
        add_standing_item(meeting)
    record_meeting_step(CommitteeVerb.MEETING_PLANNED, meeting, by=by, now=now)
    return meeting


@transaction.atomic
def edit_meeting(
    *, meeting: Meeting, day: date, where: Where, over_revision: int, by: User, now: datetime
) -> Meeting:
    """Of a planned one: on another day it has moved. The same again leaves no history.

    Raises MovedOnError where somebody saved meanwhile, GroupRefused for one that is recorded and
    for a day on which the group meets already.
    """
    refuse_far(day, now)
    locked = lock_meeting(meeting)
    if locked.state != MeetingState.PLANNED:
        raise GroupRefused(NOT_PLANNED)
    _refuse_session(locked.group, where)
    is_moved, is_changed = day != locked.date, where != where_of(locked)
    if not is_moved and not is_changed:
        return locked
    refuse_if_moved_on(locked, over_revision=over_revision)
    if is_moved and locked.group.meetings.filter(date=day).exists():
        raise GroupRefused(DATE_TAKEN)
    locked.date = day
    for field, value in vars(where).items():
        setattr(locked, field, value)
    locked.revision += 1
    locked.save(update_fields=["date", *vars(where), "revision"])
    if is_moved:
        # Whoever could not come on that day may well on this one.
        locked.apologies.all().delete()
        record_meeting_step(CommitteeVerb.MEETING_MOVED, locked, by=by, now=now)
    if is_changed:
        record_meeting_step(CommitteeVerb.MEETING_EDITED, locked, by=by, now=now)
    return locked


def where_of(meeting: Meeting) -> Where:
    return Where(
        starts_at=meeting.starts_at, place=meeting.place, kind=meeting.kind, topic=meeting.topic
    )


def _refuse_session(group: Group, where: Where) -> None:
    if where.kind == OccurrenceKind.MEETING and not where.topic:
        return
    if group.is_staff_network:
        raise GroupRefused(NO_SESSIONS)
    if group.kind != GroupKind.FORUM:
        raise GroupRefused(FORUM_ALONE)
