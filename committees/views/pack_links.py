"""Links to one pack, and what whoever has one reads."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from committees.actions.pack_links import end_link, make_link
from committees.forms.packs import LinkForm
from committees.queries import packs as queries
from committees.refusals import GroupRefused
from committees.views.finding import RECORDERS
from committees.views.pack_files import as_file
from committees.views.pack_shown import shown
from committees.views.packs import find_pack
from organisations.access import OrganisationRequest, by_token, for_organisation

GONE = "committees/pack_gone.html"


@for_organisation(*RECORDERS)
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def pack_link_make(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    """The link is in the answer to the form and nowhere else: it cannot be shown again."""
    pack, now = find_pack(request, pk), timezone.now()
    form = LinkForm(request.POST if request.method == "POST" else None)
    context: dict[str, Any] = {"pack": pack, "meeting": pack.meeting, "form": form, "now": now}
    if form.is_valid():
        try:
            link, token = make_link(
                pack=pack, days=form.cleaned_data["days"], by=request.user, now=now
            )
        except GroupRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            context |= {"made": link, "address": queries.address_of(token)}
    context["links"] = queries.open_links_of(pack, now=now)
    return render(request, "committees/pack_link_make.html", context)


@for_organisation(*RECORDERS)
@require_POST
def pack_link_end(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    link = queries.link_in(request.organisation, pk=pk)
    if link is None:
        raise Http404
    is_new = end_link(link=link, by=request.user, now=timezone.now())
    said = "The link is ended. It opens for nobody." if is_new else "It was ended already."
    messages.success(request, said)
    return redirect("pack_link_make", request.organisation.slug, link.pack_id)


@by_token
@never_cache
@require_safe
def pack_read(request: HttpRequest, token: str) -> HttpResponse:
    """The frozen pack and nothing else: no page of the organisation, no cookie."""
    link = queries.link_behind(token)
    if link is None:
        return render(request, GONE, {"door": None}, status=404)
    door = queries.door_of(link, now=timezone.now())
    if door != queries.Door.OPEN:
        return render(request, GONE, {"door": door.value}, status=410)
    context = shown(link.pack) | {"link": link, "token": token, "paper": link.pack.paper}
    return render(request, "committees/pack_read.html", context)


@by_token
@never_cache
@require_safe
def pack_read_pdf(request: HttpRequest, token: str) -> HttpResponse:
    """The same pack as paper, once that is made."""
    link = queries.link_behind(token)
    door = queries.door_of(link, now=timezone.now()) if link else None
    if link is None or door != queries.Door.OPEN:
        return render(request, GONE, {"door": door.value if door else None}, status=404)
    pdf = queries.pdf_of(link.pack)
    if pdf is None:
        return redirect("pack_read", token)
    response = as_file(link.pack, pdf, "application/pdf", "pdf")
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response
