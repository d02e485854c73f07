"""The check-in that is open: how each promise went, and what an assistant noted meanwhile."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from commitments.actions.assisting import confirm_entries
from commitments.actions.check_in import (
    CheckInRefused,
    SavedMeanwhileError,
    record_check_in,
    save_draft,
)
from commitments.forms.check_in import CheckInForm
from commitments.models import Pledge
from commitments.queries.check_in_answers import CheckInPage, check_in_page
from commitments.queries.check_ins import due_check_in
from commitments.queries.tending import for_the_leader_alone, to_confirm
from commitments.views.loading import tended_pledge
from organisations.access import SignedInRequest, signed_in

CHANGED = "This check-in is not as it was when you opened it. Look through it, then save again."


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """The leader checks in, or puts right what was said; an assistant drafts."""
    pledge, today = tended_pledge(request, pk), timezone.localdate()
    is_leader, is_draft = pledge.leader_id == request.user.pk, "draft" in request.POST
    if request.method == "POST" and not is_draft:
        for_the_leader_alone(pledge, request.user)
    page = check_in_page(pledge, today=today)
    if page is None or (page.standing.check_in and not is_leader):
        messages.info(request, due_check_in(pledge, today=today).words)
        return redirect("my_pledge", pk=pledge.pk)
    form = form_of(request, page, is_draft=is_draft)
    context: dict[str, Any] = {"pledge": pledge, "form": form, "page": page, "is_leader": is_leader}
    if request.method == "POST" and form.is_valid():
        try:
            return keep(request, pledge, form)
        except CheckInRefused as refusal:
            form.add_error(None, str(refusal))
        except SavedMeanwhileError as meanwhile:
            context |= both_versions(form, meanwhile)
    context["waiting"] = to_confirm(pledge)
    return render(request, "commitments/check_in.html", context)


def form_of(request: SignedInRequest, page: CheckInPage, *, is_draft: bool) -> CheckInForm:
    return CheckInForm(
        request.POST or None,
        presets=page.presets,
        period=page.period,
        mark=page.standing.mark,
        is_draft=is_draft,
    )


def keep(request: SignedInRequest, pledge: Pledge, form: CheckInForm) -> HttpResponse:
    period, seen = form.cleaned_data["period"], form.cleaned_data["seen"]
    by, now = request.user, timezone.now()
    if form.is_draft:
        save_draft(pledge=pledge, period=period, answers=form.answers(), by=by, now=now, seen=seen)
        messages.success(request, "Draft saved.")
        return redirect("check_in", pk=pledge.pk)
    record_check_in(pledge=pledge, period=period, answers=form.answers(), by=by, now=now, seen=seen)
    messages.success(request, f"Saved. That was your check-in for {form.words}.")
    return redirect("my_pledge", pk=pledge.pk)


def both_versions(form: CheckInForm, meanwhile: SavedMeanwhileError) -> dict[str, object]:
    """What somebody else saved beside what was typed; nothing of either is lost."""
    standing = meanwhile.standing
    theirs = standing.differences(form.answers())
    form.over(standing)
    if standing.by is None or not theirs:
        form.add_error(None, CHANGED)
        return {}
    return {"theirs": theirs, "who": standing.by.shown_name}


@signed_in
@require_POST
def entries_confirm(request: SignedInRequest, pk: UUID) -> HttpResponse:
    """Confirms those that were shown. One that reads differently by now has to be shown again."""
    pledge = tended_pledge(request, pk)
    shown = set(request.POST.getlist("shown"))
    count = confirm_entries(pledge=pledge, shown=shown, by=request.user, now=timezone.now())
    if count:
        messages.success(request, f"{count} {'entry' if count == 1 else 'entries'} confirmed.")
    if count < len(shown):
        messages.info(request, "What was changed or confirmed meanwhile was left as it is.")
    return redirect(way_back(request, pledge))


def way_back(request: SignedInRequest, pledge: Pledge) -> str:
    """To the page whose button was pressed."""
    names = {"check_in", "my_pledge"}
    name = request.POST.get("from", "")
    return reverse(name if name in names else "my_pledge", args=[pledge.pk])
