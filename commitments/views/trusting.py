"""What stands behind a name and a role, and reports that a pledge is not that person's."""

import unicodedata
from uuid import UUID

from allauth.core.ratelimit import consume_or_429
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commitments.actions import trusting as actions
from commitments.enums import PledgeState, ReportOutcome
from commitments.forms.trusting import ReportForm, SettleForm, WorkAddressForm
from commitments.models import ImpersonationReport, Pledge
from commitments.queries.trusting import (
    every_report,
    reportable,
    reports_for,
    reports_in,
    work_addresses_of,
)
from commitments.views.loading import closed, own_pledge
from organisations.access import (
    OrganisationRequest,
    SignedInRequest,
    for_organisation,
    for_the_operator,
    public,
    signed_in,
)
from organisations.enums import Role
from ui.paging import page_of


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def work_address_confirm(request: SignedInRequest, pk: UUID) -> HttpResponse:
    pledge = own_pledge(request, pk)
    if pledge.state != PledgeState.PUBLISHED:
        return closed(request, pledge)
    addresses = work_addresses_of(request.user)
    form = WorkAddressForm(request.POST or None, addresses=addresses)
    if request.method == "POST" and form.is_valid():
        actions.show_work_address(
            pledge=pledge,
            address=form.cleaned_data["address"],
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, "Saved. Your public page says so now.")
        return redirect("my_pledge", pk=pledge.pk)
    context = {"form": form, "pledge": pledge, "addresses": addresses}
    return render(request, "commitments/work_address_confirm.html", context)


def pledge_at(slug: str) -> Pledge:
    pledge = reportable(unicodedata.normalize("NFKC", slug))
    if pledge is None:
        raise Http404
    return pledge


@public
@require_http_methods(["GET", "HEAD", "POST"])
def pledge_report(request: HttpRequest, slug: str) -> HttpResponse:
    pledge = pledge_at(slug)
    form = ReportForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if refused := consume_or_429(request, action="report_pledge"):
            return refused
        if reported(form, pledge):
            return redirect("pledge_report_sent", slug=pledge.slug)
    return render(request, "commitments/pledge_report.html", {"form": form, "pledge": pledge})


def reported(form: ReportForm, pledge: Pledge) -> bool:
    """What a machine sent is thanked for, and kept nowhere."""
    if form.is_from_a_machine:
        return True
    try:
        actions.report_pledge(pledge=pledge, **form.report(), now=timezone.now())
    except actions.ReportRefused as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


@public
@require_safe
def pledge_report_sent(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "commitments/pledge_report_sent.html", {"pledge": pledge_at(slug)})


@for_organisation(Role.COORDINATOR)
@require_safe
def report_list(request: OrganisationRequest) -> HttpResponse:
    page = page_of(reports_for(request.organisation, request.user), request.GET.get("page"))
    return render(request, "commitments/report_list.html", {"page": page})


@for_organisation(Role.COORDINATOR)
@require_POST
def report_settle(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    report = get_object_or_404(reports_in(request.organisation), pk=pk)
    settle(request, report)
    return redirect("report_list", organisation=request.organisation.slug)


@for_the_operator
@require_safe
def operator_reports(request: SignedInRequest) -> HttpResponse:
    page = page_of(every_report(request.user), request.GET.get("page"))
    return render(request, "commitments/operator_reports.html", {"page": page})


@for_the_operator
@require_POST
def operator_report_settle(request: SignedInRequest, pk: UUID) -> HttpResponse:
    settle(request, get_object_or_404(every_report(request.user), pk=pk))
    return redirect("operator_reports")


def settle(request: SignedInRequest, report: ImpersonationReport) -> None:
    form = SettleForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Choose what you found.")
        return
    outcome: ReportOutcome = form.cleaned_data["outcome"]
    settled = actions.settle_report(
        report=report, outcome=outcome, by=request.user, now=timezone.now()
    )
    if not settled:
        messages.info(request, "Somebody settled this report meanwhile.")
    elif outcome == ReportOutcome.TAKEN_DOWN:
        messages.success(request, "Taken down. The page shows no name and no text any more.")
    else:
        messages.success(request, "Saved. The pledge stays as it is.")
