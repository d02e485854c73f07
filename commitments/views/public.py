"""Pledges as everybody sees them."""

import unicodedata
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import Any, NamedTuple
from urllib.parse import urljoin

from csp.constants import NONE
from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.views.decorators.cache import cache_control
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from commitments.card import card
from commitments.enums import Ending
from commitments.forms.public import ListForm
from commitments.models import Pledge, Signing
from commitments.queries.public import (
    Listed,
    ended_on,
    made_on,
    months_of_pledges,
    organisations_named,
    public_pledges,
    public_statement,
    shown_name,
    signed_text,
)
from commitments.queries.public_page import (
    around,
    as_read,
    evidence_of,
    public_record,
    published_reflections,
)
from commitments.record import NO_RECORD_YET
from commitments.reflecting import PUBLISHED_A_PAGE
from commitments.text import Statement, as_embed, as_html, as_markdown, as_plain
from organisations.access import public
from ui.kept import kept
from ui.paging import KeyPaginator, page_of


class Texts(NamedTuple):
    """What may be copied and published elsewhere."""

    plain: str
    markdown: str
    html: str
    embed: str


View = Callable[..., HttpResponse]
A_DAY = 24 * 60 * 60
FIVE_MINUTES = 5 * 60
# Anybody may frame the embedded page, which runs no script and sends no form.
FRAMED_ANYWHERE = {"frame-ancestors": ["*"], "script-src": [NONE], "form-action": [NONE]}


@lru_cache(maxsize=2048)
def drawn(template: str, **shown: Any) -> SafeString:
    """Markup that follows from what is shown alone: kept for whoever asks next."""
    return render_to_string(template, shown)


def of_a_public_pledge(taken_down: str = "commitments/pledge_taken_down.html") -> Any:
    """Gives the view the newest signing; of a pledge in a false name only that it is gone."""

    def decorate(view: View) -> View:
        @wraps(view)
        def loaded(request: HttpRequest, slug: str, **kwargs: Any) -> HttpResponse:
            signing = signed_text(unicodedata.normalize("NFKC", slug))
            if signing is None:
                raise Http404
            if signing.pledge.ending == Ending.NOT_THEIRS:
                return render(request, taken_down, status=410)
            return view(request, signing, **kwargs)

        return loaded

    return decorate


# On the picture too, for it is seen without the page.
WORKED_EXAMPLE = " · a worked example, of an invented person"


@public
@require_safe
def pledge_list(request: HttpRequest) -> HttpResponse:
    form = ListForm(request.GET, months=months_of_pledges())
    form.is_valid()
    filters = form.filters()
    typed = filters["organisation"]
    names = organisations_named(typed)
    # A name as it stands means that organisation alone, not those that begin with it.
    meant = [typed] if typed in names else names
    found = public_pledges(
        search=filters["search"],
        organisations=meant if typed else None,
        month=filters["month"],
    )
    pledges = KeyPaginator(found)
    page = pledges.get_page(request.GET.get("page"))
    context = {
        "form": form,
        "names": names,
        "filters": filters,
        "is_narrowed": any(filters.values()),
        "page": page,
        "rows": [
            drawn("commitments/_pledge_row.html", pledge=Listed(*row)) for row in page.object_list
        ],
        "all_organisations": without(request, "organisation", "page"),
    }
    return render(request, "commitments/pledge_list.html", context)


def without(request: HttpRequest, *names: str) -> str:
    """The address of this page with some of its filters taken off."""
    kept = request.GET.copy()
    for name in names:
        kept.pop(name, None)
    return f"{request.path}?{kept.urlencode()}" if kept else request.path


@public
@require_safe
@of_a_public_pledge()
def pledge_public(request: HttpRequest, signing: Signing) -> HttpResponse:
    pledge = signing.pledge
    statement = public_statement(signing)
    evidence, year = public_record(pledge, today=timezone.localdate())
    stands = around(pledge)
    context = {
        "pledge": pledge,
        "made_on": made_on(pledge),
        "ended_on": ended_on(pledge),
        "is_own": request.user.is_authenticated and request.user.pk == pledge.leader_id,
        "signing": signing,
        "statement": statement,
        "evidence": evidence,
        "has_record": evidence != NO_RECORD_YET,
        "around": stands,
        "card": card_address(pledge),
        "sheet": drawn("commitments/_statement.html", statement=statement),
        "record": drawn("commitments/_public_record.html", year=year) if year else "",
        "surroundings": drawn(
            "commitments/_around.html",
            around=stands,
            slug=pledge.slug,
            leader_name=statement.leader_name,
        ),
        "texts": drawn("commitments/_texts.html", texts=texts_of(statement, pledge.slug)),
    }
    return render(request, "commitments/pledge_public.html", context)


@lru_cache(maxsize=512)
def texts_of(statement: Statement, slug: str) -> Texts:
    embed = urljoin(settings.SITE_URL, reverse("pledge_embed", args=[slug]))
    return Texts(
        plain=as_plain(statement),
        markdown=as_markdown(statement),
        html=as_html(statement),
        embed=as_embed(address=embed, name=statement.leader_name),
    )


def card_of(pledge: Pledge) -> card.Card:
    return card.Card(
        name=shown_name(pledge),
        role=pledge.role_title,
        organisation=pledge.organisation_name,
        site=f"{settings.SITE_NAME}{WORKED_EXAMPLE if pledge.is_worked_example else ''}",
    )


def card_address(pledge: Pledge) -> str:
    """Another one whenever the picture changes: whoever shows links keeps pictures for long."""
    path = reverse("pledge_card", args=[pledge.slug])
    return urljoin(settings.SITE_URL, f"{path}?v={card_of(pledge).digest}")


@public
@require_safe
@of_a_public_pledge()
def pledge_card(request: HttpRequest, signing: Signing) -> HttpResponse:
    shown = card_of(signing.pledge)
    return kept(request, shown.digest, "image/png", lambda: card.picture(shown), max_age=A_DAY)


@public
@xframe_options_exempt
@csp_replace(FRAMED_ANYWHERE)
@cache_control(public=True, max_age=FIVE_MINUTES)
@require_safe
@of_a_public_pledge("commitments/_embed_taken_down.html")
def pledge_embed(request: HttpRequest, signing: Signing) -> HttpResponse:
    """Small, for a frame on anybody's site; reads no cookie and sets none."""
    context = {
        "pledge": signing.pledge,
        "made_on": made_on(signing.pledge),
        "ended_on": ended_on(signing.pledge),
        "statement": public_statement(signing),
        "evidence": evidence_of(signing.pledge, today=timezone.localdate()),
    }
    return render(request, "commitments/pledge_embed.html", context)


@public
@require_safe
@of_a_public_pledge()
def pledge_reflections(request: HttpRequest, signing: Signing) -> HttpResponse:
    found, number = published_reflections(signing.pledge), request.GET.get("page")
    page = page_of(found, number, of=PUBLISHED_A_PAGE)
    context = {
        "pledge": signing.pledge,
        "name": shown_name(signing.pledge),
        "page": page,
        "reflections": as_read(page),
    }
    return render(request, "commitments/pledge_reflections.html", context)
