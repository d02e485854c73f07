"""The invitation ledger: an entry added, its page, its next step, its details."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from commitments.actions import entries
from commitments.actions.ledger import PledgeClosedError, add_invitation, take_step
from commitments.actions.revisions import MovedOnError
from commitments.entry_words import WORDS
from commitments.enums import InvitationKind, InvitationState, PledgeState
from commitments.forms.ledger import DetailsForm, InvitationForm, StepForm, add_problems
from commitments.models import Invitation, Pledge
from commitments.queries.entry_page import EntryPage, entry_page
from commitments.queries.invitations import (
    details_in_words,
    entry_of,
    gatherings_to_choose,
    who_changed,
)
from commitments.views.loading import closed, tended_entry, tended_pledge
from organisations.access import SignedInRequest, signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_add(request: SignedInRequest, pk: UUID) -> HttpResponse:
    pledge = tended_pledge(request, pk)
    if pledge.state == PledgeState.CLOSED:
        return closed(request, pledge)
    form = _new_form(request, pledge)
    if request.method == "POST" and form.is_valid():
        try:
            added = add_invitation(
                pledge=pledge, **form.cleaned_data, by=request.user, now=timezone.now()
            )
        except PledgeClosedError:
            return closed(request, pledge)
        except ValidationError as refusal:
            add_problems(form, refusal.message_dict)
        else:
            messages.success(request, "Saved.")
            return redirect("invitation_detail", pk=added.pk)
    context = {
        "form": form,
        "pledge": pledge,
        "is_leader": pledge.leader_id == request.user.pk,
        "kinds": WORDS.items(),
        "words": WORDS[form.of_kind],
    }
    return render(request, "commitments/invitation_add.html", context)


def _new_form(request: SignedInRequest, pledge: Pledge) -> InvitationForm:
    asked_for = request.POST.get("kind") or request.GET.get("kind") or ""
    today, known = timezone.localdate(), asked_for in InvitationKind.values
    return InvitationForm(
        request.POST or None,
        kind=InvitationKind(asked_for) if known else InvitationKind.INVITED,
        gatherings=gatherings_to_choose(pledge, request.user, today=today),
        today=today,
    )


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_detail(request: SignedInRequest, pk: UUID) -> HttpResponse:
    invitation = tended_entry(request, pk)
    page = entry_page(invitation, reader=request.user, now=timezone.now())
    form = _step_form(request, page)
    if request.method != "POST":
        return _detail(request, page, form)
    if page.is_closed:
        return closed(request, invitation.pledge)
    if page.entry.has_named(request.POST.get("state", "")):
        return redirect("invitation_detail", pk=pk)
    if not form.is_valid():
        return _detail(request, page, form)
    try:
        take_step(invitation=invitation, **form.cleaned_data, by=request.user, now=timezone.now())
    except PledgeClosedError:
        return closed(request, invitation.pledge)
    except ValidationError as refusal:
        return _moved_on(request, pk, form, refusal)
    messages.success(request, "Saved.")
    return redirect("invitation_detail", pk=pk)


def _step_form(request: SignedInRequest, page: EntryPage) -> StepForm:
    return StepForm(
        request.POST or None, entry=page.entry, steps=page.next_steps, today=timezone.localdate()
    )


def _moved_on(
    request: SignedInRequest, pk: UUID, form: StepForm, refusal: ValidationError
) -> HttpResponse:
    """Somebody noted another step meanwhile: the page as it stands now, with what was typed."""
    add_problems(form, refusal.message_dict)
    invitation = tended_entry(request, pk)
    return _detail(request, entry_page(invitation, reader=request.user, now=timezone.now()), form)


def _detail(request: SignedInRequest, page: EntryPage, form: StepForm) -> HttpResponse:
    context = {"page": page, "invitation": page.invitation, "form": form}
    return render(request, "commitments/invitation_detail.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_edit(request: SignedInRequest, pk: UUID) -> HttpResponse:
    invitation = tended_entry(request, pk)
    if invitation.pledge.state == PledgeState.CLOSED:
        return closed(request, invitation.pledge)
    entries.refuse_what_is_public(invitation, request.user)
    form = _details_form(request, invitation)
    context = {"form": form, "invitation": invitation}
    if request.method == "POST" and form.is_valid():
        try:
            _change(request, invitation, form)
        except MovedOnError as moved_on:
            context |= _both_versions(form, moved_on.current)
        except PledgeClosedError:
            return closed(request, invitation.pledge)
        except ValidationError as refusal:
            add_problems(form, refusal.message_dict)
        else:
            messages.success(request, "Saved.")
            return redirect("invitation_detail", pk=pk)
    return render(request, "commitments/invitation_edit.html", context)


def _change(request: SignedInRequest, invitation: Invitation, form: DetailsForm) -> None:
    entries.change_invitation(
        invitation=invitation,
        details=form.details(),
        seen=form.cleaned_data["revision"],
        by=request.user,
        now=timezone.now(),
    )


def _details_form(request: SignedInRequest, invitation: Invitation) -> DetailsForm:
    today, pledge = timezone.localdate(), invitation.pledge
    return DetailsForm(
        request.POST or None,
        invitation=invitation,
        entry=entry_of(invitation),
        gatherings=gatherings_to_choose(
            pledge, request.user, today=today, linked=invitation.gathering
        ),
        today=today,
    )


def _both_versions(form: DetailsForm, current: Any) -> dict[str, object]:
    form.over(current.revision)
    return {"theirs": details_in_words(current), "who": who_changed(current)}


@signed_in
@require_POST
def step_take_back(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Of the step that the page showed, so that a second click takes back nothing more."""
    invitation = tended_entry(request, pk)
    shown = request.POST.get("state", "")
    try:
        taken_back = shown in InvitationState.values and entries.take_back_step(
            invitation=invitation,
            state=InvitationState(shown),
            by=request.user,
            now=timezone.now(),
        )
    except PledgeClosedError:
        return closed(request, invitation.pledge)
    except ValidationError as refusal:
        taken_back = False
        messages.error(request, refusal.message)
    if taken_back:
        messages.success(request, "Taken back.")
    return redirect("invitation_detail", pk=pk)


@signed_in
@require_POST
def invitation_remove(request: SignedInRequest, pk: UUID) -> HttpResponse:
    invitation = tended_entry(request, pk)
    try:
        entries.remove_invitation(invitation=invitation, by=request.user, now=timezone.now())
    except PledgeClosedError:
        return closed(request, invitation.pledge)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
        return redirect("invitation_detail", pk=pk)
    messages.success(request, "Removed.")
    return redirect("my_pledge", pk=invitation.pledge_id)


@signed_in
@require_POST
def invitation_anew(request: SignedInRequest, pk: UUID) -> HttpResponse:
    invitation = tended_entry(request, pk)
    try:
        anew = entries.ask_anew(invitation=invitation, by=request.user, now=timezone.now())
    except PledgeClosedError:
        return closed(request, invitation.pledge)
    except ValidationError as refusal:
        messages.error(request, refusal.message)
        return redirect("invitation_detail", pk=pk)
    return redirect("invitation_detail", pk=anew.pk)
