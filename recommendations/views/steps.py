"""How a page loads the action, or the evidence, that it is about."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import Http404

from organisations.access import OrganisationRequest
from organisations.enums import Role
from recommendations.models import Action, Evidence, Recommendation
from recommendations.queries import evidence, proving


def may_prove(request: OrganisationRequest, recommendation: Recommendation) -> bool:
    """As `queries.proving.may_prove`, without asking the database for the role again."""
    is_coordinator = request.membership.has_role(Role.COORDINATOR)
    return is_coordinator or recommendation.is_owned_by(request.user)


def find_step(request: OrganisationRequest, recommendation: UUID, pk: UUID) -> Action:
    found = proving.step_of(request.organisation, recommendation=recommendation, pk=pk)
    if found is None:
        raise Http404
    return found


def find_step_to_prove(
    request: OrganisationRequest,
    recommendation: UUID,
    pk: UUID,
    *,
    kind: str,
    is_counted: bool = False,
) -> Action:
    """404 for another kind of action, 403 for anybody but owners and coordinators."""
    found = find_step(request, recommendation, pk)
    if not may_prove(request, found.recommendation):
        raise PermissionDenied
    if (found.kind, found.is_counted) != (kind, is_counted):
        raise Http404
    return found


def find_evidence(request: OrganisationRequest, pk: UUID) -> Evidence:
    """404 for what this member may not see."""
    found = evidence.find_evidence(request.membership, pk)
    if found is None:
        raise Http404
    return found


def find_evidence_to_change(request: OrganisationRequest, pk: UUID) -> Evidence:
    found = find_evidence(request, pk)
    if not may_prove(request, found.recommendation):
        raise PermissionDenied
    return found
