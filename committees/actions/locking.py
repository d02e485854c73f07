"""What every change to a group does first and last."""

from datetime import date, datetime

from django.utils import timezone

from committees.enums import CommitteeVerb
from committees.models import Group, Meeting
from committees.refusals import GROUP_CLOSED, GroupRefused
from history.actions import record
from organisations.models import User
from ui.dates import TOO_FAR, is_within_reach


def lock_group(group: Group) -> Group:
    """So that a double click is refused in words."""
    return (
        Group.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=group.pk)
    )


def lock_open_group(group: Group) -> Group:
    """Raises GroupRefused once it is closed."""
    locked = lock_group(group)
    if locked.closed_on is not None:
        raise GroupRefused(GROUP_CLOSED)
    return locked


def lock_meeting(meeting: Meeting) -> Meeting:
    """As it stands now; its group is held until the transaction ends."""
    group = lock_group(meeting.group)
    found = Meeting.objects.get(pk=meeting.pk)
    found.group = group
    return found


def refuse_far(day: date, now: datetime) -> None:
    if not is_within_reach(day, today=timezone.localdate(now)):
        raise GroupRefused(TOO_FAR)


def record_about(
    verb: CommitteeVerb, group: Group, *, by: User, now: datetime, **details: object
) -> None:
    record(verb, subject=group, organisation=group.organisation, by=by, now=now, **details)


def record_meeting_step(
    verb: CommitteeVerb, meeting: Meeting, *, by: User, now: datetime, **details: object
) -> None:
    record_about(
        verb, meeting.group, by=by, now=now, date=meeting.date, meeting=meeting.pk, **details
    )
