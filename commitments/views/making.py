"""Making a pledge: one thing on each page, saved as you go, no account before it is published."""

from allauth.core.ratelimit import consume_or_429
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from commitments import actions
from commitments.actions.making import choose_what_shows
from commitments.actions.revisions import MovedOnError
from commitments.drafting import KEPT_WITHOUT_ACCOUNT
from commitments.enums import Choice
from commitments.forms import OwnForm, PromisesForm, RhythmForm, ShowsForm, StartForm, WhoForm
from commitments.forms.revision import revision_seen
from commitments.forms.standards import (
    BaseStandards,
    standards_kept,
    standards_sent,
    standards_with_another,
)
from commitments.models import Pledge, Signing, Wording
from commitments.queries import making as queries
from commitments.queries.lineage import is_on_a_newer_wording
from commitments.text_in_words import own_in_words, promises_in_words, standards_in_words
from commitments.views.path import begun_here, carry_on, of_a_draft, of_a_text, place_of, whoever
from organisations.access import public
from organisations.newcomers import ASKED_BY

FORMS = ["GET", "HEAD", "POST"]


@public
@require_http_methods(FORMS)
def pledge_start(request: HttpRequest) -> HttpResponse:
    wording, user = queries.current_wording(), whoever(request)
    if wording is None:
        raise Http404
    remember_who_asked(request)
    form = StartForm(
        request.POST or None,
        user=user,
        initial={"leader_name": user.display_name if user else ""},
    )
    if request.method == "POST" and form.is_valid():
        return begin(request, form, wording)
    context = {
        "form": form,
        "wording": wording,
        "promises": queries.wording_groups(wording),
        "drafts": queries.drafts_in_hand(user, begun_here(request))[:5],
        "kept_days": KEPT_WITHOUT_ACCOUNT.days,
        "made": queries.kept_pledges_of(user)[:5] if user else [],
    }
    return render(request, "commitments/pledge_start.html", context)


def begin(request: HttpRequest, form: StartForm, wording: Wording) -> HttpResponse:
    user = whoever(request)
    if user is None:
        refused = consume_or_429(request, action="start_pledge")
        if refused:
            return refused
    pledge = actions.start_pledge(
        who=form.who(),
        wording=wording,
        key=form.cleaned_data["key"],
        asked_by=queries.asker(request.session.pop(ASKED_BY, "")),
        by=user,
        now=timezone.now(),
    )
    return carry_on(request, pledge, "who")


def remember_who_asked(request: HttpRequest) -> None:
    """From a link on somebody's page. It counts only if this leader says so later on."""
    asker = queries.asker(request.GET.get("after", ""))
    if asker is not None:
        request.session[ASKED_BY] = asker.slug


@public
@require_http_methods(FORMS)
@of_a_draft
def pledge_who(request: HttpRequest, pledge: Pledge) -> HttpResponse:
    user = whoever(request)
    form = WhoForm(request.POST or None, user=user, instance=pledge)
    if request.method == "POST" and form.is_valid():
        actions.change_who(pledge=pledge, who=form.who(), by=user, now=timezone.now())
        return carry_on(request, pledge, "who")
    context = {"form": form, **place_of(request, pledge, "who")}
    return render(request, "commitments/pledge_who.html", context)


@public
@require_http_methods(FORMS)
@of_a_text
def pledge_promises(request: HttpRequest, text: Signing) -> HttpResponse:
    promises, opened_on = queries.promises_of(text), {"revision": text.revision}
    form = PromisesForm(request.POST or None, promises=promises, initial=opened_on)
    context = {
        "form": form,
        "wording": text.wording,
        "new_wording": is_on_a_newer_wording(text),
        **place_of(request, text.pledge, "promises"),
    }
    if request.method == "POST" and form.is_valid():
        answers, seen = form.answers(), form.cleaned_data["revision"]
        by, now = whoever(request), timezone.now()
        try:
            actions.choose_promises(pledge=text.pledge, answers=answers, by=by, now=now, seen=seen)
            return carry_on(request, text.pledge, "promises")
        except MovedOnError as moved_on:
            form.over(moved_on.current.revision)
            context["theirs"] = promises_in_words(queries.promises_of(text), answers)
    return render(request, "commitments/pledge_promises.html", context)


@public
@require_http_methods(FORMS)
@of_a_text
def pledge_own(request: HttpRequest, text: Signing) -> HttpResponse:
    form = own_form(request, text)
    context = {"form": form, **place_of(request, text.pledge, "own")}
    if request.method == "POST" and form.is_valid():
        try:
            actions.write_own(
                pledge=text.pledge,
                own=form.own_promises(),
                statement=form.cleaned_data["statement"],
                by=whoever(request),
                now=timezone.now(),
                seen=form.cleaned_data["revision"],
            )
            return carry_on(request, text.pledge, "own")
        except MovedOnError as moved_on:
            form.over(moved_on.current.revision)
            context["theirs"] = own_now(text, form)
    return render(request, "commitments/pledge_own.html", context)


def own_now(text: Signing, form: OwnForm) -> list[tuple[str, str]]:
    """What another window saved of it meanwhile."""
    text.refresh_from_db(fields=["statement"])
    return own_in_words(
        queries.promises_of(text),
        text.statement,
        own=form.own_promises(),
        why=form.cleaned_data["statement"],
    )


def own_form(request: HttpRequest, text: Signing) -> OwnForm:
    promises = queries.promises_of(text)
    own = [promise.text for promise in promises if promise.choice == Choice.OWN]
    return OwnForm(
        request.POST or None,
        of_the_wording=[Choice(each.choice) for each in promises if each.choice != Choice.OWN],
        initial={
            "own": "\n".join(own),
            "statement": text.statement,
            "revision": text.revision,
        },
    )


@public
@require_http_methods(FORMS)
@of_a_text
def pledge_standards(request: HttpRequest, text: Signing) -> HttpResponse:
    context = place_of(request, text.pledge, "standards")
    rows = standards_rows(request, text)
    context |= {"rows": rows, "revision": text.revision}
    if request.method == "POST":
        context["revision"] = seen = revision_seen(request.POST)
        if "another" not in request.POST and rows.is_valid():
            standards, by, now = rows.standings(), whoever(request), timezone.now()
            try:
                actions.choose_standards(
                    pledge=text.pledge, standards=standards, by=by, now=now, seen=seen
                )
                return carry_on(request, text.pledge, "standards")
            except MovedOnError as moved_on:
                context["revision"] = moved_on.current.revision
                context["theirs"] = standards_in_words(text.standards.order_by("position"))
    return render(request, "commitments/pledge_standards.html", context)


def standards_rows(request: HttpRequest, text: Signing) -> BaseStandards:
    today = timezone.localdate()
    if request.method != "POST":
        return standards_kept(text.standards.order_by("position"), today=today)
    if "another" in request.POST:
        return standards_with_another(request.POST, today=today)
    return standards_sent(request.POST, today=today)


@public
@require_http_methods(FORMS)
@of_a_draft
def pledge_rhythm(request: HttpRequest, pledge: Pledge) -> HttpResponse:
    chosen = {"check_in_every": pledge.check_in_every}
    form = RhythmForm(request.POST or None, today=timezone.localdate(), initial=chosen)
    if request.method == "POST" and form.is_valid():
        actions.choose_cadence(
            pledge=pledge,
            cadence=form.cleaned_data["check_in_every"],
            by=whoever(request),
            now=timezone.now(),
        )
        return carry_on(request, pledge, "rhythm")
    context = {"form": form, **place_of(request, pledge, "rhythm")}
    return render(request, "commitments/pledge_rhythm.html", context)


@public
@require_http_methods(FORMS)
@of_a_draft
def pledge_shows(request: HttpRequest, pledge: Pledge) -> HttpResponse:
    form = ShowsForm(request.POST or None, instance=pledge)
    if request.method == "POST" and form.is_valid():
        choose_what_shows(
            pledge=pledge, shows=form.shows(), by=whoever(request), now=timezone.now()
        )
        return carry_on(request, pledge, "shows")
    context = {"form": form, **place_of(request, pledge, "shows")}
    return render(request, "commitments/pledge_shows.html", context)
