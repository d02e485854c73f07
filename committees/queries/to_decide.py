"""Loading what a page asks the committee to decide, with the work that it is about."""

from uuid import UUID

from organisations.models import Organisation
from recommendations.models import Action, ClosureProposal, Extension, Recommendation
from recommendations.queries.closing import extensions_in, proposals_in
from recommendations.queries.proving import recommendation_with_steps, step_of


def proposal_to_decide(organisation: Organisation, *, pk: UUID) -> ClosureProposal | None:
    found = proposals_in(organisation).select_related("proposed_by").filter(pk=pk).first()
    if found is not None:
        found.recommendation = _with_steps(organisation, found.recommendation_id)
    return found


def extension_to_decide(organisation: Organisation, *, pk: UUID) -> Extension | None:
    found = extensions_in(organisation).select_related("asked_by", "end").filter(pk=pk).first()
    if found is not None:
        found.action.recommendation = _with_steps(organisation, found.action.recommendation_id)
    return found


def recommendation_to_answer(organisation: Organisation, *, pk: UUID) -> Recommendation | None:
    return recommendation_with_steps(organisation, pk=pk)


def action_to_move(organisation: Organisation, *, recommendation: UUID, pk: UUID) -> Action | None:
    return step_of(organisation, recommendation=recommendation, pk=pk)


def _with_steps(organisation: Organisation, pk: UUID) -> Recommendation:
    found = recommendation_with_steps(organisation, pk=pk)
    assert found is not None
    return found
