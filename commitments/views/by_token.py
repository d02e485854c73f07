"""What every link says that leads to somebody without an account."""

from dataclasses import dataclass
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from commitments import links
from commitments.actions.stopping import stop_mail
from commitments.queries.strangers import mail_stopped_by
from organisations.access import by_token


@dataclass(frozen=True)
class What:
    """A kind of link: why it may be over, how long it lasts, and what to do without it."""

    why: str
    lasts: timedelta | None
    instead: str
    way_on: str = ""


PREVIEW = What(
    "It led to the draft of a pledge, and was closed",
    links.PREVIEW_LASTS,
    "Ask whoever sent it to you for a new one.",
)
ASSISTANT = What(
    "It has been used or taken back",
    links.ASSISTANT_LASTS,
    "If you said yes already, sign in: the pledge is on your page. If not, ask whoever wrote to"
    " you for a new link.",
    way_on="me",
)
ENCOURAGEMENT = What(
    "The pledge it was about is closed",
    links.ENCOURAGEMENT_LASTS,
    "You can make a pledge without it.",
    way_on="pledges",
)
HANDOVER = What(
    "It has been used or taken back",
    links.HANDOVER_LASTS,
    "You can make a pledge without it, or ask whoever sent it for a new one.",
    way_on="pledges",
)
BODY = What(
    "It has been used or taken back",
    links.BODY_LASTS,
    "Nothing is shown to anybody because of it. If the membership body still wants to know, it can"
    " send a new one.",
)
STOP = What("", None, "Open it again from the email that you were sent.")


def gone(request: HttpRequest, what: What, *, known: bool) -> HttpResponse:
    """`known`: there was such a link, and it is over."""
    status = 410 if known else 404
    context = {"what": what, "known": known}
    return render(request, "commitments/link_gone.html", context, status=status)


@by_token
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def mail_stop(request: HttpRequest, token: str) -> HttpResponse:
    """One click from a mail program, which sends no cookie, or the button. Never too late."""
    mail = mail_stopped_by(token)
    if mail is None:
        return gone(request, STOP, known=False)
    is_done = request.method == "POST"
    if is_done:
        stop_mail(mail=mail, now=timezone.now())
    return render(request, "commitments/mail_stop.html", {"done": is_done})
