"""A leader's own record: what came in, what was asked, what changed, and the looks back."""

from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from commitments import actions, queries
from commitments.enums import PledgeState
from commitments.forms import CheckInForm, InvitationForm, InvitationMoveForm
from commitments.models import Pledge
from history.queries import lines_about
from organisations.access import SignedInRequest, signed_in

A_PAGE = 25


@signed_in
@require_safe
def my_pledge(request: SignedInRequest, pk: UUID) -> HttpResponse:
    pledge = get_object_or_404(queries.pledges_of(request.user), pk=pk)
    if pledge.state == PledgeState.DRAFT:
        return redirect("pledge_check", pk=pledge.pk)
    today = timezone.localdate()
    context = {
        "pledge": pledge,
        "promises": queries.current_promises(pledge),
        "record": queries.record_of(pledge, today=today),
        "page": Paginator(queries.ledger_of(pledge), A_PAGE).get_page(request.GET.get("page")),
        "look_backs": queries.look_backs(pledge, today=today),
        "due": queries.due_check_in(pledge, today=today),
        "history": lines_about(pledge),
    }
    return render(request, "commitments/my_pledge.html", context)


def closed(request: SignedInRequest, pledge: Pledge) -> HttpResponse:
    """A closed pledge stays readable, and is kept no more."""
    messages.info(request, queries.IS_CLOSED)
    return redirect("my_pledge", pk=pledge.pk)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_add(request: SignedInRequest, pk: UUID) -> HttpResponse:
    pledge = get_object_or_404(queries.kept_pledges_of(request.user), pk=pk)
    if pledge.state == PledgeState.CLOSED:
        return closed(request, pledge)
    form = InvitationForm(request.POST or None, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_invitation(
                pledge=pledge, **form.cleaned_data, by=request.user, now=timezone.now()
            )
        except actions.PledgeClosedError:
            return closed(request, pledge)
        messages.success(request, "Saved.")
        return redirect("my_pledge", pk=pledge.pk)
    return render(request, "commitments/invitation_add.html", {"form": form, "pledge": pledge})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_move(request: SignedInRequest, pk: UUID) -> HttpResponse:
    invitation = get_object_or_404(queries.invitations_of(request.user), pk=pk)
    pledge, now = invitation.pledge, timezone.now()
    if pledge.state == PledgeState.CLOSED:
        return closed(request, pledge)
    form = InvitationMoveForm(
        request.POST or None, invitation=invitation, today=timezone.localdate(now)
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.move_invitation(
                invitation=invitation, **form.cleaned_data, by=request.user, now=now
            )
        except actions.PledgeClosedError:
            return closed(request, pledge)
        messages.success(request, "Saved.")
        return redirect("my_pledge", pk=pledge.pk)
    context = {"form": form, "invitation": invitation, "history": lines_about(invitation)}
    return render(request, "commitments/invitation_move.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: SignedInRequest, pk: UUID) -> HttpResponse:
    pledge, now = get_object_or_404(queries.kept_pledges_of(request.user), pk=pk), timezone.now()
    due = queries.due_check_in(pledge, today=timezone.localdate(now))
    if due.period is None:
        messages.info(request, due.words)
        return redirect("my_pledge", pk=pledge.pk)
    promises = list(queries.kept_promises_of(pledge))
    form = CheckInForm(request.POST or None, promises=promises, period=due.period)
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_check_in(
                pledge=pledge,
                period=form.cleaned_data["period"],
                answers=form.answers(),
                by=request.user,
                now=now,
            )
        except actions.NotDueError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, f"Saved. That was your check-in for {due.period.words}.")
            return redirect("my_pledge", pk=pledge.pk)
    return render(request, "commitments/check_in.html", {"form": form, "pledge": pledge})
