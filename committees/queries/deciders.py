"""Whom a list leads to the page on which something is decided."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from committees import deciding
from committees.enums import GroupKind
from committees.models import GroupMember, Meeting
from committees.queries.eligible import (
    RECENT,
    Whose,
    is_held,
    meetings_until,
    person_with,
    recent_meetings,
)
from organisations.models import Membership, Organisation


@dataclass(frozen=True)
class Sitter:
    """A seat on a committee today. `roles`: of its holder, None for whoever left."""

    group: UUID
    user: UUID
    is_chair: bool
    roles: Collection[str] | None


class Deciders:
    """Where one member stands with whatever waits, for a whole list.

    `sat`: they had a seat at a recent meeting. `holds_seat`: they have one today.
    """

    def __init__(
        self, membership: Membership, sitters: Iterable[Sitter], *, sat: bool = False
    ) -> None:
        self.user, self.roles = membership.user_id, membership.roles
        self.committees: dict[UUID, list[Sitter]] = {}
        for each in sitters:
            self.committees.setdefault(each.group, []).append(each)
        everybody = (each.user for seats in self.committees.values() for each in seats)
        self.holds_seat = self.user in everybody
        self.sits = sat or self.holds_seat

    def might_decide(self, about: Whose) -> bool:
        person = person_with(self.roles, self.user, about)
        committees = [
            [_seat(each, about) for each in sitters] for sitters in self.committees.values()
        ]
        return deciding.might_decide(person, self.sits, committees, about.kind)


def deciders_of(membership: Membership, *, today: date) -> Deciders:
    """One query; a second for somebody whose seat has ended."""
    seats = list(_seats(membership.organisation))
    own = [seat for seat in seats if seat.user_id == membership.user_id]
    held = [seat for seat in seats if is_held(seat, seat.group_id, today)]
    has_ended = bool(own) and not any(seat in held for seat in own)
    sitters = [Sitter(each.group_id, each.user_id, each.is_chair, each.roles) for each in held]
    sat = has_ended and _sat_at_a_meeting(own, membership.organisation, today)
    return Deciders(membership, sitters, sat=sat)


def with_sitters(memberships: QuerySet[Membership], *, today: date) -> QuerySet[Any]:
    """Each with those who sit on its organisation's committee today, for `deciders_among`."""
    return memberships.annotate(sitters=_sitters(today))


def columns(membership: Membership, today: date) -> dict[str, Any]:
    """To be read with a recommendation, for `judging`."""
    return {"sitters": _sitters(today), "has_sat": Exists(_meetings_sat_at(membership, today))}


def judging(found: Any, membership: Membership) -> Callable[[Whose], bool]:
    """Of a recommendation that was read with those columns."""
    return Deciders(membership, _named(found.sitters), sat=found.has_sat).might_decide


def _sitters(today: date) -> ArraySubquery:
    """Of what has an organisation."""
    shown = JSONObject(group="group", user="user", is_chair="is_chair", roles=F("roles"))
    roles = _roles_in(OuterRef("group__organisation"))
    seats = seats_held(today).filter(group__organisation=OuterRef("organisation"))
    return ArraySubquery(seats.annotate(roles=roles).order_by("pk").values(json=shown))


def seats_held(today: date) -> QuerySet[GroupMember]:
    """On any accountability committee; of nobody asks whether they still belong."""
    return GroupMember.objects.filter(
        Q(to_date=None) | Q(to_date__gte=today),
        group__kind=GroupKind.ACCOUNTABILITY,
        from_date__lte=today,
    )


def _meetings_sat_at(membership: Membership, today: date) -> QuerySet[Meeting]:
    """The same in SQL as `_sat_at_a_meeting`."""
    held = GroupMember.objects.filter(
        Q(to_date=None) | Q(to_date__gte=OuterRef("date")),
        user=membership.user_id,
        group=OuterRef("group"),
        from_date__lte=OuterRef("date"),
    )
    recent = meetings_until(membership.organisation, today=today)[:RECENT]
    return Meeting.objects.filter(Exists(held), pk__in=recent.values("pk"))


def deciders_among(membership: Any) -> Deciders:
    """Of one that `with_sitters` loaded, by the seats of today alone."""
    return Deciders(membership, _named(membership.sitters))


def _named(sitters: Iterable[dict[str, Any]]) -> list[Sitter]:
    return [
        Sitter(UUID(each["group"]), UUID(each["user"]), each["is_chair"], each["roles"])
        for each in sitters
    ]


def _roles_in(organisation: Any) -> Subquery:
    held = Membership.objects.current().filter(organisation=organisation, user=OuterRef("user"))
    return Subquery(held.values("roles")[:1])


def _seats(organisation: Organisation) -> QuerySet[Any]:
    """Of the accountability committee, each with the `roles` that its holder has today."""
    seats = GroupMember.objects.filter(
        group__organisation=organisation, group__kind=GroupKind.ACCOUNTABILITY
    )
    return seats.annotate(roles=_roles_in(organisation))


def _seat(sitter: Sitter, about: Whose) -> deciding.Seat:
    return deciding.Seat(person_with(sitter.roles, sitter.user, about), sitter.is_chair)


def _sat_at_a_meeting(
    own: Collection[GroupMember], organisation: Organisation, today: date
) -> bool:
    meetings = recent_meetings(organisation, today=today)
    return any(is_held(seat, each.group_id, each.date) for seat in own for each in meetings)
