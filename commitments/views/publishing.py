"""The answers, the click that publishes them, and dropping a draft."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.views.decorators.http import require_POST, require_safe

from commitments import actions
from commitments.actions.drafts import drop_draft
from commitments.actions.publishing import sign_again
from commitments.actions.revisions import MovedOnError
from commitments.drafting import KEPT_WITHOUT_ACCOUNT
from commitments.enums import PledgeState
from commitments.forms.revision import revision_seen
from commitments.models import Pledge, Signing
from commitments.queries import making as queries
from commitments.queries.lineage import changes_of
from commitments.queries.previews import open_link_of, token_of
from commitments.queries.public import standards_of, statement_from
from commitments.views.path import begun_here, of_a_draft, of_a_text, place_of, whoever
from organisations.access import public
from organisations.newcomers import DRAFTS
from outbox.rendering import absolute_url

PUBLISHED = SafeString(
    "Your pledge is public. Share this page wherever you like, or"
    ' <a href="#share">take its text to publish elsewhere</a>.'
)
CHANGED = (
    "The text was changed in another window after you opened this page. Nothing was published. "
    "Look through it, then publish."
)
SIGNED_AGAIN = "Your new version is public. The earlier ones stay readable."


@public
@require_safe
@of_a_text
def pledge_check(request: HttpRequest, text: Signing) -> HttpResponse:
    lines = queries.lines_of(text.pk)
    context = {
        **place_of(request, text.pledge, "check"),
        "text": text,
        "statement": statement_from(text, lines, standards_of(text.pk)),
        "keeps_nothing": all(line.left_out for line in lines),
        **(of_a_version(text) if text.pledge.published_at else before_publishing(request, text)),
    }
    return render(request, "commitments/pledge_check.html", context)


def before_publishing(request: HttpRequest, text: Signing) -> dict[str, Any]:
    link, now = open_link_of(text.pledge), timezone.now()
    token = token_of(link, now=now)
    back = urlencode({"next": reverse("pledge_check", args=[text.pledge_id])})
    return {
        "preview": link,
        "preview_url": absolute_url(reverse("draft_preview", args=[token])) if token else "",
        "kept_days": str(KEPT_WITHOUT_ACCOUNT.days),
        "sign_up": f"{reverse('account_signup')}?{back}",
    }


def of_a_version(text: Signing) -> dict[str, Any]:
    return {"changes": changes_of(text)}


@public
@require_POST
@of_a_text
def pledge_publish(request: HttpRequest, text: Signing) -> HttpResponse:
    pledge, user = text.pledge, whoever(request)
    if user is None:
        return redirect(str(before_publishing(request, text)["sign_up"]))
    is_new = pledge.state == PledgeState.DRAFT
    sign = actions.publish_pledge if is_new else sign_again
    try:
        seen = revision_seen(request.POST)
        published = sign(pledge=pledge, by=user, now=timezone.now(), seen=seen)
    except MovedOnError:
        messages.warning(request, CHANGED)
        return redirect("pledge_check", pk=pledge.pk)
    except ValidationError as problem:
        messages.error(request, problem.message)
        return redirect("pledge_check", pk=pledge.pk)
    messages.success(request, PUBLISHED if is_new else SIGNED_AGAIN)
    return redirect(published)


@public
@require_POST
@of_a_draft
def draft_drop(request: HttpRequest, pledge: Pledge) -> HttpResponse:
    drop_draft(pledge=pledge, by=whoever(request), now=timezone.now())
    if DRAFTS in request.session:
        others = [key for key in begun_here(request) if key != str(pledge.pk)]
        request.session[DRAFTS] = others
    messages.success(request, "The draft is gone.")
    return redirect("pledge_start")
