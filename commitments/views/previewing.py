"""A draft read by somebody who was given the link."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from commitments.actions.previewing import close_preview, make_preview
from commitments.enums import PledgeState
from commitments.models import Pledge
from commitments.queries import making as queries
from commitments.queries.previews import is_open, preview_at
from commitments.queries.public import standards_of, statement_from
from commitments.views.by_token import PREVIEW, gone
from commitments.views.path import keep_in_browser, of_a_draft, whoever
from organisations.access import by_token, public


@public
@require_POST
@of_a_draft
def preview_make(request: HttpRequest, pledge: Pledge) -> HttpResponse:
    make_preview(
        pledge=pledge,
        instead_of=uuid_or_none(request.POST.get("instead_of", "")),
        by=whoever(request),
        now=timezone.now(),
    )
    keep_in_browser(request, pledge)
    return to_the_link(pledge)


@public
@require_POST
@of_a_draft
def preview_close(request: HttpRequest, pledge: Pledge) -> HttpResponse:
    close_preview(pledge=pledge, by=whoever(request), now=timezone.now())
    messages.success(request, "The link is closed. Whoever opens it reads that it is.")
    return to_the_link(pledge)


def to_the_link(pledge: Pledge) -> HttpResponse:
    return redirect(f"{redirect('pledge_check', pk=pledge.pk).url}#preview")


def uuid_or_none(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


@by_token
@require_safe
def draft_preview(request: HttpRequest, token: str) -> HttpResponse:
    """Leads to the public page once there is one."""
    link = preview_at(token)
    if link is None:
        return gone(request, PREVIEW, known=False)
    pledge, text = link.pledge, queries.text_in_hand(link.pledge)
    if link.revoked_at is None and pledge.state != PledgeState.DRAFT:
        return redirect(pledge)
    if text is None or not is_open(link, now=timezone.now()):
        return gone(request, PREVIEW, known=True)
    text.pledge = pledge
    statement = statement_from(text, queries.lines_of(text.pk), standards_of(text.pk))
    context = {"pledge": pledge, "statement": statement, "link": link}
    return render(request, "commitments/draft_preview.html", context)
