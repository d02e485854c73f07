"""Who leads what, by when, and saying yes to it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from organisations.access import OrganisationRequest, for_organisation
from organisations.enums import Role
from recommendations.actions import owning
from recommendations.forms.owners import AcceptForm, OwnersForm
from recommendations.refusals import RecommendationRefused
from recommendations.views.finding import find


@for_organisation(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def owners_set(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    found, now = find(request, pk), timezone.now()
    form = OwnersForm(request.POST or None, recommendation=found, today=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        try:
            owning.set_owners(
                recommendation=found,
                sponsor=form.chosen_sponsor,
                assignments=form.assignments,
                by=request.user,
                now=now,
            )
        except RecommendationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Leads and dates are saved.")
            return redirect(found)
    context = {"form": form, "recommendation": found}
    return render(request, "recommendations/owners_set.html", context)


@for_organisation()
@require_POST
def action_accept(request: OrganisationRequest, recommendation: UUID, pk: UUID) -> HttpResponse:
    """Open to the lead of this action alone."""
    found = get_object_or_404(request.organisation.recommendations, pk=recommendation)
    action = get_object_or_404(found.actions, pk=pk)
    shown = AcceptForm(request.POST).shown_date
    try:
        owning.accept_action(action=action, shown_date=shown, by=request.user, now=timezone.now())
    except RecommendationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "This action is yours, and its date stands.")
    return redirect(found)
