"""A newer version of a published pledge, and the versions there have been."""

import unicodedata
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from commitments.actions.revising import NotPublishedError, begin_revision, drop_revision
from commitments.actions.settings import change_settings
from commitments.enums import PledgeState
from commitments.forms import SettingsForm
from commitments.queries.lineage import versions_of
from commitments.queries.making import text_in_hand
from commitments.rhythm import next_quarter
from commitments.views.loading import own_pledge
from organisations.access import SignedInRequest, public, signed_in

CLOSED = "This pledge is closed. It stays as it was."


@signed_in
@require_POST
def pledge_revise(request: SignedInRequest, pk: UUID) -> HttpResponse:
    pledge = own_pledge(request, pk)
    try:
        begin_revision(pledge=pledge, by=request.user, now=timezone.now())
    except NotPublishedError:
        messages.info(request, CLOSED)
        return redirect("my_pledge", pk=pledge.pk)
    return redirect("pledge_promises", pk=pledge.pk)


@signed_in
@require_POST
def revision_drop(request: SignedInRequest, pk: UUID) -> HttpResponse:
    pledge = own_pledge(request, pk)
    drop_revision(pledge=pledge, by=request.user, now=timezone.now())
    messages.success(request, "The new version is gone. Your pledge stays as you signed it.")
    return redirect("my_pledge", pk=pledge.pk)


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def pledge_settings(request: SignedInRequest, pk: UUID) -> HttpResponse:
    pledge = own_pledge(request, pk)
    if pledge.state != PledgeState.PUBLISHED:
        messages.info(request, CLOSED)
        return redirect("my_pledge", pk=pledge.pk)
    form = SettingsForm(request.POST or None, user=request.user, instance=pledge)
    if request.method == "POST" and form.is_valid():
        change_settings(
            pledge=pledge,
            who=form.who(),
            cadence=form.cadence(),
            shows=form.shows(),
            by=request.user,
            now=timezone.now(),
        )
        messages.success(request, "Saved.")
        return redirect("pledge_settings", pk=pledge.pk)
    context = {
        "form": form,
        "pledge": pledge,
        "is_being_revised": text_in_hand(pledge) is not None,
        "next_quarter": next_quarter(timezone.localdate()),
    }
    return render(request, "commitments/pledge_settings.html", context)


@public
@require_safe
def pledge_versions(request: HttpRequest, slug: str) -> HttpResponse:
    versions = versions_of(unicodedata.normalize("NFKC", slug))
    if not versions:
        raise Http404
    context = {"pledge": versions[0].signing.pledge, "versions": versions}
    return render(request, "commitments/pledge_versions.html", context)
