"""Who may read evidence, and handing out its files."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from organisations.access import OrganisationRequest, for_organisation
from organisations.enums import Role
from recommendations.actions import evidencing
from recommendations.forms.evidence import SeenForm
from recommendations.models import Evidence, EvidenceVersion
from recommendations.queries import evidence as queries
from recommendations.queries.proving import is_adviser_alone
from recommendations.refusals import RecommendationRefused
from recommendations.views.steps import find_evidence


def handed_out(evidence: Evidence, version: EvidenceVersion) -> HttpResponse:
    """A download under our own name, which no browser may take for anything else or open on
    this site."""
    assert version.file is not None
    name = queries.name_of_download(evidence, version)
    return HttpResponse(
        bytes(version.file.content),
        content_type=version.file.media_type,
        headers={
            "Content-Disposition": content_disposition_header(True, name),
            "X-Content-Type-Options": "nosniff",
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Cache-Control": "private, no-store",
        },
    )


@for_organisation()
@require_safe
def evidence_file(request: OrganisationRequest, pk: UUID, number: int) -> HttpResponse:
    evidence = find_evidence(request, pk)
    version = queries.version_with_file(
        evidence, number=number, is_public_alone=is_adviser_alone(request.membership)
    )
    if version is None or version.file is None or not version.file.content:
        raise Http404
    return handed_out(evidence, version)


@for_organisation(Role.CHAIR, Role.COMMITTEE, Role.COORDINATOR)
@require_POST
def evidence_publish(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    evidence = find_evidence(request, pk)
    try:
        evidencing.publish_evidence(
            evidence=evidence,
            version=SeenForm(request.POST).seen,
            by=request.user,
            now=timezone.now(),
        )
    except RecommendationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "This version is public.")
    return redirect(evidence)


@for_organisation(Role.CHAIR, Role.COMMITTEE, Role.COORDINATOR)
@require_POST
def evidence_keep(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    """No to making it public."""
    evidence = find_evidence(request, pk)
    if evidencing.keep_internal(evidence=evidence, by=request.user, now=timezone.now()):
        messages.success(request, "It stays internal.")
    return redirect(evidence)


@for_organisation(Role.CHAIR, Role.COMMITTEE, Role.COORDINATOR)
@require_POST
def evidence_unpublish(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    evidence = find_evidence(request, pk)
    evidencing.unpublish_evidence(evidence=evidence, by=request.user, now=timezone.now())
    messages.success(request, "It is internal again.")
    return redirect(evidence)
