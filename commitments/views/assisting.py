"""Who helps a leader: asked, there, gone; and what whoever was asked sees."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from commitments.actions.assisting import (
    AddressNotConfirmed,
    AssistingRefused,
    ask_assistant,
    become_assistant,
    end_assisting,
    is_open,
)
from commitments.enums import PledgeState
from commitments.forms.assisting import AssistantForm
from commitments.links import ASSISTANT_LASTS
from commitments.models import Assistant, Pledge
from commitments.queries.assistants import (
    assistant_asked_by,
    assistants_of,
    current_assistants_of,
    help_given_by,
)
from commitments.queries.strangers import stop_path
from commitments.queries.tending import tended_by
from commitments.views.by_token import ASSISTANT, gone
from commitments.views.loading import own_pledge
from organisations.access import SignedInRequest, by_token, signed_in
from organisations.queries import has_confirmed
from organisations.sign_in import ways_in
from ui.paging import page_of


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def assistants(request: SignedInRequest, pk: UUID) -> HttpResponse:
    pledge = own_pledge(request, pk)
    form = AssistantForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and asked(request, pledge, form):
        return redirect("assistants", pk=pledge.pk)
    context = {
        "pledge": pledge,
        "form": form if pledge.state == PledgeState.PUBLISHED else None,
        "page": page_of(assistants_of(pledge), request.GET.get("page")),
        "now": timezone.now(),
        "days": ASSISTANT_LASTS.days,
    }
    return render(request, "commitments/assistants.html", context)


def asked(request: SignedInRequest, pledge: Pledge, form: AssistantForm) -> bool:
    address = form.cleaned_data["email"]
    try:
        ask_assistant(pledge=pledge, email=address, by=request.user, now=timezone.now())
    except AssistingRefused as refusal:
        form.add_error("email", str(refusal))
        return False
    messages.success(request, f"An email is on its way to {address}.")
    return True


@signed_in
@require_POST
def assistant_end(request: SignedInRequest, pk: UUID, assistant: UUID) -> HttpResponse:
    pledge = own_pledge(request, pk)
    found = get_object_or_404(current_assistants_of(pledge), pk=assistant)
    end_assisting(assistant=found, by=request.user, now=timezone.now())
    messages.success(request, "Their access has ended. What they wrote stays.")
    return redirect("assistants", pk=pledge.pk)


@signed_in
@require_POST
def assistant_leave(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """A leader leaves by another way, so for them there is nothing here."""
    pledge = get_object_or_404(tended_by(request.user).exclude(leader=request.user), pk=pk)
    own = help_given_by(request.user, pledge)
    if own:
        end_assisting(assistant=own, by=request.user, now=timezone.now())
    messages.success(request, f"You no longer help {pledge.leader_name}. What you wrote stays.")
    return redirect("me")


@by_token
@require_http_methods(["GET", "HEAD", "POST"])
def assistant_accept(request: HttpRequest, token: str) -> HttpResponse:
    """Shows who asks and for what; only the button accepts: a mail scanner cannot use it up."""
    found, now = assistant_asked_by(token), timezone.now()
    if found is None:
        return gone(request, ASSISTANT, known=False)
    if request.user.is_authenticated and helps(found, request.user.pk):
        return redirect("me")
    if not is_open(found, found.pledge, now=now):
        return gone(request, ASSISTANT, known=True)
    if request.method != "POST" or not request.user.is_authenticated:
        return question(request, found)
    try:
        become_assistant(asked=found, by=request.user, now=now)
    except AddressNotConfirmed:
        return question(request, found)
    except AssistingRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("me")
    messages.success(request, f"You help {found.pledge.leader_name} from now on.")
    return redirect("me")


def helps(found: Assistant, user: UUID) -> bool:
    return found.ended_at is None and found.user_id == user


def question(request: HttpRequest, found: Assistant) -> HttpResponse:
    context = {
        "asked": found,
        "pledge": found.pledge,
        "is_theirs": has_confirmed(request.user, found.email),
        "is_leader": found.pledge.leader_id == request.user.pk,
        "stop": stop_path(found.pk),
        **ways_in(request),
    }
    return render(request, "commitments/assistant_accept.html", context)
