"""Ending a pledge, and handing it to whoever leads next."""

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from commitments import links
from commitments.actions import leaving as actions
from commitments.enums import Ending, PledgeState
from commitments.forms.leaving import EndForm, NextLeaderForm
from commitments.leaving import MAY_BE_HANDED_ON
from commitments.models import Handover, Pledge
from commitments.queries import made_on
from commitments.queries.leaving import (
    handover_opened_by,
    has_unsigned_version,
    link_token,
    open_handover,
    signing_to_hand_on,
    taken_on_by,
)
from commitments.queries.public import public_statement
from commitments.queries.strangers import stop_path
from commitments.views.by_token import HANDOVER, gone
from commitments.views.loading import closed, own_pledge
from organisations.access import SignedInRequest, by_token, signed_in
from organisations.queries import has_confirmed
from organisations.sign_in import ways_in
from outbox.rendering import absolute_url


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def pledge_end(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Filled in, then read again as everybody will read it, then done: it cannot be undone."""
    pledge = own_pledge(request, pk)
    if pledge.state == PledgeState.CLOSED:
        return closed(request, pledge)
    form = EndForm(request.POST or None, made_on=made_on(pledge), today=timezone.localdate())
    step = request.POST.get("step", "")
    checking = request.method == "POST" and step != "change" and form.is_valid()
    if checking and step == "close" and ended(request, pledge, form):
        return redirect("my_pledge", pk=pledge.pk)
    context = {
        "form": form,
        "pledge": pledge,
        "checking": checking and form.is_valid(),
        "drops_version": has_unsigned_version(pledge),
    }
    return render(request, "commitments/pledge_end.html", context)


def ended(request: SignedInRequest, pledge: Pledge, form: EndForm) -> bool:
    values, now = form.cleaned_data, timezone.now()
    ending: Ending = values["ending"]
    ended_on: date = values["ended_on"]
    try:
        if ending == Ending.HANDED_OVER:
            actions.hand_over(
                pledge=pledge, ended_on=ended_on, email=values["email"], by=request.user, now=now
            )
        else:
            actions.close_pledge(
                pledge=pledge, ending=ending, ended_on=ended_on, by=request.user, now=now
            )
    except actions.LeavingRefused as refusal:
        form.add_error("email" if ending == Ending.HANDED_OVER else None, str(refusal))
        return False
    messages.success(request, "Your pledge is closed. What you promised and kept stays readable.")
    return True


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def handover(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """How it stands with the next leader; another one may be asked while nobody is."""
    pledge = own_pledge(request, pk)
    if pledge.ending not in MAY_BE_HANDED_ON:
        messages.info(request, "Close your pledge first, then hand it on.")
        return redirect("my_pledge", pk=pledge.pk)
    asked, now = open_handover(pledge), timezone.now()
    may_ask = asked is None or (
        asked.accepted_at is None and not links.is_open(asked.expires_at, asked.revoked_at, now)
    )
    form = NextLeaderForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and was_asked(request, pledge, form):
        return redirect("handover", pk=pledge.pk)
    token = link_token(asked) if asked and not may_ask and not asked.accepted_at else ""
    context = {
        "form": form,
        "pledge": pledge,
        "asked": asked,
        "may_ask": may_ask,
        "successor": taken_on_by(pledge),
        "link": absolute_url(reverse("handover_accept", args=[token])) if token else "",
    }
    return render(request, "commitments/handover.html", context)


def was_asked(request: SignedInRequest, pledge: Pledge, form: NextLeaderForm) -> bool:
    address, now = form.cleaned_data["email"], timezone.now()
    try:
        actions.ask_next_leader(pledge=pledge, email=address, by=request.user, now=now)
    except actions.LeavingRefused as refusal:
        form.add_error("email", str(refusal))
        return False
    messages.success(request, f"An email is on its way to {address}.")
    return True


@signed_in
@require_POST
def handover_revoke(request: SignedInRequest, pk: UUID) -> HttpResponse:
    pledge = own_pledge(request, pk)
    asked = open_handover(pledge)
    if asked is None or not actions.revoke_handover(
        handover=asked, by=request.user, now=timezone.now()
    ):
        messages.info(request, "There was nothing to take back.")
    else:
        messages.success(request, "Taken back. The link no longer works.")
    return redirect("handover", pk=pledge.pk)


@by_token
@require_http_methods(["GET", "HEAD", "POST"])
def handover_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Shows what was promised and by whom; only the button makes a draft of one's own."""
    asked = handover_opened_by(token)
    if asked is None:
        return gone(request, HANDOVER, known=False)
    is_theirs = request.user.is_authenticated and (
        asked.accepted_by_id == request.user.pk
        or (asked.email != "" and has_confirmed(request.user, asked.email))
    )
    if not still_open(asked) and not (is_theirs and asked.accepted_at):
        return gone(request, HANDOVER, known=True)
    if request.method == "POST" and is_theirs and request.user.is_authenticated:
        return taken_on(request, asked)
    return render(
        request,
        "commitments/handover_accept.html",
        offer(request, token, asked, is_theirs=is_theirs),
    )


def still_open(asked: Handover) -> bool:
    if asked.accepted_at or asked.pledge.erased_at:
        return False
    return links.is_open(asked.expires_at, asked.revoked_at, timezone.now())


def offer(
    request: HttpRequest, token: str, asked: Handover, *, is_theirs: bool
) -> dict[str, object]:
    signing = signing_to_hand_on(asked.pledge)
    return {
        "asked": asked,
        "pledge": asked.pledge,
        "statement": public_statement(signing),
        "stop": stop_path(asked.pk),
        "is_theirs": is_theirs,
        **ways_in(request),
    }


def taken_on(request: HttpRequest, asked: Handover) -> HttpResponse:
    assert request.user.is_authenticated
    try:
        draft = actions.take_on(handover=asked, by=request.user, now=timezone.now())
    except (actions.LeavingRefused, actions.NotTheirAddressError):
        return gone(request, HANDOVER, known=True)
    if draft.state != PledgeState.DRAFT:
        return redirect("my_pledge", pk=draft.pk)
    messages.success(request, "This is your draft now. Change what you like before you publish it.")
    return redirect("pledge_check", pk=draft.pk)
