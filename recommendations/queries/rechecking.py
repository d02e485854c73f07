"""Who may look again at what was closed: facts for the rules, and the same in SQL for a list."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from organisations.enums import Role
from organisations.models import Membership, Organisation, User
from recommendations.models import Action, Recheck, Recommendation
from recommendations.rechecking import Checker, is_passed_on, may_open, may_record
from recommendations.who_decides import owners_of, seats_held

NAMED = (Role.CHAIR, Role.COMMITTEE)
ADVISE = (Role.TRUSTEE, Role.ADVISER)


@dataclass(frozen=True)
class Place:
    """Where somebody stands with a check. `is_theirs`: they may record it."""

    may_open: bool = False
    is_theirs: bool = False
    is_passed_on: bool = False


def place_of(recheck: Recheck, user: User, *, today: date) -> Place:
    """Two queries."""
    proposers = {recheck.proposal.proposed_by_id}
    return _place(recheck.recommendation, proposers, user, today)


def offered(recommendation: Recommendation, membership: Membership, *, today: date) -> Place:
    """Of one that `page_of_one` loaded; one query, none while there is nothing to look at."""
    checks = recommendation.checks  # type: ignore[attr-defined]
    proposers = {UUID(each["proposer"]) for each in checks if not each["result"]}
    if not proposers:
        return Place()
    return _place(recommendation, proposers, membership.user, today)


def _place(
    recommendation: Recommendation, proposers: Collection[UUID], user: User, today: date
) -> Place:
    owners = owners_of(recommendation)
    people = {
        each.user_id: Checker(
            sits=each.sits,
            is_named=each.has_role(*NAMED),
            advises=each.has_role(*ADVISE),
            coordinates=each.has_role(Role.COORDINATOR),
            owns=each.user_id in owners,
            proposed=each.user_id in proposers,
        )
        for each in _people(recommendation.organisation, today)
    }
    person, everybody = people.get(user.pk, Checker()), list(people.values())
    return Place(
        may_open=may_open(person, everybody),
        is_theirs=may_record(person, everybody),
        is_passed_on=not person.sits and is_passed_on(everybody),
    )


def _people(organisation: Organisation, today: date) -> QuerySet[Any]:
    """Who has anything to do with checks; each with whether they have a seat today."""
    seats = seats_held(today).filter(group__organisation=organisation, user=OuterRef("user"))
    here = organisation.memberships.current().filter(user__is_active=True)
    return here.annotate(sits=Exists(seats)).filter(
        Q(sits=True) | Q(roles__overlap=[*NAMED, *ADVISE])
    )


def sits_there(user: Any, today: date) -> Exists:
    """Of re-checks in SQL: whether this person has a seat on its committee."""
    at_home = {"group__organisation": OuterRef("recommendation__organisation")}
    return Exists(seats_held(today).filter(user=user, **at_home))


def nobody_free(today: date) -> Q:
    """Of re-checks in SQL: `is_passed_on`."""
    own = Recommendation.objects.filter(pk=OuterRef(OuterRef("recommendation")))
    leads = Action.objects.filter(recommendation=OuterRef(OuterRef("recommendation")))
    here = Membership.objects.current().filter(organisation=OuterRef("group__organisation"))
    may = here.filter(user=OuterRef("user"), user__is_active=True)
    free = (
        seats_held(today)
        .filter(group__organisation=OuterRef("recommendation__organisation"))
        .filter(Exists(may.exclude(roles__contains=[Role.COORDINATOR])))
        .exclude(user=OuterRef("proposal__proposed_by"))
        .exclude(Exists(own.filter(accountable_owner=OuterRef("user"))))
        .exclude(Exists(leads.filter(responsible_owner=OuterRef("user"))))
    )
    return ~Q(Exists(free))
