"""Who may look again at what was closed: facts for the rules, and the same in SQL for a list."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from organisations.enums import Role
from organisations.models import Membership, User
from recommendations.models import Action, Recheck, Recommendation
from recommendations.rechecking import Checker, is_passed_on, may_open, may_record

SIT = (Role.CHAIR, Role.COMMITTEE)
ADVISE = (Role.TRUSTEE, Role.ADVISER)


@dataclass(frozen=True)
class Place:
    """Where somebody stands with a check. `is_theirs`: they may record it."""

    may_open: bool = False
    is_theirs: bool = False
    is_passed_on: bool = False


def place_of(recheck: Recheck, user: User) -> Place:
    """Two queries."""
    return _place(recheck.recommendation, {recheck.proposal.proposed_by_id}, user)


def offered(recommendation: Recommendation, membership: Membership) -> Place:
    """Of one that `page_of_one` loaded; one query, none while there is nothing to look at."""
    checks = recommendation.checks  # type: ignore[attr-defined]
    proposers = {UUID(each["proposer"]) for each in checks if not each["result"]}
    if not proposers or not membership.has_role(*SIT, *ADVISE):
        return Place()
    return _place(recommendation, proposers, membership.user)


def _place(recommendation: Recommendation, proposers: Collection[UUID], user: User) -> Place:
    leads = {each.responsible_owner_id for each in recommendation.actions.all()}
    owners = leads | {recommendation.accountable_owner_id}
    here = recommendation.organisation.memberships.with_role(*SIT, *ADVISE)
    people = {
        each.user_id: Checker(
            sits=each.has_role(*SIT),
            advises=each.has_role(*ADVISE),
            coordinates=each.has_role(Role.COORDINATOR),
            owns=each.user_id in owners,
            proposed=each.user_id in proposers,
        )
        for each in here.filter(user__is_active=True)
    }
    person, everybody = people.get(user.pk, Checker()), list(people.values())
    return Place(
        may_open=may_open(person, everybody),
        is_theirs=may_record(person, everybody),
        is_passed_on=not person.sits and is_passed_on(everybody),
    )


def nobody_free() -> Q:
    """Of re-checks in SQL: `is_passed_on`."""
    own = Recommendation.objects.filter(pk=OuterRef(OuterRef("recommendation")))
    leads = Action.objects.filter(recommendation=OuterRef(OuterRef("recommendation")))
    free = (
        Membership.objects.with_role(*SIT)
        .filter(organisation=OuterRef("recommendation__organisation"), user__is_active=True)
        .exclude(roles__contains=[Role.COORDINATOR])
        .exclude(user=OuterRef("proposal__proposed_by"))
        .exclude(Exists(own.filter(accountable_owner=OuterRef("user"))))
        .exclude(Exists(leads.filter(responsible_owner=OuterRef("user"))))
    )
    return ~Q(Exists(free))
