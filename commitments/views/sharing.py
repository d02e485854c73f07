"""Where else a pledge was published: the leader keeps the list, and everybody reads it."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from commitments.actions.sharing import (
    RepublicationRefused,
    note_republication,
    remove_republication,
)
from commitments.forms.sharing import RepublicationForm
from commitments.queries.public_page import places_of
from commitments.views.loading import own_pledge
from organisations.access import SignedInRequest, signed_in


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def republications(request: SignedInRequest, pk: UUID) -> HttpResponse:
    pledge = own_pledge(request, pk)
    now = timezone.now()
    form = RepublicationForm(request.POST or None, today=timezone.localdate(now))
    if request.method == "POST" and form.is_valid():
        try:
            note_republication(pledge=pledge, **form.cleaned_data, by=request.user, now=now)
        except RepublicationRefused as problem:
            form.add_error("link", str(problem))
        else:
            messages.success(request, "Saved. Your public page links to it.")
            return redirect("republications", pk=pledge.pk)
    context = {"pledge": pledge, "form": form, "places": places_of(pledge)}
    return render(request, "commitments/republications.html", context)


@signed_in
@require_POST
def republication_remove(request: SignedInRequest, pk: UUID, place: int) -> HttpResponse:
    """A place that is gone already is what the click asked for."""
    pledge = own_pledge(request, pk)
    noted = pledge.republications.filter(pk=place).first()
    if noted is not None:
        remove_republication(republication=noted, by=request.user, now=timezone.now())
        messages.success(request, "Removed.")
    return redirect("republications", pk=pledge.pk)
