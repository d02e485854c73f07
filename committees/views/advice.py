"""Advice: the register, and how it is asked for, given and answered."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from committees.actions import advice as actions
from committees.forms.advice import AnswerForm, AskForm, GiveForm, RegisterForm, ReplyForm
from committees.models import Advice
from committees.queries import advice as queries
from committees.refusals import ANSWERED_ALREADY, GIVEN_ALREADY, NOT_GIVEN_YET, GroupRefused
from committees.views.finding import READERS_OF_ADVICE, RECORDERS
from history.queries import lines_about
from organisations.access import OrganisationRequest, for_organisation
from organisations.enums import Role


@for_organisation(*READERS_OF_ADVICE)
@require_safe
def advice_list(request: OrganisationRequest) -> HttpResponse:
    groups = list(queries.groups_with_advice(request.organisation))
    form = RegisterForm(request.GET, groups=groups)
    page = queries.advice_of(
        request.organisation,
        state=form.chosen_state,
        group=form.chosen_group,
        number=request.GET.get("page"),
        today=timezone.localdate(),
    )
    context = {
        "form": form,
        "page": page,
        "is_filtered": bool(form.chosen_state or form.chosen_group),
        "has_groups": any(group.closed_on is None for group in groups),
        "may_give": request.membership.has_role(Role.ADVISER),
        "may_ask": request.membership.has_role(*RECORDERS),
    }
    return render(request, "committees/advice_list.html", context)


@for_organisation(*READERS_OF_ADVICE)
@require_safe
def advice_detail(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    row = find(request, pk)
    advice = row.advice
    context = {
        "row": row,
        "advice": advice,
        "recommendations": advice.recommendations.all(),
        "lines": lines_about(advice),
        "may_reply": advice.given_on is None and may_advise_for(request, advice.group_id),
        "may_answer": advice.given_on is not None
        and not advice.answer
        and request.membership.has_role(*RECORDERS),
    }
    return render(request, "committees/advice_detail.html", context)


@for_organisation(*RECORDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def advice_ask(request: OrganisationRequest) -> HttpResponse:
    now = timezone.now()
    groups = list(queries.advisory_groups(request.organisation))
    form = AskForm(
        request.POST or None,
        organisation=request.organisation,
        groups=groups,
        today=timezone.localdate(now),
    )
    if request.method == "POST" and form.is_valid():
        try:
            asked = actions.ask_advice(**form.asked, by=request.user, now=now)
        except GroupRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{asked.group.name} is asked.")
            return redirect(asked)
    return render(request, "committees/advice_ask.html", {"form": form, "groups": groups})


@for_organisation(Role.ADVISER)
@require_http_methods(["GET", "HEAD", "POST"])
def advice_give(request: OrganisationRequest) -> HttpResponse:
    now = timezone.now()
    groups = queries.groups_to_advise_for(
        request.organisation, request.user, today=timezone.localdate(now)
    )
    form = GiveForm(request.POST or None, organisation=request.organisation, groups=groups)
    if request.method == "POST" and form.is_valid():
        try:
            given = actions.give_advice(**form.asked, by=request.user, now=now)
        except GroupRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Your advice is given. It must be answered.")
            return redirect(given)
    return render(request, "committees/advice_give.html", {"form": form, "groups": groups})


@for_organisation(Role.ADVISER)
@require_http_methods(["GET", "HEAD", "POST"])
def advice_reply(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    """What was asked for, by somebody who advises for that group."""
    advice = find(request, pk).advice
    if not may_advise_for(request, advice.group_id):
        raise PermissionDenied
    form = ReplyForm(request.POST or None)
    if request.method != "POST" and advice.given_on is not None:
        return nothing_to_do(request, advice, GIVEN_ALREADY)
    if request.method == "POST" and form.is_valid():
        try:
            actions.reply_with_advice(
                advice=advice, **form.cleaned_data, by=request.user, now=timezone.now()
            )
        except GroupRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Your advice is given. It must be answered.")
            return redirect(advice)
    return render(request, "committees/advice_reply.html", {"form": form, "advice": advice})


@for_organisation(*RECORDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def advice_answer(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    row = find(request, pk)
    advice = row.advice
    if request.method != "POST" and (advice.given_on is None or advice.answer):
        return nothing_to_do(request, advice, ANSWERED_ALREADY if advice.answer else NOT_GIVEN_YET)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_advice(
                advice=advice, **form.cleaned_data, by=request.user, now=timezone.now()
            )
        except GroupRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"{advice.reference} is answered.")
            return redirect(advice)
    context = {"form": form, "advice": advice, "row": row}
    return render(request, "committees/advice_answer.html", context)


def find(request: OrganisationRequest, pk: UUID) -> queries.AdviceRow:
    row = queries.advice_in(request.organisation, pk=pk, today=timezone.localdate())
    if row is None:
        raise Http404
    return row


def may_advise_for(request: OrganisationRequest, group: UUID) -> bool:
    if not request.membership.has_role(Role.ADVISER):
        return False
    theirs = queries.groups_to_advise_for(
        request.organisation, request.user, today=timezone.localdate()
    )
    return group in {each.pk for each in theirs}


def nothing_to_do(request: OrganisationRequest, advice: Advice, why: str) -> HttpResponse:
    messages.info(request, why)
    return redirect(advice)
