"""The actions of a recommendation: adding one, changing it and taking it out."""

from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from organisations.access import OrganisationRequest, for_organisation
from organisations.enums import Role
from recommendations.actions import stepping
from recommendations.forms.stepping import StepForm, initial_of
from recommendations.queries.effect import who_changed
from recommendations.queries.plan_versions import shows_already, step_in_rows, why_it_stays
from recommendations.refusals import RecommendationRefused
from recommendations.views.finding import find_action
from recommendations.views.planning import find_to_plan
from recommendations.views.registering import METHODS, attempt


@for_organisation(Role.COORDINATOR)
@require_http_methods(METHODS)
def action_add(request: OrganisationRequest, recommendation: UUID) -> HttpResponse:
    found = find_to_plan(request, recommendation)
    form = StepForm(request.POST or None, initial={"page": uuid4(), "kind": ""}, is_new=True)
    act = partial(stepping.add_step, recommendation=found, by=request.user, now=timezone.now())
    tried = attempt(form, lambda: act(step=form.step, page=form.cleaned_data["page"]))
    if tried.saved:
        messages.success(request, "The action is added. Next, name its lead and its date.")
        return redirect(found)
    context = {"form": form, "recommendation": found}
    return render(request, "recommendations/action_add.html", context)


@for_organisation(Role.COORDINATOR)
@require_http_methods(METHODS)
def action_edit(request: OrganisationRequest, recommendation: UUID, pk: UUID) -> HttpResponse:
    found = find_action(request, recommendation, pk)
    initial = initial_of(found) | {"page": uuid4()}
    kind_stays = shows_already(found)
    form = StepForm(request.POST or None, initial=initial, is_new=False, kind_stays=kind_stays)
    act = partial(stepping.edit_step, action=found, by=request.user, now=timezone.now())
    tried = attempt(form, lambda: act(step=form.step, over_revision=form.cleaned_data["revision"]))
    if tried.saved:
        messages.success(request, "Saved.")
        return redirect(found.recommendation)
    context: dict[str, Any] = {
        "form": form,
        "action": found,
        "recommendation": found.recommendation,
        "why_it_stays": why_it_stays(found),
    }
    if tried.current:
        context["theirs"] = step_in_rows(find_action(request, recommendation, pk))
        context["who"] = who_changed(found.recommendation)
    return render(request, "recommendations/action_edit.html", context)


@for_organisation(Role.COORDINATOR)
@require_POST
def action_remove(request: OrganisationRequest, recommendation: UUID, pk: UUID) -> HttpResponse:
    found = find_action(request, recommendation, pk)
    try:
        stepping.remove_step(action=found, by=request.user, now=timezone.now())
    except RecommendationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, f"Action {found.position} is taken out.")
    return redirect(found.recommendation)
