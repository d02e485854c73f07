"""How a page loads the recommendation it is about."""

from uuid import UUID

from django.http import Http404
from django.shortcuts import get_object_or_404

from organisations.access import OrganisationRequest
from recommendations import queries
from recommendations.models import (
    Action,
    ClosureProposal,
    Extension,
    Objection,
    Recheck,
    Recommendation,
)
from recommendations.queries.closing import (
    actions_in,
    extensions_in,
    objections_in,
    proposals_in,
    rechecks_in,
)


def find(request: OrganisationRequest, pk: UUID) -> Recommendation:
    found = queries.recommendation_in_full(request.organisation, pk=pk)
    if found is None:
        raise Http404
    return found


def find_action(request: OrganisationRequest, recommendation: UUID, pk: UUID) -> Action:
    return get_object_or_404(actions_in(request.organisation), recommendation=recommendation, pk=pk)


def find_proposal(request: OrganisationRequest, pk: UUID) -> ClosureProposal:
    return get_object_or_404(proposals_in(request.organisation), pk=pk)


def find_extension(request: OrganisationRequest, pk: UUID) -> Extension:
    return get_object_or_404(extensions_in(request.organisation), pk=pk)


def find_objection(request: OrganisationRequest, pk: UUID) -> Objection:
    return get_object_or_404(objections_in(request.organisation), pk=pk)


def find_recheck(request: OrganisationRequest, pk: UUID) -> Recheck:
    return get_object_or_404(rechecks_in(request.organisation), pk=pk)
