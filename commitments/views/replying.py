"""An organiser's page: who asks, and an answer without an account."""

from typing import Any

from allauth.core.ratelimit import consume_or_429
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from commitments.actions.replying import AnswerRefused, LinkClosedError, give_answer
from commitments.answering import LONGEST_NOTE, refusal
from commitments.forms.replying import ReplyForm
from commitments.links import Door
from commitments.models import AskLetter, Pledge
from commitments.queries import replies
from commitments.queries.making import thresholds_of
from organisations.access import by_token
from panels.audit import LineUp, audit_line_up
from panels.enums import Audience
from panels.results import Result, show


@by_token
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def letter_reply(request: HttpRequest, token: str) -> HttpResponse:
    """Whoever could forge this form already holds its link: no token, and with it no cookie.

    The answer to it is its own page, not a redirect: the numbers just typed are echoed there, and
    stay in nothing that a later visitor with that link could open. Sent again, it is the same.
    """
    now, is_typed = timezone.now(), request.method == "POST"
    letter = replies.letter_of(token)
    if letter is None or replies.door_of(letter, now=now) != Door.OPEN:
        return _gone(request, letter)
    if replies.is_asked_by(letter, request.user):
        return _page(request, "commitments/reply_own.html", {"letter": letter})
    form = ReplyForm(request.POST if is_typed else None, kind=replies.kind_asked(letter))
    if is_typed and form.is_valid():
        if refused := consume_or_429(request, action="answer_letter"):
            return refused
        try:
            give_answer(
                letter=letter,
                given=form.given(),
                by_mail=replies.comes_by_mail(letter, token),
                now=now,
            )
        except LinkClosedError:
            return _gone(request, replies.letter_of(token))
        except AnswerRefused as error:
            form.add_error(None, str(error))
        else:
            return _thanks(request, letter, form)
    context = {"form": form, "letter": letter, "earlier": replies.answer_by(letter)}
    context["refusal"] = refusal(letter.replies.count())
    return _page(request, "commitments/letter_reply.html", context)


def _thanks(request: HttpRequest, letter: AskLetter, form: ReplyForm) -> HttpResponse:
    line_up = form.cleaned_data["line_up"]
    context = {
        "letter": letter,
        "result": _echo(line_up, letter.invitation.pledge) if line_up else None,
        "is_untold": form.is_untold,
    }
    return _page(request, "commitments/reply_thanks.html", context)


def _echo(line_up: LineUp, pledge: Pledge) -> Result:
    """To whoever has just typed it."""
    found = audit_line_up(line_up, thresholds_of(pledge))
    return show(found, audience=Audience.PUBLIC, typed_it=True, source="What was typed here")


def _gone(request: HttpRequest, letter: AskLetter | None) -> HttpResponse:
    """What was typed for nothing stays on the page, to be sent another way."""
    context = {
        "letter": letter,
        "door": replies.door_of(letter, now=timezone.now()).value,
        "note": request.POST.get("note", "")[:LONGEST_NOTE],
    }
    status = 410 if letter else 404
    return _page(request, "commitments/reply_gone.html", context, status=status)


def _page(
    request: HttpRequest, template: str, context: dict[str, Any], status: int = 200
) -> HttpResponse:
    """No page that is opened from here learns its address."""
    response = render(request, template, context, status=status)
    response["Referrer-Policy"] = "no-referrer"
    return response
