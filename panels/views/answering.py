"""What a link or a printed code opens: two questions, an objection. Nobody signs in, and who is
signed in is not looked at."""

from typing import Any

from allauth.core import ratelimit
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from organisations.access import by_token, public
from panels.actions.answering import (
    AnswerNotAddedError,
    LinkOverError,
    give_answer,
    object_to_asking,
)
from panels.enums import Definition
from panels.forms.declaring import AnswerForm, CodeForm
from panels.models import DeclarationToken
from panels.queries import declaring as queries
from panels.queries.declaring import Door

NOT_ADDED = "Something went wrong here, and your answer was not added. Send it once more."
NO_SUCH_CODE = "This code opens nothing. Look at your slip again: it has four groups of seven."


@by_token
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def declaration_answer(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever could forge this form already holds its link: no token, and with it no cookie."""
    found = queries.token_typed(token)
    door = queries.door_of(found, today=timezone.localdate())
    if found is None or door != Door.OPEN:
        return _shut(request, door)
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        said = form.said(Definition(found.round.definition))
        try:
            give_answer(token=found, said=said, now=timezone.now())
        except LinkOverError:
            return _shut_meanwhile(request, token)
        except AnswerNotAddedError:
            form.add_error(None, NOT_ADDED)
        else:
            return _page(request, "panels/declaration_thanks.html", _about(found, token))
    return _page(request, "panels/declaration_answer.html", {"form": form, **_about(found, token)})


@by_token
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def declaration_object(request: HttpRequest, token: str) -> HttpResponse:
    """The form needs no token of its own, for the reason above."""
    found = queries.token_typed(token)
    door = queries.door_of(found, today=timezone.localdate())
    if found is None or door != Door.OPEN:
        return _shut(request, door)
    about = _about(found, token) | {"is_done": request.method == "POST"}
    if request.method == "POST":
        try:
            object_to_asking(token=found, now=timezone.now())
        except LinkOverError:
            return _shut_meanwhile(request, token)
    return _page(request, "panels/declaration_object.html", about)


@public
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def declaration_code(request: HttpRequest) -> HttpResponse:
    """Only codes that open nothing count towards the limit: a full room has one address."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        if not ratelimit.consume(request, action="type_code", dry_run=True):
            return ratelimit.respond_429(request)
        code = form.cleaned_data["code"]
        if queries.token_typed(code) is not None:
            return _quiet(HttpResponseRedirect(reverse("declaration_answer", args=[code])))
        ratelimit.consume(request, action="type_code")
        form.add_error("code", NO_SUCH_CODE)
    return _page(request, "panels/declaration_code.html", {"form": form})


def _about(token: DeclarationToken, typed: str) -> dict[str, Any]:
    gathering = token.round.gathering
    return {
        "asked": token.round,
        "gathering": gathering,
        "asker": gathering.organisation,
        "is_mailed": token.is_mailed,
        "typed": typed,
    }


def _shut_meanwhile(request: HttpRequest, token: str) -> HttpResponse:
    """Used or closed since the page was opened."""
    found = queries.token_typed(token)
    door = queries.door_of(found, today=timezone.localdate())
    return _shut(request, Door.CLOSED if door in (Door.UNKNOWN, Door.OPEN) else door)


def _shut(request: HttpRequest, door: Door) -> HttpResponse:
    status = 404 if door == Door.UNKNOWN else 410
    return _page(request, "panels/declaration_shut.html", {"door": door.value}, status=status)


def _page(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """As somebody without an account sees it, whoever has one: no name on it, no cookie."""
    request.user = AnonymousUser()
    return _quiet(render(request, template, context, status=status))


def _quiet(response: HttpResponse) -> HttpResponse:
    """No page that is opened from here learns its address, and nobody keeps it."""
    response["Referrer-Policy"] = "no-referrer"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
