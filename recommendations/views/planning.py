"""Writing a recommendation down, changing it, and saying what it depends on."""

from collections.abc import Callable
from functools import partial
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from organisations.access import OrganisationRequest, for_organisation
from organisations.enums import Role
from recommendations.actions import depending, planning
from recommendations.forms.planning import DependenciesForm, RecommendationForm, initial_of
from recommendations.models import Recommendation
from recommendations.queries.effect import who_changed
from recommendations.queries.plan_versions import recommendation_in_rows
from recommendations.refusals import CircleError, RecommendationRefused, ReferenceTakenError
from recommendations.views.registering import METHODS, attempt, open_form
from recommendations.views.sources import find_source


def find_to_plan(request: OrganisationRequest, pk: UUID) -> Recommendation:
    rows = request.organisation.recommendations.select_related("organisation", "source", "theme")
    return get_object_or_404(rows, pk=pk)


@for_organisation(Role.COORDINATOR)
@require_http_methods(METHODS)
def recommendation_create(request: OrganisationRequest, source: UUID) -> HttpResponse:
    found = find_source(request, source)
    form = RecommendationForm(request.POST or None, initial={"page": uuid4()}, source=found)
    act = partial(planning.add_recommendation, source=found, by=request.user, now=timezone.now())
    tried = attempt(form, lambda: _at_field(form, act, page=form.cleaned_data["page"]))
    if tried.saved:
        messages.success(request, "The recommendation is added. Next, add what is to be done.")
        return redirect(tried.saved)
    context = {"form": form, "source": found}
    return render(request, "recommendations/recommendation_create.html", context)


@for_organisation(Role.COORDINATOR)
@require_http_methods(METHODS)
def recommendation_edit(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    found = find_to_plan(request, pk)
    initial = initial_of(found) | {"page": uuid4()}
    form = RecommendationForm(request.POST or None, initial=initial, source=found.source)
    act = partial(
        planning.edit_recommendation, recommendation=found, by=request.user, now=timezone.now()
    )
    tried = attempt(form, lambda: _at_field(form, act, over_revision=form.cleaned_data["revision"]))
    if tried.saved:
        messages.success(request, "Saved.")
        return redirect(tried.saved)
    context: dict[str, Any] = {"form": form, "recommendation": found}
    if tried.current:
        context["theirs"] = recommendation_in_rows(tried.current)
        context["who"] = who_changed(found)
    return render(request, "recommendations/recommendation_edit.html", context)


def _at_field(form: RecommendationForm, act: Callable[..., Any], **sent: Any) -> Any:
    """A reference that is taken is said where it was typed."""
    try:
        return act(details=form.details, new_theme=form.cleaned_data["new_theme"], **sent)
    except ReferenceTakenError as taken:
        form.add_error("reference", str(taken))
    return None


@for_organisation(Role.COORDINATOR)
@require_http_methods(METHODS)
def dependencies_edit(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    found = find_to_plan(request, pk)
    before = found.dependencies.values_list("depends_on", flat=True)
    picked = {"picked": [str(key) for key in before]}
    form = open_form(DependenciesForm, request, initial=picked, recommendation=found)
    if form.is_valid() and _set(request, found, form):
        messages.success(request, "Saved.")
        return redirect(found)
    context = {"form": form, "recommendation": found}
    return render(request, "recommendations/dependencies_edit.html", context)


def _set(request: OrganisationRequest, found: Recommendation, form: DependenciesForm) -> bool:
    """A circle is said at the field."""
    try:
        depending.set_dependencies(
            recommendation=found,
            offered=form.offered,
            chosen=form.chosen,
            by=request.user,
            now=timezone.now(),
        )
    except RecommendationRefused as refusal:
        form.add_error("picked" if isinstance(refusal, CircleError) else None, str(refusal))
        return False
    return True
