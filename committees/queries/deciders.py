"""Whom a list leads to the page on which something is decided."""

from collections.abc import Collection
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from committees import deciding
from committees.enums import GroupKind
from committees.models import GroupMember
from committees.queries.eligible import About, is_held, person_with, recent_meetings
from organisations.models import Membership, Organisation


class Deciders:
    """Where one member stands with whatever waits, read once for a whole list.

    One query; a second for somebody whose seat has ended.
    """

    def __init__(self, membership: Membership, *, today: date) -> None:
        self.user, self.roles = membership.user_id, membership.roles
        seats = list(_seats(membership.organisation))
        own = [seat for seat in seats if seat.user_id == self.user]
        self.today: dict[UUID, list[Any]] = {}
        for seat in seats:
            if is_held(seat, seat.group_id, today):
                self.today.setdefault(seat.group_id, []).append(seat)
        self.sits = any(is_held(seat, seat.group_id, today) for seat in own) or (
            bool(own) and _sat_at_a_meeting(own, membership.organisation, today)
        )

    def might_decide(self, about: About) -> bool:
        person = person_with(self.roles, self.user, about)
        committees = [[_seat(each, about) for each in seats] for seats in self.today.values()]
        return deciding.might_decide(person, self.sits, committees, about.kind)


def _seats(organisation: Organisation) -> QuerySet[Any]:
    """Of the accountability committee, each with the `roles` that its holder has today."""
    held = Membership.objects.current().filter(organisation=organisation, user=OuterRef("user"))
    seats = GroupMember.objects.filter(
        group__organisation=organisation, group__kind=GroupKind.ACCOUNTABILITY
    )
    return seats.annotate(roles=Subquery(held.values("roles")[:1]))


def _seat(member: Any, about: About) -> deciding.Seat:
    return deciding.Seat(person_with(member.roles, member.user_id, about), member.is_chair)


def _sat_at_a_meeting(
    own: Collection[GroupMember], organisation: Organisation, today: date
) -> bool:
    meetings = recent_meetings(organisation, today=today)
    return any(is_held(seat, each.group_id, each.date) for seat in own for each in meetings)
