"""Changing groups and their meetings."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from committees.cadence import can_be_held
from committees.enums import CommitteeVerb, GroupKind, MeetingState
from committees.models import Group, GroupMember, Meeting
from committees.refusals import (
    DATE_TAKEN,
    ENDS_BEFORE,
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
def end_member(*, member: GroupMember, to_date: date, by: User, now: datetime) -> GroupMember:
    """The seat stays on record with its last day. Raises GroupRefused for a day before it began."""
    if to_date < member.from_date:
        raise GroupRefused(ENDS_BEFORE)
    member.to_date = to_date
    member.save(update_fields=["to_date"])
    _record(CommitteeVerb.MEMBER_ENDED, member.group, by=by, now=now, seat=member.pk)
    return member


@transaction.atomic
def plan_meeting(*, group: Group, day: date, by: User, now: datetime) -> Meeting:
    """Raises GroupRefused when the group already meets that day."""
    _lock(group)
    if group.meetings.filter(date=day).exists():
        raise GroupRefused(DATE_TAKEN)
    meeting = Meeting.objects.create(group=group, date=day)
    _record(CommitteeVerb.MEETING_PLANNED, group, by=by, now=now, date=day, meeting=meeting.pk)
    return meeting


@transaction.atomic
def record_meeting(*, meeting: Meeting, state: str, note: str, by: User, now: datetime) -> Meeting:
    """Held or cancelled. Raises GroupRefused for one still to come and for a network's note."""
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


def _record(
    verb: CommitteeVerb, group: Group, *, by: User, now: datetime, **details: object
) -> None:
    record(verb, subject=group, organisation=group.organisation, by=by, now=now, **details)
