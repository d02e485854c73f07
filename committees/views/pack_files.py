"""A pack as paper and as files."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from committees.actions.pack_paper import ask_again
from committees.models import Pack
from committees.pack_files import as_rows, as_sheets
from committees.queries.packs import pdf_of
from committees.views.packs import find_pack_to_read
from organisations.access import OrganisationRequest, for_organisation
from ui.spreadsheets import as_csv, as_xlsx

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@for_organisation()
@never_cache
@require_safe
def pack_paper(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    """For htmx, how far the paper is; anybody else reads it on the pack's page."""
    pack = find_pack_to_read(request, pk)
    if not request.htmx or request.htmx.history_restore_request:
        return redirect(pack)
    context = {"pack": pack, "paper": pack.paper}
    response = render(request, "committees/_pack_paper.html", context)
    patch_vary_headers(response, ["HX-Request"])
    return response


@for_organisation()
@require_POST
def pack_paper_again(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    pack = find_pack_to_read(request, pk)
    if ask_again(paper=pack.paper, now=timezone.now()):
        messages.success(request, "The paper is being made again.")
    return redirect(pack)


@for_organisation()
@require_safe
def pack_pdf(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    pack = find_pack_to_read(request, pk)
    pdf = pdf_of(pack)
    if pdf is None:
        messages.info(request, "The paper is not ready yet.")
        return redirect(pack)
    return as_file(pack, pdf, "application/pdf", "pdf")


@for_organisation()
@require_safe
def pack_export(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    pack = find_pack_to_read(request, pk)
    wanted = request.GET.get("format", "csv")
    if wanted == "csv":
        return as_file(pack, as_csv(as_rows(pack.as_read)), "text/csv; charset=utf-8", "csv")
    if wanted == "xlsx":
        return as_file(pack, as_xlsx(as_sheets(pack.as_read, pack.sha256)), XLSX, "xlsx")
    raise Http404


def as_file(pack: Pack, body: str | bytes, content_type: str, ending: str) -> HttpResponse:
    name = f"pack-{pack.number}-{pack.content['meeting_day']}.{ending}"
    return HttpResponse(
        body,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
