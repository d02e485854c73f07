"""Proposing to close, taking that back, and looking again afterwards."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from organisations.access import OrganisationRequest, for_organisation
from recommendations.actions import closing, rechecking
from recommendations.forms.closing import ClosureForm, RecheckForm
from recommendations.queries.closing import is_proposed
from recommendations.queries.page_actions import not_shown, steps_today
from recommendations.queries.rechecking import place_of
from recommendations.refusals import RecommendationRefused
from recommendations.views.finding import find, find_proposal, find_recheck


@for_organisation()
@require_http_methods(["GET", "HEAD", "POST"])
def closure_propose(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    """Open to the owners alone, whatever their roles."""
    found = find(request, pk)
    if not found.is_owned_by(request.user):
        raise PermissionDenied
    missing, waits = not_shown(found, today=timezone.localdate()), is_proposed(found)
    steps = steps_today(found, [action for action, _ in missing])
    form = ClosureForm(request.POST or None, steps=steps, is_proposed=waits)
    if request.method == "POST" and form.is_valid():
        try:
            closing.propose_closure(
                recommendation=found, **form.cleaned_data, by=request.user, now=timezone.now()
            )
        except RecommendationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "It is proposed for closing. The committee decides next.")
            return redirect(found)
    context = {"form": form, "recommendation": found, "is_proposed": waits, "missing": missing}
    return render(request, "recommendations/closure_propose.html", context)


@for_organisation()
@require_POST
def closure_withdraw(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    """Open to the owners and whoever proposed it."""
    proposal = find_proposal(request, pk)
    try:
        closing.withdraw_proposal(proposal=proposal, by=request.user, now=timezone.now())
    except RecommendationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The proposal is withdrawn. The work goes on.")
    return redirect(proposal.recommendation)


@for_organisation()
@require_http_methods(["GET", "HEAD", "POST"])
def recheck_record(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    """Open to whoever has a seat, but not to who owns or proposed it; coordinators are told that
    others check. To trustees and advisers only while nobody on the committee is free."""
    recheck, now = find_recheck(request, pk), timezone.now()
    today = timezone.localdate(now)
    place = place_of(recheck, request.user, today=today)
    if not place.may_open:
        raise PermissionDenied
    check = rechecking.check_of(recheck)
    form = RecheckForm(request.POST or None, check=check, today=today)
    if request.method == "POST" and form.is_valid():
        try:
            rechecking.record_recheck(
                recheck=recheck, **form.cleaned_data, by=request.user, now=now
            )
        except RecommendationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "What you found is recorded.")
            return redirect(recheck.recommendation)
    context = {"form": form, "recheck": recheck, "check": check, "place": place}
    context["recommendation"] = recheck.recommendation
    return render(request, "recommendations/recheck_record.html", context)
