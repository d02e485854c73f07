"""Pledges as everybody sees them."""

import unicodedata

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from commitments import queries
from commitments.forms import SearchForm
from commitments.text import as_html, as_markdown, as_plain
from organisations.access import public
from ui.paging import KeyPaginator

A_PAGE = 25


@public
@require_safe
def pledge_list(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    search = form.cleaned_data["q"] if form.is_valid() else ""
    pledges = KeyPaginator(queries.public_pledges(search), A_PAGE)
    page = pledges.get_page(request.GET.get("page"))
    context = {"form": form, "search": search, "page": page}
    return render(request, "commitments/pledge_list.html", context)


@public
@require_safe
def pledge_public(request: HttpRequest, slug: str) -> HttpResponse:
    signing = queries.signed_text(unicodedata.normalize("NFKC", slug))
    if signing is None:
        raise Http404
    statement = queries.statement_from(signing, queries.signed_lines_of(signing.pk))
    context = {
        "pledge": signing.pledge,
        "is_own": request.user.is_authenticated and request.user.pk == signing.pledge.leader_id,
        "signing": signing,
        "statement": statement,
        "record": queries.record_of(signing.pledge, today=timezone.localdate()),
        "texts": {
            "plain": as_plain(statement),
            "markdown": as_markdown(statement),
            "html": as_html(statement),
        },
    }
    return render(request, "commitments/pledge_public.html", context)
