"""Who decides on what waits for the committee, and who sits on it.

Its seats are known one room up: that room says, when it starts, how to ask.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from organisations.models import Membership
from recommendations.models import ClosureProposal, Recommendation

CLOSURE, LATER_DATE, RESPONSE = "closure", "extension", "response"


@dataclass(frozen=True)
class Waits:
    """A matter of one of the kinds above. `asked_by`: None where nobody asked for it."""

    kind: str
    owners: frozenset[UUID]
    asked_by: UUID | None = None


Judge = Callable[[Waits], bool]
Columns = Callable[[Membership, date], dict[str, Any]]
Judging = Callable[[Any, Membership], Judge]
Seats = Callable[[date], QuerySet[Any]]


@dataclass(frozen=True)
class Way:
    """`columns`: what is to be read with a recommendation, and `judging` what they tell of one.

    `seats`: those held on a day, each with a `user` and a `group` of an organisation.
    """

    columns: Columns
    judging: Judging
    seats: Seats


_way: list[Way] = []


def register(way: Way) -> None:
    _way[:] = [way]


def columns(membership: Membership, today: date) -> dict[str, Any]:
    [way] = _way
    return way.columns(membership, today)


def judge_of(found: Recommendation, membership: Membership) -> Judge:
    """Of one that was read with these columns: whether this member is led to deciding."""
    [way] = _way
    return way.judging(found, membership)


def seats_held(today: date) -> QuerySet[Any]:
    [way] = _way
    return way.seats(today)


def on_closing(proposal: ClosureProposal, recommendation: Recommendation) -> Waits:
    """Whoever owned it when it was proposed owns it still."""
    owners = owners_of(recommendation) | frozenset(proposal.owners)
    return Waits(CLOSURE, owners, proposal.proposed_by_id)


def on_later_date(recommendation: Recommendation, *, asked_by: UUID | None = None) -> Waits:
    return Waits(LATER_DATE, owners_of(recommendation), asked_by)


def on_response(recommendation: Recommendation) -> Waits:
    return Waits(RESPONSE, owners_of(recommendation))


def owners_of(recommendation: Recommendation) -> frozenset[UUID]:
    """Its sponsor and the leads of its actions."""
    leads = {each.responsible_owner_id for each in recommendation.actions.all()}
    found = leads | {recommendation.accountable_owner_id}
    return frozenset(pk for pk in found if pk is not None)
