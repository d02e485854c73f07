"""What the dashboard shows, as a file."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from organisations.access import OrganisationRequest, for_organisation
from organisations.enums import Role
from recommendations.filters import narrow
from recommendations.forms.filtering import FilterForm
from recommendations.plan_columns import keys_for
from recommendations.queries.board_rows import board_rows_of
from recommendations.queries.exporting import plan_rows
from recommendations.queries.proving import is_adviser_alone
from recommendations.views.indicators import CSV, XLSX
from ui.spreadsheets import as_csv, as_xlsx


@for_organisation()
@require_safe
def recommendations_export(request: OrganisationRequest) -> HttpResponse:
    """By the filters of the address, as the dashboard reads them."""
    kind = request.GET.get("format", "csv")
    if kind not in ("csv", "xlsx"):
        raise Http404
    today = timezone.localdate()
    shown = board_rows_of(request.organisation, today=today)
    chosen = FilterForm(request.GET, rows=shown).chosen()
    rows = plan_rows(
        request.organisation,
        [row.recommendation.pk for row in narrow(shown, chosen)],
        keys_for(shows_budget=not is_adviser_alone(request.membership)),
        emails=request.membership.has_role(Role.COORDINATOR),
    )
    content: str | bytes = as_csv(rows) if kind == "csv" else as_xlsx({"Recommendations": rows})
    name = f"recommendations-{today.isoformat()}.{kind}"
    return HttpResponse(
        content,
        content_type=CSV if kind == "csv" else XLSX,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
