"""How far the recommendations are, as everybody may read it, and choosing that they may."""

from hashlib import sha256
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_POST, require_safe

from organisations.access import OrganisationRequest, for_organisation, public
from organisations.enums import Role
from organisations.models import Organisation
from recommendations.actions.publishing import show_progress
from recommendations.queries import progress as queries
from recommendations.views.evidence_reading import handed_out
from ui.kept import kept

FIVE_MINUTES = 5 * 60


def find_published(slug: str) -> Organisation:
    found = queries.published(slug)
    if found is None:
        raise Http404
    return found


@public
@require_safe
def progress_public(request: HttpRequest, organisation: str) -> HttpResponse:
    shown = find_published(organisation)
    progress = queries.progress_of(shown, number=request.GET.get("page"))
    context = {"organisation": shown, "progress": progress}
    response = render(request, "recommendations/progress_public.html", context)
    if request.user.is_authenticated:
        patch_cache_control(response, private=True, no_cache=True)
    else:
        page = response.content
        digest = sha256(page).hexdigest()
        kind = response.headers["Content-Type"]
        response = kept(request, digest, kind, lambda: page, max_age=FIVE_MINUTES)
    # Its menu is of whoever is signed in.
    patch_vary_headers(response, ["Cookie"])
    return response


@public
@require_safe
def progress_evidence(request: HttpRequest, organisation: str, pk: UUID) -> HttpResponse:
    found = queries.public_file(find_published(organisation), pk)
    if found is None:
        raise Http404
    return handed_out(*found)


@for_organisation(Role.CHAIR)
@require_POST
def progress_show(request: OrganisationRequest) -> HttpResponse:
    is_shown = request.POST.get("show") == "yes"
    show_progress(
        organisation=request.organisation, is_shown=is_shown, by=request.user, now=timezone.now()
    )
    said = "Everybody can see it now." if is_shown else "Only members see it now."
    messages.success(request, said)
    return redirect("dashboard", organisation=request.organisation.slug)
