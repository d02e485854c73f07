"""A leader's own record: what waits, the year in figures and in days, the whole ledger."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from commitments import queries
from commitments.enums import PledgeState
from commitments.forms.record import LedgerForm, YearForm
from commitments.models import Pledge
from commitments.queries.own_record import OwnRecord, own_record_of
from commitments.queries.own_year import months_of_year
from commitments.queries.public import made_on
from commitments.queries.tending import tended_by, to_confirm
from commitments.record_paper.paper import paper
from commitments.record_sheets import entry_rows, figure_rows
from commitments.views.loading import tended_pledge
from organisations.access import SignedInRequest, signed_in
from ui.paging import page_of
from ui.spreadsheets import as_csv


@signed_in
@require_safe
def my_pledge(request: SignedInRequest, pk: UUID) -> HttpResponse:
    pledge = tended_by(request.user).filter(pk=pk).first()
    if pledge is None:
        draft = get_object_or_404(queries.pledges_of(request.user), pk=pk, state=PledgeState.DRAFT)
        return redirect("pledge_check", pk=draft.pk)
    today = timezone.localdate()
    asked = request.GET if "to" in request.GET else None
    year_form = YearForm(asked, since=made_on(pledge), today=today)
    own = own_record_of(pledge, today=today, last=year_form.last)
    look_backs = queries.look_backs(pledge, today=today)
    context: dict[str, Any] = {
        "pledge": pledge,
        "is_leader": pledge.leader_id == request.user.pk,
        "own": own,
        "year_form": year_form,
        "months": months_of_year(own, look_backs.passed),
        "waiting": to_confirm(pledge) if own.to_confirm else [],
        "promises": queries.current_promises(pledge),
        "look_backs": page_of(look_backs, request.GET.get("check-ins")),
        "due": queries.due_check_in(pledge, today=today),
        **ledger_context(request, own),
    }
    return render(request, "commitments/my_pledge.html", context)


def ledger_context(request: SignedInRequest, own: OwnRecord) -> dict[str, Any]:
    form = LedgerForm(request.GET, entries=own.entries)
    page = page_of(form.chosen(), request.GET.get("page"))
    return {"ledger_form": form, "page": page}


@signed_in
@require_safe
def record_csv(request: SignedInRequest, pk: UUID) -> HttpResponse:
    own = own_record_asked_for(request, tended_pledge(request, pk))
    return download(as_csv(entry_rows(own)), "record", own, "text/csv; charset=utf-8")


@signed_in
@require_safe
def figures_csv(request: SignedInRequest, pk: UUID) -> HttpResponse:
    own = own_record_asked_for(request, tended_pledge(request, pk))
    return download(as_csv(figure_rows(own)), "figures", own, "text/csv; charset=utf-8")


@signed_in
@require_safe
def record_pdf(request: SignedInRequest, pk: UUID) -> HttpResponse:
    pledge = tended_pledge(request, pk)
    own = own_record_asked_for(request, pledge)
    made = paper(pledge, list(queries.current_promises(pledge)), own)
    return download(made, "record", own, "application/pdf")


def own_record_asked_for(request: SignedInRequest, pledge: Pledge) -> OwnRecord:
    """Of the year that the address names: another one in its place would mislead."""
    today = timezone.localdate()
    form = YearForm(request.GET, since=made_on(pledge), today=today)
    if not form.is_valid():
        raise Http404
    return own_record_of(pledge, today=today, last=form.last)


def download(content: str | bytes, name: str, own: OwnRecord, kind: str) -> HttpResponse:
    suffix = "pdf" if kind.endswith("pdf") else "csv"
    filename = f"{name}-to-{own.year.last.isoformat()}.{suffix}"
    disposition = f'attachment; filename="{filename}"'
    return HttpResponse(content, content_type=kind, headers={"Content-Disposition": disposition})
