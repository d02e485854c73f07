"""Asking the people on a line-up how they are counted: opening, following and closing a round."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from organisations.access import OrganisationRequest, for_organisation
from organisations.enums import Role
from organisations.refusals import Refused
from outbox.rendering import absolute_url
from panels.actions.declaring import close_round, open_round, remind
from panels.actions.locked import why_it_is_locked
from panels.asking import QUESTIONS
from panels.declaring import refusal_to_remind
from panels.enums import Definition, RoundOutcome
from panels.forms.declaring import RoundForm
from panels.models import DeclarationRound
from panels.queries import declaring as queries
from panels.slips import Slip, slips_of
from panels.views.loading import gathering_of

REMINDED = "A reminder is on its way to everybody with an address who has not answered yet."
CLOSED = {
    RoundOutcome.COUNTED: "The round has closed, and the answers are counted.",
    RoundOutcome.TOO_FEW: "The round has closed. Too few answered, so nothing was counted.",
    None: "The round had closed already.",
}
NOT_COUNTED_YET = (
    "The round has closed. Its answers are not in the count yet: by tomorrow they are."
)


@for_organisation(Role.ORGANISER)
@require_http_methods(["GET", "HEAD", "POST"])
def declaration_open(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    gathering = gathering_of(request, pk)
    if already := queries.open_round_of(gathering):
        return _to_round(request, already)
    today = timezone.localdate()
    latest = queries.latest_close_of(gathering, today=today)
    form = RoundForm(request.POST or None, today=today, latest=latest)
    if request.method == "POST" and form.is_valid():
        try:
            asked = open_round(
                gathering=gathering, **form.cleaned_data, by=request.user, now=timezone.now()
            )
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return _to_round(request, asked)
    context = {
        "form": form,
        "gathering": gathering,
        "refusal": why_it_is_locked(gathering) or queries.why_not_to_ask(gathering, today=today),
        "people": queries.people_of(gathering),
        "ways": queries.ways_to_ask(gathering),
        "minoritised": Definition.MINORITISED_SELF_DEFINED.label,
    }
    return render(request, "panels/declaration_open.html", context)


@for_organisation(Role.ORGANISER)
@require_safe
def declaration_round(request: OrganisationRequest, pk: UUID, asked: UUID) -> HttpResponse:
    gathering = gathering_of(request, pk)
    found = queries.round_of(gathering, asked)
    people, today = queries.people_of(gathering), timezone.localdate()
    context = {
        "gathering": gathering,
        "asked": found,
        "has_parts": bool(people.main_stage and people.rest),
        "progress": None if found.closed_at else queries.progress_of(found),
        "is_to_be_counted": found.closed_at is not None and queries.is_to_be_counted(found),
        "ways": queries.ways_of(found),
        "no_reminder": refusal_to_remind(
            found.reminders, last_on=found.last_reminded_on, today=today
        ),
    }
    return render(request, "panels/declaration_round.html", context)


@for_organisation(Role.ORGANISER)
@never_cache
@require_safe
def declaration_sheet(request: OrganisationRequest, pk: UUID, asked: UUID) -> HttpResponse:
    gathering = gathering_of(request, pk)
    found = queries.round_of(gathering, asked)
    if found.closed_at:
        messages.info(request, "The round has closed, so its codes open nothing any more.")
        return _to_round(request, found)
    context = {
        "gathering": gathering,
        "asked": found,
        "slips": _slips(found),
        "questions": QUESTIONS,
        "address": absolute_url(reverse("declaration_code")),
    }
    response = render(request, "panels/declaration_sheet.html", context)
    response["Referrer-Policy"] = "no-referrer"
    return response


def _slips(asked: DeclarationRound) -> list[Slip]:
    tokens = queries.printed_codes(asked)
    return slips_of(
        tokens, link=lambda code: absolute_url(reverse("declaration_answer", args=[code]))
    )


@for_organisation(Role.ORGANISER)
@require_POST
def declaration_remind(request: OrganisationRequest, pk: UUID, asked: UUID) -> HttpResponse:
    found = queries.round_of(gathering_of(request, pk), asked)
    try:
        remind(asked=found, by=request.user, now=timezone.now())
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, REMINDED)
    return _to_round(request, found)


@for_organisation(Role.ORGANISER)
@require_http_methods(["GET", "HEAD", "POST"])
def declaration_close(request: OrganisationRequest, pk: UUID, asked: UUID) -> HttpResponse:
    gathering = gathering_of(request, pk)
    found = queries.round_of(gathering, asked)
    if request.method == "POST":
        outcome = close_round(round_id=found.pk, by=request.user, now=timezone.now())
        waits = outcome is not None and queries.is_to_be_counted(found)
        messages.success(request, NOT_COUNTED_YET if waits else CLOSED[outcome])
        return redirect(gathering)
    if found.closed_at:
        return _to_round(request, found)
    context = {"gathering": gathering, "asked": found, "progress": queries.progress_of(found)}
    return render(request, "panels/declaration_close.html", context)


def _to_round(request: OrganisationRequest, asked: DeclarationRound) -> HttpResponse:
    return redirect("declaration_round", request.organisation.slug, asked.gathering_id, asked.pk)
