"""Whom a list leads to the page on which something is decided."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import JSONObject

from committees import deciding
from committees.enums import GroupKind
from committees.models import GroupMember
from committees.queries.eligible import Whose, is_held, person_with, recent_meetings
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

    `sat`: they had a seat at a recent meeting.
    """

    def __init__(
        self, membership: Membership, sitters: Iterable[Sitter], *, sat: bool = False
    ) -> None:
        self.user, self.roles = membership.user_id, membership.roles
        self.committees: dict[UUID, list[Sitter]] = {}
        for each in sitters:
            self.committees.setdefault(each.group, []).append(each)
            sat = sat or each.user == self.user
        self.sits = sat

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
    roles = _roles_in(OuterRef("group__organisation"))
    seats = GroupMember.objects.filter(
        Q(to_date=None) | Q(to_date__gte=today),
        group__organisation=OuterRef("organisation"),
        group__kind=GroupKind.ACCOUNTABILITY,
        from_date__lte=today,
    )
    shown = JSONObject(group="group", user="user", is_chair="is_chair", roles=F("roles"))
    found = seats.annotate(roles=roles).order_by("pk").values(json=shown)
    return memberships.annotate(sitters=ArraySubquery(found))


def deciders_among(membership: Any) -> Deciders:
    """Of one that `with_sitters` loaded, by the seats of today alone."""
    sitters = [
        Sitter(UUID(each["group"]), UUID(each["user"]), each["is_chair"], each["roles"])
        for each in membership.sitters
    ]
    return Deciders(membership, sitters)


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
