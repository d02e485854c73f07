"""What the rules about closing and later dates ask."""

from django.db.models import QuerySet

from organisations.models import Organisation
from recommendations.closing import Step
from recommendations.extending import Standing
from recommendations.models import (
    Action,
    ClosureProposal,
    Extension,
    Objection,
    Recheck,
    Recommendation,
)


def steps_of(recommendation: Recommendation) -> list[Step]:
    """Each action by its number, and whether it is shown to be done; one query."""
    rows = recommendation.actions.order_by("position").values_list("position", "proven_on")
    return [Step(number, day is not None) for number, day in rows]


def undecided_requests_of(recommendation: Recommendation) -> QuerySet[Extension]:
    """Later dates asked for that nobody has decided or taken back."""
    return Extension.objects.filter(action__recommendation=recommendation, end=None)


def standing_of(action: Action) -> Standing:
    """The date of an action, for the rules; one query."""
    return Standing(
        target=action.target_date,
        is_accepted=action.accepted_at is not None,
        is_proven=action.proven_on is not None,
        is_asked=action.extensions.filter(end=None).exists(),
    )


def is_proposed(recommendation: Recommendation) -> bool:
    """Whether a proposal to close it waits for the committee."""
    return recommendation.proposals.filter(withdrawn_at=None, settled_at=None).exists()


def actions_in(organisation: Organisation) -> QuerySet[Action]:
    return Action.objects.filter(recommendation__organisation=organisation).select_related(
        "recommendation__organisation", "responsible_owner"
    )


def proposals_in(organisation: Organisation) -> QuerySet[ClosureProposal]:
    return ClosureProposal.objects.filter(recommendation__organisation=organisation).select_related(
        "recommendation__organisation"
    )


def extensions_in(organisation: Organisation) -> QuerySet[Extension]:
    return Extension.objects.filter(
        action__recommendation__organisation=organisation
    ).select_related("action__recommendation__organisation")


def objections_in(organisation: Organisation) -> QuerySet[Objection]:
    return Objection.objects.filter(
        action__recommendation__organisation=organisation
    ).select_related("action__recommendation__organisation", "lead")


def rechecks_in(organisation: Organisation) -> QuerySet[Recheck]:
    """Without those that were dropped: there is nothing left to look at."""
    return Recheck.objects.filter(
        recommendation__organisation=organisation, dropped_at=None
    ).select_related("recommendation__organisation", "proposal")
