"""Statements about a line-up as anybody sees them, and one that an invited leader opens."""

import unicodedata
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urljoin

from csp.constants import NONE
from csp.decorators import csp_replace
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from organisations.access import by_token, public
from panels.models import Statement
from panels.queries import statements as queries
from panels.statement_paper import paper
from panels.statement_words import in_short
from panels.views.statements import shown_facts
from ui.kept import kept

View = Callable[..., HttpResponse]
AN_HOUR = 60 * 60  # so that one that is taken back is soon gone everywhere
FIVE_MINUTES = 5 * 60
GONE = "panels/statement_gone.html"
# Anybody may frame the embedded page, which runs no script and sends no form.
FRAMED_ANYWHERE = {"frame-ancestors": ["*"], "script-src": [NONE], "form-action": [NONE]}


def of_a_public_statement(gone: str = GONE) -> Any:
    """Gives the view one that stands; of one taken back, at most the address of the next."""

    def decorate(view: View) -> View:
        @wraps(view)
        def loaded(request: HttpRequest, slug: str) -> HttpResponse:
            statement = queries.statement_at(unicodedata.normalize("NFKC", slug))
            if statement is None:
                return render(request, gone, {"door": None}, status=404)
            if statement.revoked_at:
                newer = queries.public_statement_of(statement.gathering)
                context = {"door": "revoked", "newer": newer and queries.address_of(newer)}
                return render(request, gone, context, status=410)
            return view(request, statement)

        return loaded

    return decorate


def _shown(statement: Statement) -> dict[str, Any]:
    return shown_facts(statement.facts) | {
        "is_worked_example": statement.gathering.organisation.is_worked_example
    }


def _site(statement: Statement) -> str:
    """Said on the picture too, for it is seen without the page."""
    example = statement.gathering.organisation.is_worked_example
    return f"{settings.SITE_NAME}{' · a worked example' if example else ''}"


def image_of(statement: Statement) -> str:
    """Another address whenever the picture changes: whoever shows links keeps pictures long."""
    path = reverse("statement_image", args=[statement.slug])
    version = paper.digest_of(statement.facts, _site(statement))
    return urljoin(settings.SITE_URL, f"{path}?v={version}")


@public
@require_safe
@of_a_public_statement()
def statement_public(request: HttpRequest, statement: Statement) -> HttpResponse:
    context = _shown(statement) | {
        "statement": statement,
        "address": queries.address_of(statement),
        "image": image_of(statement),
        "in_short": in_short(statement.facts),
    }
    return render(request, "panels/statement_public.html", context)


@public
@require_safe
@of_a_public_statement()
def statement_image(request: HttpRequest, statement: Statement) -> HttpResponse:
    site = _site(statement)
    return kept(
        request,
        paper.digest_of(statement.facts, site),
        "image/png",
        lambda: paper.picture(statement.facts, site=site),
        max_age=AN_HOUR,
    )


@public
@require_safe
@of_a_public_statement()
def statement_pdf(request: HttpRequest, statement: Statement) -> HttpResponse:
    address = queries.address_of(statement)
    response = kept(
        request,
        paper.digest_of(statement.facts, address),
        "application/pdf",
        lambda: paper.paper(statement.facts, address=address),
        max_age=AN_HOUR,
    )
    response["Content-Disposition"] = f'inline; filename="{statement.slug}.pdf"'
    return response


@public
@xframe_options_exempt
@csp_replace(FRAMED_ANYWHERE)
@cache_control(public=True, max_age=FIVE_MINUTES)
@require_safe
@of_a_public_statement("panels/_statement_embed_gone.html")
def statement_embed(request: HttpRequest, statement: Statement) -> HttpResponse:
    """Small, for a frame on anybody's site; reads no cookie and sets none."""
    context = _shown(statement) | {"address": queries.address_of(statement)}
    return render(request, "panels/statement_embed.html", context)


@by_token
@never_cache
@require_safe
def statement_link(request: HttpRequest, token: str) -> HttpResponse:
    """What one invited leader is shown: no more than anybody may know of it."""
    statement = queries.statement_behind(token)
    if statement is None:
        return render(request, GONE, {"door": None}, status=404)
    door = queries.door_of(statement, now=timezone.now())
    if door != queries.Door.OPEN:
        return render(request, GONE, {"door": door.value}, status=410)
    context = _shown(statement) | {"statement": statement}
    return render(request, "panels/statement_link.html", context)
