"""One action in full, and what happens regularly."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisations.access import OrganisationRequest, for_organisation
from recommendations.actions import proving
from recommendations.enums import ActionKind
from recommendations.forms.proving import OccurrenceForm
from recommendations.models import Action
from recommendations.proof import what_shows_it
from recommendations.queries import evidence as evidence_queries
from recommendations.queries import proving as queries
from recommendations.views.saving import is_saved
from recommendations.views.steps import find_step, find_step_to_prove, may_prove


@for_organisation()
@require_safe
def action_detail(request: OrganisationRequest, recommendation: UUID, pk: UUID) -> HttpResponse:
    action = find_step(request, recommendation, pk)
    found, may = action.recommendation, may_prove(request, action.recommendation)
    evidence = evidence_queries.evidence_of(request.membership, recommendation=found, action=action)
    context = {
        "action": action,
        "recommendation": found,
        "eyebrow": f"{found.reference} · Action {action.position}",
        "shows_it": what_shows_it(queries.asked_of(action)),
        "standing": queries.standing_of(action, today=timezone.localdate()),
        "rows": queries.page_of_proof(action, request.GET.get("page")),
        "pieces": evidence_queries.page_of_pieces(
            evidence, membership=request.membership, number=request.GET.get("evidence")
        ),
        "sees_money": not queries.is_adviser_alone(request.membership),
        "may_prove": may and found.is_open,
        "may_record": may,
        "evidence_url": _evidence_url(request, action),
    }
    return render(request, "recommendations/action_detail.html", context)


def _evidence_url(request: OrganisationRequest, action: Action) -> str:
    slug = request.organisation.slug
    path = reverse("evidence_add", args=[slug, action.recommendation_id])
    return f"{path}?action={action.pk}"


@for_organisation()
@require_http_methods(["GET", "HEAD", "POST"])
def occurrence_add(request: OrganisationRequest, recommendation: UUID, pk: UUID) -> HttpResponse:
    """Open to owners and coordinators, also once it is closed: what was closed goes on."""
    action = find_step_to_prove(request, recommendation, pk, kind=ActionKind.CADENCE)
    now = timezone.now()
    form = OccurrenceForm(request.POST or None, today=timezone.localdate(now))
    if is_saved(
        form,
        lambda: proving.record_occurrence(
            action=action, **form.cleaned_data, by=request.user, now=now
        ),
    ):
        messages.success(request, "It is recorded.")
        return redirect(action)
    context = {"form": form, "action": action}
    return render(request, "recommendations/occurrence_add.html", context)


@for_organisation()
@require_POST
def occurrence_remove(request: OrganisationRequest, recommendation: UUID, pk: UUID) -> HttpResponse:
    found = get_object_or_404(request.organisation.recommendations, pk=recommendation)
    occurrence = get_object_or_404(queries.occurrences_of(found), pk=pk)
    if not may_prove(request, found):
        raise PermissionDenied
    if proving.remove_occurrence(occurrence=occurrence, by=request.user, now=timezone.now()):
        messages.success(request, "It is taken back, and no longer counts.")
    return redirect(occurrence.action)
