"""Where actions stand, and what is listed to show that they are done."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.core.paginator import Page
from django.db.models import F, Prefetch, Q, QuerySet

from organisations.enums import Role
from organisations.models import Membership, Organisation, User
from recommendations.enums import ActionKind, State
from recommendations.models import (
    Action,
    CoverageCount,
    CoverageUnit,
    EmbeddingCheck,
    Occurrence,
    Recommendation,
)
from recommendations.proof import ProofFacts, Standing, judge
from recommendations.queries.shown import shown_of
from ui.paging import page_of


def asked_of(action: Action) -> ProofFacts:
    return ProofFacts(
        kind=action.kind,
        every_months=action.every_months,
        occurrences=action.occurrences_needed,
        unit=action.unit,
        is_counted=action.is_counted,
        percent_needed=action.percent_needed,
    )


def standings_of(actions: Iterable[Action], *, today: date) -> dict[UUID, Standing]:
    """At most two queries, however many actions, whatever their kinds."""
    actions = list(actions)
    shown = shown_of(actions)
    return {each.pk: judge(asked_of(each), shown[each.pk], today=today) for each in actions}


def standing_of(action: Action, *, today: date) -> Standing:
    return standings_of([action], today=today)[action.pk]


def recommendation_with_steps(organisation: Organisation, *, pk: UUID) -> Recommendation | None:
    """With its actions in order and who leads them: two queries."""
    steps = Action.objects.select_related("responsible_owner").order_by("position")
    rows = organisation.recommendations.select_related("accountable_owner")
    return rows.prefetch_related(Prefetch("actions", queryset=steps)).filter(pk=pk).first()


def step_of(organisation: Organisation, *, recommendation: UUID, pk: UUID) -> Action | None:
    """One action, its recommendation beside it: two queries."""
    found = recommendation_with_steps(organisation, pk=recommendation)
    steps = found.actions.all() if found else ()
    return next((each for each in steps if each.pk == pk), None)


def may_prove(recommendation: Recommendation, person: User) -> bool:
    """Its owners, and whoever coordinates: they may edit, and never decide."""
    return recommendation.is_owned_by(person) or coordinates(recommendation, person)


def coordinates(recommendation: Recommendation, person: User) -> bool:
    coordinators = recommendation.organisation.memberships.with_role(Role.COORDINATOR)
    return coordinators.filter(user=person).exists()


def is_adviser_alone(membership: Membership) -> bool:
    """Sees no internal evidence, no budgets and nobody's email address."""
    return set(membership.roles) == {Role.ADVISER}


def occurrences_of(recommendation: Recommendation) -> QuerySet[Occurrence]:
    rows = Occurrence.objects.filter(action__recommendation=recommendation)
    return rows.select_related("action__recommendation__organisation")


def units_in(organisation: Organisation, *, recommendation: UUID) -> QuerySet[CoverageUnit]:
    rows = CoverageUnit.objects.filter(action__recommendation__organisation=organisation)
    return rows.filter(action__recommendation=recommendation).select_related(
        "action__recommendation__organisation"
    )


def page_of_proof(action: Action, number: str | None) -> Page[Any] | None:
    """What shows an action of its kind; None for one that evidence alone shows."""
    if action.kind == ActionKind.CADENCE:
        return page_of_occurrences(action, number)
    if action.kind == ActionKind.EMBEDDING:
        return page_of_checks(action, number)
    if action.kind != ActionKind.COVERAGE:
        return None
    return page_of_counts(action, number) if action.is_counted else page_of_units(action, number)


def page_of_occurrences(action: Action, number: str | None) -> Page[Occurrence]:
    """Newest first; what was taken back stays, and says so."""
    rows = action.occurrences.select_related("by")
    return page_of(rows.order_by("-held_on", "-recorded_at"), number)


def page_of_units(action: Action, number: str | None) -> Page[CoverageUnit]:
    """By name, what is still to be covered first."""
    rows = action.units.select_related("covered_by")
    return page_of(rows.order_by(F("covered_on").desc(nulls_first=True), "name"), number)


def page_of_counts(action: Action, number: str | None) -> Page[CoverageCount]:
    rows = action.counts.select_related("by")
    return page_of(rows.order_by("-counted_on", "-recorded_at", "-pk"), number)


def page_of_checks(action: Action, number: str | None) -> Page[EmbeddingCheck]:
    rows = action.checks.select_related("by")
    return page_of(rows.order_by("-checked_on", "-recorded_at", "-pk"), number)


def proven_cadences() -> QuerySet[Action]:
    """What was shown to be done by happening regularly, and so goes on being asked for: of open
    recommendations, and of those closed as implemented."""
    return Action.objects.filter(kind=ActionKind.CADENCE).filter(
        Q(recommendation__state=State.CLOSED_IMPLEMENTED)
        | Q(proven_on__isnull=False) & ~Q(recommendation__state__in=State.closed())
    )
