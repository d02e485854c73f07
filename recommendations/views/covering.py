"""Parts that are covered, counts of them, and checks whether it lasts. For owners and
coordinators, while the recommendation is open."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from organisations.access import OrganisationRequest, for_organisation
from organisations.enums import Role
from recommendations.actions import covering
from recommendations.enums import ActionKind
from recommendations.forms.proving import CheckForm, CountForm, CoverForm, UnitsForm
from recommendations.models import Action, CoverageUnit
from recommendations.queries import proving as queries
from recommendations.refusals import RecommendationRefused
from recommendations.views.saving import is_saved
from recommendations.views.steps import find_step_to_prove


@for_organisation()
@require_http_methods(["GET", "HEAD", "POST"])
def units_edit(request: OrganisationRequest, recommendation: UUID, pk: UUID) -> HttpResponse:
    action = find_step_to_prove(request, recommendation, pk, kind=ActionKind.COVERAGE)
    units, may_remove = action.units.order_by("name"), request.membership.has_role(Role.COORDINATOR)
    form = UnitsForm(request.POST or None, units=units, may_remove=may_remove)
    if is_saved(
        form,
        lambda: covering.change_units(
            action=action,
            add=form.cleaned_data["add"],
            remove=form.leaving,
            by=request.user,
            now=timezone.now(),
        ),
    ):
        messages.success(request, "The parts are saved.")
        return redirect(action)
    context = {"form": form, "action": action}
    return render(request, "recommendations/units_edit.html", context)


@for_organisation()
@require_http_methods(["GET", "HEAD", "POST"])
def unit_cover(request: OrganisationRequest, recommendation: UUID, pk: UUID) -> HttpResponse:
    """Tick one part; with `untick`, take its tick away."""
    parts = queries.units_in(request.organisation, recommendation=recommendation)
    unit = get_object_or_404(parts, pk=pk)
    kind = ActionKind.COVERAGE
    action = find_step_to_prove(request, recommendation, unit.action_id, kind=kind)
    now, by = timezone.now(), request.user
    known = {"covered_on": unit.covered_on, "note": unit.note}
    form = CoverForm(request.POST or None, today=timezone.localdate(now), initial=known)
    if "untick" in request.POST:
        return _unticked(request, unit, action)
    if is_saved(form, lambda: covering.cover_unit(unit=unit, **form.cleaned_data, by=by, now=now)):
        messages.success(request, "It is ticked.")
        return redirect(action)
    context = {"form": form, "action": action, "unit": unit}
    return render(request, "recommendations/unit_cover.html", context)


def _unticked(
    request: OrganisationRequest, unit: CoverageUnit, action: Action
) -> HttpResponseRedirect:
    try:
        covering.uncover_unit(unit=unit, by=request.user, now=timezone.now())
    except RecommendationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "The tick is gone.")
    return redirect(action)


@for_organisation()
@require_http_methods(["GET", "HEAD", "POST"])
def coverage_count(request: OrganisationRequest, recommendation: UUID, pk: UUID) -> HttpResponse:
    action = find_step_to_prove(
        request, recommendation, pk, kind=ActionKind.COVERAGE, is_counted=True
    )
    now = timezone.now()
    form = CountForm(request.POST or None, today=timezone.localdate(now))
    if is_saved(
        form,
        lambda: covering.record_count(action=action, **form.cleaned_data, by=request.user, now=now),
    ):
        messages.success(request, "The count is recorded.")
        return redirect(action)
    context = {"form": form, "action": action}
    return render(request, "recommendations/coverage_count.html", context)


@for_organisation()
@require_http_methods(["GET", "HEAD", "POST"])
def embedding_check(request: OrganisationRequest, recommendation: UUID, pk: UUID) -> HttpResponse:
    action = find_step_to_prove(request, recommendation, pk, kind=ActionKind.EMBEDDING)
    now = timezone.now()
    form = CheckForm(request.POST or None, today=timezone.localdate(now))
    if is_saved(
        form,
        lambda: covering.record_check(action=action, **form.cleaned_data, by=request.user, now=now),
    ):
        messages.success(request, "The check is recorded.")
        return redirect(action)
    context = {"form": form, "action": action}
    return render(request, "recommendations/embedding_check.html", context)
