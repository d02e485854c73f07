"""Indicators: the list, one in full, and what is set up about them."""

from functools import partial
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from history.queries import lines_about
from organisations.access import OrganisationRequest, for_organisation
from organisations.enums import Role
from recommendations.actions import measuring
from recommendations.actions.linking import Linked
from recommendations.effect_chart import export, sheet
from recommendations.forms.indicators import SHARE, IndicatorForm, initial_of
from recommendations.forms.picking import as_uuid
from recommendations.indicator_templates import TEMPLATES, Template, template_of
from recommendations.models import Indicator
from recommendations.queries import effect as queries
from recommendations.queries.versions import indicator_in_rows
from recommendations.views import drawings
from recommendations.views.registering import METHODS, attempt, open_form
from ui.paging import page_of
from ui.spreadsheets import as_csv, as_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"


def find(request: OrganisationRequest, pk: UUID, *, live: bool = False) -> Indicator:
    rows = request.organisation.indicators.select_related("organisation")
    return get_object_or_404(rows.filter(retired_at=None) if live else rows, pk=pk)


@for_organisation()
@require_safe
def indicator_list(request: OrganisationRequest) -> HttpResponse:
    retired = "stopped" in request.GET
    rows = queries.indicators_of(request.organisation, retired=retired)
    page = page_of(rows, request.GET.get("page"))
    context = {
        "may_edit": request.membership.has_role(Role.COORDINATOR),
        "page_obj": page,
        "rows": [drawings.row(one) for one in queries.measured(page.object_list)],
        "is_retired": retired,
    }
    return render(request, "recommendations/indicator_list.html", context)


@for_organisation(Role.COORDINATOR)
@require_http_methods(METHODS)
def indicator_create(request: OrganisationRequest) -> HttpResponse:
    """First what it tells of, then the form filled in with what is usual for that."""
    template = template_of(request.GET.get("template", ""))
    if template is None and request.method != "POST":
        choices = {"templates": TEMPLATES}
        return render(request, "recommendations/indicator_create.html", choices)
    form = _form(request, _from_template(request, template))
    act = partial(
        measuring.add_indicator,
        organisation=request.organisation,
        by=request.user,
        now=timezone.now(),
    )
    tried = attempt(form, lambda: act(**_sent(form), page=form.cleaned_data["page"]))
    if tried.saved:
        messages.success(request, "Saved. Next, record the first figures.")
        return redirect(tried.saved)
    context = {"form": form, "template": template}
    return render(request, "recommendations/indicator_create.html", context)


def _from_template(request: OrganisationRequest, template: Template | None) -> dict[str, Any]:
    wanted = as_uuid(request.GET.get("recommendation", ""))
    linked = {"picked": [str(wanted)]} if wanted else {}
    if template is None:
        return linked
    return linked | {
        "kind": template.kind,
        "name": template.name,
        "definition": template.definition,
        "measured_as": SHARE,
        "unit": template.unit,
        "better": template.better,
    }


def _form(request: OrganisationRequest, initial: dict[str, Any]) -> IndicatorForm:
    return open_form(
        IndicatorForm,
        request,
        initial=initial,
        organisation=request.organisation,
        today=timezone.localdate(),
    )


def _sent(form: IndicatorForm) -> dict[str, Any]:
    return {"details": form.details, "linked": Linked(form.offered, form.chosen)}


@for_organisation()
@require_safe
def indicator_detail(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    indicator = find(request, pk)
    [found] = queries.measured([indicator])
    hidden = found.terms.hidden_in_words
    context = {
        "may_edit": request.membership.has_role(Role.COORDINATOR),
        "indicator": indicator,
        "found": found,
        "chart": drawings.large(found),
        "drawing": found.drawing,
        "sheet": sheet(found.of_today, indicator.unit, hidden=hidden),
        "older": found.of_before and sheet(found.of_before, indicator.unit, hidden=hidden),
        "target": found.terms.in_words(indicator.target),
        "baseline": found.terms.in_words(indicator.baseline),
        "linked": queries.linked_to(indicator),
        "lines": lines_about(indicator),
    }
    return render(request, "recommendations/indicator_detail.html", context)


@for_organisation(Role.COORDINATOR)
@require_http_methods(METHODS)
def indicator_edit(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    indicator = find(request, pk, live=True)
    form = _form(request, initial_of(indicator))
    act = partial(
        measuring.edit_indicator, indicator=indicator, by=request.user, now=timezone.now()
    )
    tried = attempt(form, lambda: act(**_sent(form), over_revision=form.cleaned_data["revision"]))
    if tried.saved:
        messages.success(request, "Saved.")
        return redirect(tried.saved)
    context: dict[str, Any] = {"form": form, "indicator": indicator}
    if tried.current:
        context["theirs"] = indicator_in_rows(tried.current)
        context["who"] = queries.who_changed(indicator)
    return render(request, "recommendations/indicator_edit.html", context)


@for_organisation(Role.COORDINATOR)
@require_POST
def indicator_retire(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    indicator = find(request, pk)
    measuring.retire_indicator(indicator=indicator, by=request.user, now=timezone.now())
    messages.success(request, "This is no longer measured. Its figures stay.")
    return redirect("indicator_list", request.organisation.slug)


@for_organisation()
@require_safe
def indicator_export(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    """The figures as the page shows them; what is hidden there is hidden here."""
    kind = request.GET.get("format", "csv")
    if kind not in ("csv", "xlsx"):
        raise Http404
    indicator = find(request, pk)
    [found] = queries.measured([indicator])
    rows = export(
        found.figures,
        indicator.unit,
        is_share=indicator.is_share,
        hidden=found.terms.hidden_in_words,
    )
    content: str | bytes = as_csv(rows) if kind == "csv" else as_xlsx({"Figures": rows})
    disposition = f'attachment; filename="figures-{timezone.localdate().isoformat()}.{kind}"'
    return HttpResponse(
        content,
        content_type=CSV if kind == "csv" else XLSX,
        headers={"Content-Disposition": disposition},
    )
