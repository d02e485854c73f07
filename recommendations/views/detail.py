"""One recommendation: its page, and what is said of it."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from history.queries import lines_about
from organisations.access import OrganisationRequest, for_organisation
from organisations.enums import Role
from recommendations import queries
from recommendations.actions import reporting, responding
from recommendations.forms.saying import ResponseForm, UpdateForm
from recommendations.lifecycle import proven
from recommendations.queries.effect import effect_of
from recommendations.queries.page import page_of_one, proposals_of, rechecks_of
from recommendations.queries.page_actions import action_rows
from recommendations.queries.page_reader import what_they_may
from recommendations.queries.proving import is_adviser_alone
from recommendations.views.finding import find
from recommendations.views.saving import is_saved


@for_organisation()
@require_safe
def recommendation_detail(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    today, membership = timezone.localdate(), request.membership
    public_alone = is_adviser_alone(membership)
    found = page_of_one(membership, pk=pk, public_alone=public_alone, today=today)
    if found is None:
        raise Http404
    proposals = proposals_of(found)
    context = {
        "row": queries.as_row(found, organisation=request.organisation, today=today),
        "recommendation": found,
        "eyebrow": f"{found.reference} · {found.theme or 'Finding'}",
        "actions": action_rows(found, viewer=membership, today=today),
        "proven": proven([queries.facts_of(found)]),
        "proposals": proposals,
        "rechecks": rechecks_of(found),
        "effects": effect_of(found) if found.is_measured else [],  # type: ignore[attr-defined]
        "lines": lines_about(found),
        "shows_budget": not public_alone,
        "may": what_they_may(found, membership, proposals=proposals, today=today),
    }
    return render(request, "recommendations/recommendation_detail.html", context)


@for_organisation()
@require_http_methods(["GET", "HEAD", "POST"])
def update_post(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    """Open to the lead of an action and to the executive sponsor, whatever their roles."""
    found = find(request, pk)
    if not found.is_owned_by(request.user):
        raise PermissionDenied
    form = UpdateForm(request.POST or None)
    act = partial(reporting.post_update, recommendation=found, by=request.user, now=timezone.now())
    if is_saved(form, lambda: act(**form.cleaned_data)):
        messages.success(request, "Your update is saved.")
        return redirect(found)
    context = {"form": form, "recommendation": found}
    return render(request, "recommendations/update_post.html", context)


@for_organisation(Role.CHAIR, Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def response_record(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    found = find(request, pk)
    form = ResponseForm(
        request.POST or None,
        initial={"response": found.response, "reason": found.response_reason},
    )
    act = partial(
        responding.record_response, recommendation=found, by=request.user, now=timezone.now()
    )
    if is_saved(form, lambda: act(**form.cleaned_data)):
        messages.success(request, "The response is recorded.")
        return redirect(found)
    context = {"form": form, "recommendation": found}
    return render(request, "recommendations/response_record.html", context)
