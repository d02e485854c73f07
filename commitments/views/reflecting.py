"""A reflection after an event: written down, made public, made private again."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from commitments.actions.ledger import PledgeClosedError
from commitments.actions.reflecting import (
    PublicNowError,
    publish_reflection,
    withdraw_reflection,
    write_reflection,
)
from commitments.actions.revisions import MovedOnError
from commitments.forms.reflecting import ReflectionForm
from commitments.forms.revision import RevisedForm
from commitments.models import Invitation, Reflection
from commitments.queries.reflections import as_typed, reflection_of, reflection_prompt
from commitments.queries.tending import invitations_tended_by
from commitments.views.loading import closed
from organisations.access import SignedInRequest, signed_in

NOTHING_TO_REFLECT_ON = "A reflection comes after an event that was not shown to meet the pledge."
READ_AGAIN = "Somebody has written on since you opened this. Read it again, then publish."
REFUSED = {
    PublicNowError: "This is public now, so only the leader changes it. Nothing was saved.",
    PledgeClosedError: "This pledge was closed meanwhile. Nothing was saved.",
}


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def reflection_write(request: SignedInRequest, pk: UUID) -> HttpResponse:
    invitation = get_object_or_404(invitations_tended_by(request.user), pk=pk)
    prompt = reflection_prompt(invitation, today=timezone.localdate())
    if prompt is None:
        messages.info(request, NOTHING_TO_REFLECT_ON)
        return redirect("invitation_detail", pk=pk)
    if prompt.is_closed:
        return closed(request, invitation.pledge)
    is_typed = request.method == "POST"
    form = ReflectionForm(request.POST if is_typed else None, written=prompt.written)
    context = {"form": form, "prompt": prompt, "theirs": None, "who": ""}
    if is_typed and form.is_valid():
        try:
            return _save(request, invitation, form)
        except MovedOnError as moved:
            theirs = cast(Reflection, moved.current)
            form.over(theirs.revision)
            context |= {"theirs": as_typed(theirs), "who": theirs.written_by}
        except (PublicNowError, PledgeClosedError) as refusal:
            form.add_error(None, REFUSED[type(refusal)])
    return render(request, "commitments/reflection_write.html", context)


def _save(request: SignedInRequest, invitation: Invitation, form: ReflectionForm) -> HttpResponse:
    write_reflection(
        invitation=invitation,
        words=form.words(),
        seen=form.cleaned_data["revision"],
        by=request.user,
        now=timezone.now(),
    )
    messages.success(request, "Saved.")
    return redirect("invitation_detail", pk=invitation.pk)


@signed_in
@require_POST
def reflection_publish(request: SignedInRequest, pk: UUID) -> HttpResponse:
    invitation, form = _written(request, pk), RevisedForm(request.POST)
    try:
        publish_reflection(
            invitation=invitation,
            seen=form.cleaned_data["revision"] if form.is_valid() else 0,
            by=request.user,
            now=timezone.now(),
        )
    except PledgeClosedError:
        return closed(request, invitation.pledge)
    except MovedOnError:
        messages.warning(request, READ_AGAIN)
    else:
        messages.success(request, "Published. It is on your pledge’s page now.")
    return redirect("invitation_detail", pk=pk)


@signed_in
@require_POST
def reflection_withdraw(request: SignedInRequest, pk: UUID) -> HttpResponse:
    withdraw_reflection(invitation=_written(request, pk), by=request.user, now=timezone.now())
    messages.success(request, "It is private again.")
    return redirect("invitation_detail", pk=pk)


def _written(request: SignedInRequest, pk: UUID) -> Invitation:
    """An entry that has a reflection."""
    invitation = get_object_or_404(invitations_tended_by(request.user), pk=pk)
    if reflection_of(invitation) is None:
        raise Http404
    return invitation
