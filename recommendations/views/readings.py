"""Recording the figures of one day."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from organisations.access import OrganisationRequest, for_organisation
from organisations.enums import Role
from recommendations.actions import measuring
from recommendations.forms.readings import FigureForms, PeopleForm, ReadingForm, ValueForm, rows_for
from recommendations.indicator_templates import template_of
from recommendations.models import Indicator
from recommendations.queries import effect as queries
from recommendations.refusals import RecommendationRefused
from recommendations.views.indicators import find
from recommendations.views.registering import METHODS

MORE = "more"


@for_organisation(Role.COORDINATOR)
@require_http_methods(METHODS)
def reading_add(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    """Whoever types sees what they type; what others see of it is decided when it is read."""
    indicator = find(request, pk, live=True)
    form, figures = _forms(request, indicator)
    if form.is_bound and all([form.is_valid(), figures.is_valid()]):
        try:
            _record(request, indicator, form, figures)
        except RecommendationRefused as refusal:
            form.add_error(None, str(refusal))
            indicator.refresh_from_db()
            form.over_stamp(indicator.stamp)
        else:
            messages.success(request, "The figures are saved.")
            return redirect(indicator)
    context = {"form": form, "figures": figures, "indicator": indicator}
    return render(request, "recommendations/reading_add.html", context)


def _record(request: OrganisationRequest, indicator: Indicator, form: Any, figures: Any) -> None:
    typed = form.cleaned_data
    measuring.record_readings(
        indicator=indicator,
        as_at=typed["as_at"],
        rows=figures.entries(),
        source=typed["source"],
        page=typed["page"],
        stamp=typed["stamp"],
        by=request.user,
        now=timezone.now(),
    )


def _forms(request: OrganisationRequest, indicator: Indicator) -> tuple[ReadingForm, Any]:
    today = timezone.localdate()
    if request.method == "POST" and MORE not in request.POST:
        return ReadingForm(request.POST, today=today), _kind(indicator)(request.POST)
    if request.method == "POST":
        form = ReadingForm(initial=request.POST.dict(), today=today)
        return form, FigureForms(initial=_typed_rows(request))
    initial = {"source": indicator.source, "page": uuid4(), "stamp": indicator.stamp}
    form = ReadingForm(initial=initial, today=today)
    if not indicator.is_share:
        return form, _kind(indicator)()
    return form, FigureForms(initial=rows_for(_suggested(indicator)))


def _kind(indicator: Indicator) -> Any:
    if indicator.is_share:
        return FigureForms
    return PeopleForm if indicator.counts_people else ValueForm


def _suggested(indicator: Indicator) -> list[str]:
    template = template_of(indicator.kind)
    usual = list(template.categories) if template else []
    return queries.categories_recorded(indicator) or usual


def _typed_rows(request: OrganisationRequest) -> list[dict[str, Any]]:
    """With a few more rows than there were."""
    fields = ("category", "part", "whole")
    sent = request.POST
    there = [number for number in range(50) if f"form-{number}-part" in sent]
    rows = [{name: sent.get(f"form-{number}-{name}", "") for name in fields} for number in there]
    blank = rows_for([])[1:]
    return [*rows, *blank]
