"""The letter to an organiser: written, sent, its link closed."""

from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from commitments.actions import asking
from commitments.actions.ledger import PledgeClosedError
from commitments.actions.revisions import MovedOnError
from commitments.enums import PledgeState
from commitments.forms.asking import LetterForm, SendForm, Then
from commitments.models import AskLetter, Invitation
from commitments.queries import letters
from commitments.queries.tending import for_the_leader_alone
from commitments.views.loading import closed, tended_entry
from organisations.access import SignedInRequest, signed_in


@signed_in
@require_POST
def letter_make(request: SignedInRequest, pk: UUID) -> HttpResponse:
    invitation = tended_entry(request, pk)
    try:
        asking.make_letter(invitation=invitation, by=request.user, now=timezone.now())
    except PledgeClosedError:
        return closed(request, invitation.pledge)
    return redirect("letter_write", pk=pk)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def letter_write(request: SignedInRequest, pk: UUID) -> HttpResponse:
    invitation = tended_entry(request, pk)
    letter = _open_letter(invitation)
    if letter is None:
        return redirect("invitation_detail", pk=pk)
    form = _letter_form(request, letter)
    theirs: Any = None
    if request.method == "POST" and form.is_valid():
        try:
            return _save_and_go_on(request, letter, form)
        except MovedOnError as moved_on:
            theirs = moved_on.current
            form.over(theirs.revision)
        except asking.LetterRefused as refusal:
            form.add_error("text", str(refusal))
        except ValidationError as refusal:
            form.add_error("sent_on", refusal.messages)
    return _letter_page(request, letter, form, theirs)


def _open_letter(invitation: Invitation) -> AskLetter | None:
    """None where there is none to write on: none was made, its link is over, or the pledge is."""
    if invitation.pledge.state == PledgeState.CLOSED:
        return None
    letter = letters.open_letter_of(invitation, now=timezone.now())
    if letter is not None:
        letter.invitation = invitation
    return letter


def _text_for(request: SignedInRequest, letter: AskLetter) -> str:
    """An assistant writes around the place of the link: only the leader has the link itself."""
    is_leader = letter.invitation.pledge.leader_id == request.user.pk
    return letters.text_of(letter) if is_leader else letter.text


def _letter_form(request: SignedInRequest, letter: AskLetter) -> LetterForm:
    initial = {"text": _text_for(request, letter), "revision": letter.revision}
    return LetterForm(request.POST or None, initial=initial, today=timezone.localdate())


def _save_and_go_on(request: SignedInRequest, letter: AskLetter, form: LetterForm) -> HttpResponse:
    values = form.cleaned_data
    then, pk = values["then"], letter.invitation_id
    if then != Then.STAY:
        for_the_leader_alone(letter.invitation.pledge, request.user)
    asking.save_letter(
        letter=letter,
        text=values["text"],
        seen=values["revision"],
        sent_on=values["sent_on"],
        by=request.user,
        now=timezone.now(),
    )
    if then == Then.EMAIL:
        return redirect("letter_send", pk=pk)
    messages.success(request, "Saved.")
    return redirect("invitation_detail" if then == Then.SENT else "letter_write", pk=pk)


def _letter_page(
    request: SignedInRequest, letter: AskLetter, form: LetterForm, theirs: AskLetter | None
) -> HttpResponse:
    context = {
        "invitation": letter.invitation,
        "letter": letter,
        "form": form,
        "link": letters.reply_link(letter),
        "link_opens": letters.still_opens(letter),
        "text": _text_for(request, letter),
        "came_back": bool(letter.sent_at) and letters.has_come_back(letter),
        "wrote": letter.written_by.shown_name,
        "is_leader": letter.invitation.pledge.leader_id == request.user.pk,
        "theirs": letters.in_words(_text_for(request, theirs)) if theirs else None,
        "who": theirs.written_by.shown_name if theirs else "",
    }
    return render(request, "commitments/letter_write.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def letter_send(request: SignedInRequest, pk: UUID) -> HttpResponse:
    invitation = tended_entry(request, pk)
    for_the_leader_alone(invitation.pledge, request.user)
    letter = _open_letter(invitation)
    if letter is None or letter.sent_at is not None:
        return redirect("letter_write", pk=pk)
    form, has_moved_on = _send_form(request, letter), False
    if request.method == "POST" and form.is_valid():
        try:
            return _send(request, letter, form)
        except MovedOnError as moved_on:
            has_moved_on, letter = True, cast(AskLetter, moved_on.current)
            form.shows(letter)
        except asking.LetterRefused as refusal:
            form.add_error("to_address", str(refusal))
    context = {
        "invitation": letter.invitation,
        "form": form,
        "mail": letters.leaving(letter),
        "has_moved_on": has_moved_on,
    }
    return render(request, "commitments/letter_send.html", context)


def _send_form(request: SignedInRequest, letter: AskLetter) -> SendForm:
    shown = {"revision": letter.revision, "entry_revision": letter.invitation.revision}
    return SendForm(request.POST or None, initial=shown)


def _send(request: SignedInRequest, letter: AskLetter, form: SendForm) -> HttpResponse:
    values = form.cleaned_data
    asking.send_letter(
        letter=letter,
        to_address=values["to_address"],
        seen=values["revision"],
        seen_entry=values["entry_revision"],
        by=request.user,
        now=timezone.now(),
    )
    messages.success(request, f"Your letter is on its way to {values['to_address']}.")
    return redirect("invitation_detail", pk=letter.invitation_id)


@signed_in
@require_POST
def letter_revoke(request: SignedInRequest, pk: UUID) -> HttpResponse:
    invitation = tended_entry(request, pk)
    for_the_leader_alone(invitation.pledge, request.user)
    letter = _open_letter(invitation)
    if letter is not None:
        asking.revoke_letter(letter=letter, by=request.user, now=timezone.now())
        messages.success(request, "The reply link is closed.")
    return redirect("invitation_detail", pk=pk)
