"""Making a pledge: one thing on each page, saved as you go, checked before it is published."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commitments import actions, queries
from commitments.enums import PledgeState
from commitments.forms import PromisesForm, RhythmForm, WhoForm
from commitments.models import Pledge
from organisations.access import SignedInRequest, public, signed_in

View = Callable[..., HttpResponse]
PUBLISHED = SafeString(
    "Your pledge is public. Share this page wherever you like, or"
    ' <a href="#share">take its text to publish elsewhere</a>.'
)


def of_a_draft(view: View) -> View:
    """Gives the view the leader's own draft; what is published already shows its record."""

    @wraps(view)
    def loaded(request: SignedInRequest, pk: UUID, **kwargs: Any) -> HttpResponse:
        pledge = get_object_or_404(queries.pledges_of(request.user), pk=pk)
        if pledge.state != PledgeState.DRAFT:
            messages.info(request, "This pledge is published. Its text stays as signed.")
            return redirect("my_pledge", pk=pledge.pk)
        return view(request, pledge, **kwargs)

    return loaded


def step_done(request: HttpRequest, pledge: Pledge, following: str) -> HttpResponse:
    """On to the next page, or back to the answers when the step was opened from there."""
    messages.success(request, "Saved.")
    checking = request.GET.get("from") == "check"
    return redirect("pledge_check" if checking else following, pk=pledge.pk)


@public
@require_http_methods(["GET", "HEAD", "POST"])
def pledge_start(request: SignedInRequest) -> HttpResponse:
    wording = queries.current_wording()
    if wording is None:
        raise Http404
    if not request.user.is_authenticated:
        return ask_to_sign_in(request, wording)
    draft = queries.draft_of(request.user)
    if draft is not None:
        return redirect("pledge_check", pk=draft.pk)
    initial = {"leader_name": request.user.display_name}
    form = WhoForm(request.POST or None, user=request.user, initial=initial)
    if request.method == "POST" and form.is_valid():
        pledge = actions.start_pledge(
            who=form.who(), wording=wording, by=request.user, now=timezone.now()
        )
        return step_done(request, pledge, "pledge_promises")
    context = {"form": form, "made": queries.kept_pledges_of(request.user)[:5]}
    return render(request, "commitments/pledge_who.html", context)


def ask_to_sign_in(request: HttpRequest, wording: Any) -> HttpResponse:
    back = urlencode({"next": request.path})
    sign_in = f"{reverse('account_login')}?{back}"
    if request.method == "POST":
        return redirect(sign_in)
    context = {
        "wording": wording,
        "promises": queries.wording_groups(wording),
        "sign_in": sign_in,
        "sign_up": f"{reverse('account_signup')}?{back}",
    }
    return render(request, "commitments/pledge_start.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@of_a_draft
def pledge_who(request: SignedInRequest, pledge: Pledge) -> HttpResponse:
    form = WhoForm(request.POST or None, user=request.user, instance=pledge)
    if request.method == "POST" and form.is_valid():
        actions.change_who(pledge=pledge, who=form.who(), by=request.user, now=timezone.now())
        return step_done(request, pledge, "pledge_promises")
    return render(request, "commitments/pledge_who.html", {"form": form, "made": []})


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@of_a_draft
def pledge_promises(request: SignedInRequest, pledge: Pledge) -> HttpResponse:
    signing = queries.current_signing(pledge)
    form = PromisesForm(
        request.POST or None,
        promises=queries.promises_of(signing),
        statement=signing.statement,
    )
    if request.method == "POST" and form.is_valid():
        actions.choose_promises(
            pledge=pledge,
            answers=form.answers(),
            own=form.own_promises(),
            statement=form.cleaned_data["statement"],
            by=request.user,
            now=timezone.now(),
        )
        return step_done(request, pledge, "pledge_rhythm")
    context = {"form": form, "pledge": pledge, "wording": signing.wording}
    return render(request, "commitments/pledge_promises.html", context)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
@of_a_draft
def pledge_rhythm(request: SignedInRequest, pledge: Pledge) -> HttpResponse:
    chosen = {"check_in_every": pledge.check_in_every}
    form = RhythmForm(request.POST or None, today=timezone.localdate(), initial=chosen)
    if request.method == "POST" and form.is_valid():
        actions.choose_cadence(
            pledge=pledge,
            cadence=form.cleaned_data["check_in_every"],
            by=request.user,
            now=timezone.now(),
        )
        return step_done(request, pledge, "pledge_check")
    return render(request, "commitments/pledge_rhythm.html", {"form": form, "pledge": pledge})


@signed_in
@require_safe
@of_a_draft
def pledge_check(request: SignedInRequest, pledge: Pledge) -> HttpResponse:
    signing = queries.current_signing(pledge)
    statement = queries.statement_from(signing, queries.lines_of(signing.pk))
    return render(
        request, "commitments/pledge_check.html", {"pledge": pledge, "statement": statement}
    )


@signed_in
@require_POST
@of_a_draft
def pledge_publish(request: SignedInRequest, pledge: Pledge) -> HttpResponse:
    published = actions.publish_pledge(pledge=pledge, by=request.user, now=timezone.now())
    messages.success(request, PUBLISHED)
    return redirect(published)
