"""The dashboard over time, by lead, and what changed lately."""

from collections.abc import Iterable

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from organisations.access import OrganisationRequest, for_organisation
from recommendations import ageing
from recommendations.forms.over_time import OverTimeForm, Window
from recommendations.over_time import charts, export
from recommendations.queries.changes import KINDS, changes_of
from recommendations.queries.dashboards import counted_in, open_actions
from ui.paging import page_of
from ui.spreadsheets import as_csv, as_xlsx

CSV = "text/csv; charset=utf-8"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def window_asked_for(request: OrganisationRequest) -> Window:
    """An address that names no period is not found: others in its place would mislead."""
    form = OverTimeForm(request.GET, today=timezone.localdate())
    if not form.is_valid():
        raise Http404
    return form.window()


@for_organisation()
@require_safe
def dashboard_over_time(request: OrganisationRequest) -> HttpResponse:
    window = window_asked_for(request)
    rows = counted_in(request.organisation, window.periods, today=window.today)
    context = {
        "charts": charts(rows),
        "by": window.by,
        "period": f"{window.periods[0].first:%B %Y} to {window.periods[-1].last:%B %Y}",
        "is_moved": window.is_moved,
        "older": window.older,
        "newer": window.newer,
        "csv_url": f"export/{window.address}&format=csv",
        "xlsx_url": f"export/{window.address}&format=xlsx",
    }
    return render(request, "recommendations/dashboard_over_time.html", context)


@for_organisation()
@require_safe
def dashboard_over_time_export(request: OrganisationRequest) -> HttpResponse:
    window = window_asked_for(request)
    rows = counted_in(request.organisation, window.periods, today=window.today)
    cells: Iterable[tuple[object, ...]] = list(export(rows))
    name = f"recommendations-by-{window.by}-to-{window.periods[-1].last.isoformat()}"
    if request.GET.get("format") == "xlsx":
        return _download(as_xlsx({"Over time": cells}), f"{name}.xlsx", XLSX)
    return _download(as_csv(cells), f"{name}.csv", CSV)


def _download(content: str | bytes, filename: str, kind: str) -> HttpResponse:
    disposition = f'attachment; filename="{filename}"'
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition})


@for_organisation()
@require_safe
def dashboard_by_owner(request: OrganisationRequest) -> HttpResponse:
    today = timezone.localdate()
    actions = open_actions(request.organisation)
    context = {
        "bands": ageing.BANDS,
        "page": page_of(ageing.by_lead(actions, today), request.GET.get("page")),
        "themes": ageing.by_theme(actions, today),
    }
    return render(request, "recommendations/dashboard_by_owner.html", context)


@for_organisation()
@require_safe
def dashboard_changes(request: OrganisationRequest) -> HttpResponse:
    kind = request.GET.get("kind", "")
    kind = kind if kind in KINDS else ""
    found = changes_of(request.organisation, today=timezone.localdate(), kind=kind)
    context = {"page": page_of(found, request.GET.get("page")), "kind": kind, "kinds": KINDS}
    return render(request, "recommendations/dashboard_changes.html", context)
