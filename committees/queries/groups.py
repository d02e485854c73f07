"""Reading groups and who sits on them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Max, Min, OuterRef, Q, QuerySet
from django.utils import timezone

from committees import cadence
from committees.enums import MeetingState
from committees.models import Group, GroupMember
from committees.queries.deciders import seats_held
from organisations.models import Membership, Organisation, User
from organisations.queries import members_of

SEATS_BEFORE_SHOWN = 25


@dataclass(frozen=True)
class GroupRow:
    group: Group
    often: str
    standing: cadence.Standing

    @property
    def is_named_after_its_kind(self) -> bool:
        return self.group.name.casefold() == self.group.get_kind_display().casefold()


def groups_of(
    organisation: Organisation, *, today: date, reader: User | None = None
) -> list[GroupRow]:
    """Every group and how it stands, late ones first and closed ones last; one query.

    reader: each says whether their seat on it opens its packs.
    """
    found = _with_dates(organisation, today=today)
    if reader is not None:
        seats = seats_held(today).filter(user=reader, group=OuterRef("pk"))
        found = found.annotate(opens_packs=Exists(seats))
    return sorted((as_row(group, today=today) for group in found), key=_order)


def _order(row: GroupRow) -> tuple[bool, bool, str]:
    return row.group.closed_on is not None, not row.standing.is_late, row.group.name.casefold()


def open_groups(organisation: Organisation, *kinds: str) -> QuerySet[Group]:
    """Those that can be chosen, of some kinds or of all."""
    groups = organisation.groups.filter(closed_on=None).order_by("name")
    return groups.filter(kind__in=kinds) if kinds else groups


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
        tolerance_days=group.tolerance_days,
        is_closed=group.closed_on is not None,
    )
    return GroupRow(
        group=group,
        often=cadence.often(group.meets_every_months),
        standing=cadence.standing(facts, today=today),
    )


def seats_of(group: Group, *, today: date) -> QuerySet[GroupMember]:
    """Who sits on the group today or will, the chair first."""
    return (
        group.members.filter(Q(to_date=None) | Q(to_date__gte=today))
        .select_related("user")
        .order_by("-is_chair", "user__display_name", "user__email")
    )


def seats_on(group: Group, day: date) -> QuerySet[GroupMember]:
    """Who has a seat on that day, by name."""
    return (
        group.members.filter(Q(to_date=None) | Q(to_date__gte=day), from_date__lte=day)
        .select_related("user")
        .order_by("-is_chair", "user__display_name", "user__email")
    )


def seats_between(
    group: Group, user: User, first: date, last: date | None
) -> QuerySet[GroupMember]:
    """Seats of one person at the same time. One that ends on the day on which another begins is
    no second one."""
    theirs = group.members.filter(Q(to_date=None) | Q(to_date__gt=first), user=user)
    return theirs if last is None else theirs.filter(from_date__lt=last)


def seats_that_can_end(group: Group, *, today: date) -> QuerySet[GroupMember]:
    still = group.members.filter(Q(to_date=None) | Q(to_date__gt=today))
    return still.select_related("user")


def seats_before(group: Group, *, today: date) -> QuerySet[GroupMember]:
    """Who sat on the group once, the last to go first."""
    ended = group.members.filter(to_date__lt=today).select_related("user")
    return ended.order_by("-to_date", "user__display_name")[:SEATS_BEFORE_SHOWN]


def people_without_a_seat(group: Group) -> QuerySet[Membership]:
    """Members of the organisation who could be given a seat."""
    seated = group.members.filter(to_date=None).values("user")
    return members_of(group.organisation).exclude(user__in=seated)
