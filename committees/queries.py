"""Reading groups and their meetings."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet
from django.utils import timezone

from committees import cadence
from committees.enums import MeetingState
from committees.models import Group, GroupMember, Meeting
from organisations.models import Membership, Organisation
from organisations.queries import members_of

MEETINGS_SHOWN = 24


@dataclass(frozen=True)
class GroupRow:
    group: Group
    often: str
    standing: cadence.Standing

    @property
    def is_named_after_its_kind(self) -> bool:
        return self.group.name.casefold() == self.group.get_kind_display().casefold()


@dataclass(frozen=True)
class MeetingRow:
    meeting: Meeting
    is_missed: bool


def groups_of(organisation: Organisation, *, today: date) -> list[GroupRow]:
    """Every group and how it stands, late ones first; one query."""
    rows = [as_row(group, today=today) for group in _with_dates(organisation, today=today)]
    return sorted(rows, key=lambda row: (not row.standing.is_late, row.group.name.casefold()))


def group_row(organisation: Organisation, *, pk: Any, today: date) -> GroupRow | None:
    group = _with_dates(organisation, today=today).filter(pk=pk).first()
    return as_row(group, today=today) if group else None


def _with_dates(organisation: Organisation, *, today: date) -> QuerySet[Any]:
    held = Q(meetings__state=MeetingState.HELD, meetings__date__lte=today)
    planned = Q(meetings__state=MeetingState.PLANNED)
    return (
        Group.objects.filter(organisation=organisation)
        .select_related("organisation")
        .annotate(
            last_held=Max("meetings__date", filter=held),
            next_planned=Min("meetings__date", filter=planned & Q(meetings__date__gte=today)),
            missed=Count("meetings", filter=planned & Q(meetings__date__lt=today)),
        )
        .order_by("name")
    )


def as_row(group: Any, *, today: date) -> GroupRow:
    """`group` carries last_held, next_planned and missed from the query."""
    facts = cadence.GroupFacts(
        meets_every_months=group.meets_every_months,
        started=timezone.localdate(group.created_at),
        last_held=group.last_held,
        next_planned=group.next_planned,
        missed=group.missed,
    )
    return GroupRow(
        group=group,
        often=cadence.often(group.meets_every_months),
        standing=cadence.standing(facts, today=today),
    )


def meetings_of(group: Group, *, today: date) -> list[MeetingRow]:
    """The newest meetings, latest first; planned ones whose day is over are missed."""
    return [
        MeetingRow(
            meeting=meeting,
            is_missed=cadence.is_missed(planned_for=meeting.date, state=meeting.state, today=today),
        )
        for meeting in group.meetings.order_by("-date")[:MEETINGS_SHOWN]
    ]


def seats_of(group: Group, *, today: date) -> QuerySet[GroupMember]:
    """Who sits on the group today or will, the chair first."""
    return (
        group.members.filter(Q(to_date=None) | Q(to_date__gte=today))
        .select_related("user")
        .order_by("-is_chair", "user__display_name", "user__email")
    )


def people_without_a_seat(group: Group) -> QuerySet[Membership]:
    """Members of the organisation who could be given a seat."""
    seated = group.members.filter(to_date=None).values("user")
    return members_of(group.organisation).exclude(user__in=seated)
