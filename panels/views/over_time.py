"""What an organisation's events and groups show over the years, on a page and as files."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from organisations.access import OrganisationRequest, for_organisation
from organisations.enums import Role
from panels import pools
from panels.enums import Basis, Definition, GatheringKind, Measure
from panels.forms.over_time import TrendsForm
from panels.models import PooledRelease
from panels.queries import over_time as queries
from panels.standings import quarter_of
from panels.trend_charts import sections
from panels.trends import (
    QUARTERS_SHOWN,
    Group,
    address_of_quarter,
    export,
    period_in_words,
    quarter_before,
    quarter_in_words,
    quarters_until,
    short_words,
)
from panels.trends import trends as trends_of
from ui.spreadsheets import as_csv, as_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
POOL_HEADINGS = ("Quarter", "Measure", "Figure", "Events and groups", "Who is counted", "Source")


@dataclass(frozen=True)
class Asked:
    """The quarters and the kind that the address names, and what they show."""

    kind: GatheringKind | None
    quarters: tuple[date, ...]
    groups: list[Group]

    def address(self, *, until: date | None = None) -> str:
        last = until or self.quarters[-1]
        named = {"until": address_of_quarter(last)} | ({"kind": self.kind} if self.kind else {})
        return f"?{urlencode(named)}"


def asked_for(request: OrganisationRequest) -> tuple[Asked, TrendsForm]:
    """An address that names no quarter or kind is not found: others in its place would mislead."""
    form = TrendsForm(request.GET)
    if not form.is_valid():
        raise Http404
    wanted = form.cleaned_data
    this = quarter_of(timezone.localdate())
    quarters = quarters_until(min(wanted["until"] or this, this))
    groups = queries.groups_of(request.organisation, first=quarters[0], last=quarters[-1])
    return Asked(wanted["kind"], quarters, groups), form


@for_organisation()
@require_safe
def trends(request: OrganisationRequest) -> HttpResponse:
    asked, form = asked_for(request)
    found = trends_of(asked.groups, quarters=asked.quarters, kind=asked.kind)
    first, last, this = asked.quarters[0], asked.quarters[-1], quarter_of(timezone.localdate())
    older = queries.has_figures_before(request.organisation, first)
    later = min(quarter_before(last, -QUARTERS_SHOWN), this)
    context = {
        "form": form,
        "sections": sections(found),
        "labels": [short_words(quarter) for quarter in asked.quarters],
        "period": period_in_words(first, last),
        "is_filtered": bool(asked.kind) or last < this,
        "files": asked.address(),
        "older": asked.address(until=quarter_before(first)) if older else "",
        "newer": asked.address(until=later) if last < this else "",
        "releases": [
            list(zip(POOL_HEADINGS, pool_row(one), strict=True))
            for one in queries.releases_of(request.organisation)
        ],
        "pool_headings": POOL_HEADINGS,
        "may_edit": request.membership.has_role(Role.ORGANISER),
    }
    return render(request, "panels/trends.html", context)


@for_organisation()
@require_safe
def trends_csv(request: OrganisationRequest) -> HttpResponse:
    asked, _ = asked_for(request)
    rows = export(asked.groups, quarters=asked.quarters, kind=asked.kind)
    return download(as_csv(rows), asked, "csv", "text/csv; charset=utf-8")


@for_organisation()
@require_safe
def trends_xlsx(request: OrganisationRequest) -> HttpResponse:
    asked, _ = asked_for(request)
    sheets: dict[str, Iterable[Iterable[object]]] = {
        "By quarter": export(asked.groups, quarters=asked.quarters, kind=asked.kind),
        "Several together": pool_rows(request),
    }
    return download(as_xlsx(sheets), asked, "xlsx", XLSX)


def pool_rows(request: OrganisationRequest) -> Iterator[tuple[str, ...]]:
    yield POOL_HEADINGS
    yield from (pool_row(one) for one in queries.releases_of(request.organisation))


def pool_row(release: PooledRelease) -> tuple[str, ...]:
    """In the order of POOL_HEADINGS."""
    measure, figures = Measure(release.measure), pools.from_facts(release.facts)
    return (
        quarter_in_words(release.quarter),
        str(measure.label),
        pools.in_words(figures, measure),
        str(figures.gatherings),
        str(Definition(release.definition).label),
        str(Basis(release.basis).label),
    )


def download(content: str | bytes, asked: Asked, suffix: str, kind: str) -> HttpResponse:
    filename = f"over-time-to-{address_of_quarter(asked.quarters[-1])}.{suffix}"
    disposition = f'attachment; filename="{filename}"'
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition})
