"""Changing groups and their meetings."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from committees.cadence import can_be_held
from committees.enums import CommitteeVerb, GroupKind, MeetingState
from committees.models import Group, GroupMember, Meeting
from committees.refusals import (
    DATE_TAKEN,
    HAS_SEAT,
    NAME_TAKEN,
    NO_MEMBERS,
    NO_NOTES,
    NOT_A_MEMBER,
    NOT_YET,
    GroupRefused,
)
from history.actions import record
from organisations.models import Organisation, User
from ui.dates import TOO_FAR, is_within_reach


@transaction.atomic
def create_group(
    *,
    organisation: Organisation,
    kind: str,
    name: str,
    meets_every_months: int,
    contact_address: str,
    by: User,
    now: datetime,
) -> Group:
    """Raises GroupRefused when the name is taken."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    if organisation.groups.filter(name=name).exists():
        raise GroupRefused(NAME_TAKEN)
    group = Group.objects.create(
        organisation=organisation,
        kind=kind,
        name=name,
        meets_every_months=meets_every_months,
        contact_address=contact_address,
        created_at=now,
    )
    _record(CommitteeVerb.GROUP_CREATED, group, by=by, now=now)
    return group


@transaction.atomic
def add_member(
    *, group: Group, user: User, is_chair: bool, from_date: date, by: User, now: datetime
) -> GroupMember:
    """Raises GroupRefused for a staff network, for a stranger and for a second seat."""
    _refuse_far(from_date, now)
    if group.kind == GroupKind.STAFF_NETWORK:
        raise GroupRefused(NO_MEMBERS)
    if not group.organisation.memberships.filter(user=user, ended_at=None).exists():
        raise GroupRefused(NOT_A_MEMBER)
    _lock(group)
    if group.members.filter(user=user, to_date=None).exists():
        raise GroupRefused(HAS_SEAT)
    member = GroupMember.objects.create(
        group=group, user=user, is_chair=is_chair, from_date=from_date
    )
    _record(CommitteeVerb.MEMBER_ADDED, group, by=by, now=now, seat=member.pk)
    return member


@transaction.atomic
def end_member(*, member: GroupMember, by: User, now: datetime) -> bool:
    """End a seat today, and say so; it stays on record. One that has not begun is taken back.

    Whether the seat is on record. A second click changes nothing.
    """
    _lock(member.group)
    locked = GroupMember.objects.filter(pk=member.pk).first()
    if locked is None:
        return False
    if locked.to_date is not None:
        return True
    today = timezone.localdate(now)
    has_begun = locked.from_date <= today
    if has_begun:
        locked.to_date = today
        locked.save(update_fields=["to_date"])
    else:
        locked.delete()
    verb = CommitteeVerb.MEMBER_ENDED if has_begun else CommitteeVerb.MEMBER_TAKEN_BACK
    _record(verb, member.group, by=by, now=now, seat=member.pk)
    return has_begun


@transaction.atomic
def plan_meeting(*, group: Group, day: date, by: User, now: datetime) -> Meeting:
    """Raises GroupRefused when the group already meets that day."""
    _refuse_far(day, now)
    _lock(group)
    if group.meetings.filter(date=day).exists():
        raise GroupRefused(DATE_TAKEN)
    meeting = Meeting.objects.create(group=group, date=day)
    _record(CommitteeVerb.MEETING_PLANNED, group, by=by, now=now, date=day, meeting=meeting.pk)
    return meeting


@transaction.atomic
def record_meeting(*, meeting: Meeting, state: str, note: str, by: User, now: datetime) -> Meeting:
    """Held or cancelled. Raises GroupRefused for one still to come and for a network's note.

    The same again leaves no history.
    """
    _lock(meeting.group)
    meeting = Meeting.objects.select_related("group__organisation").get(pk=meeting.pk)
    if (meeting.state, meeting.note) == (state, note):
        return meeting
    if state == MeetingState.HELD and not can_be_held(
        planned_for=meeting.date, today=timezone.localdate(now)
    ):
        raise GroupRefused(NOT_YET)
    if note and meeting.group.kind == GroupKind.STAFF_NETWORK:
        raise GroupRefused(NO_NOTES)
    verb = {
        MeetingState.HELD: CommitteeVerb.MEETING_HELD,
        MeetingState.CANCELLED: CommitteeVerb.MEETING_CANCELLED,
    }[MeetingState(state)]
    meeting.state, meeting.note = state, note
    meeting.save(update_fields=["state", "note"])
    _record(verb, meeting.group, by=by, now=now, date=meeting.date, meeting=meeting.pk)
    return meeting


def _lock(group: Group) -> None:
    """So that a double click is refused in words."""
    Group.objects.select_for_update().get(pk=group.pk)


def _refuse_far(day: date, now: datetime) -> None:
    if not is_within_reach(day, today=timezone.localdate(now)):
        raise GroupRefused(TOO_FAR)


def _record(
    verb: CommitteeVerb, group: Group, *, by: User, now: datetime, **details: object
) -> None:
    record(verb, subject=group, organisation=group.organisation, by=by, now=now, **details)
