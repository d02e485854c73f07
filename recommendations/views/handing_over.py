"""Giving what somebody leads and sponsors to others."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from organisations.access import OrganisationRequest, for_organisation
from organisations.enums import Role
from recommendations.actions import handing_over
from recommendations.forms.handing_over import HandOverForm
from recommendations.queries.handing_over import held_by, membership_of
from recommendations.refusals import RecommendationRefused
from ui.paging import page_of


@for_organisation(Role.COORDINATOR)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    """Of somebody who belongs to the organisation or ever did; a page of what they hold."""
    here = request.organisation
    membership = membership_of(here, user=pk)
    if membership is None:
        raise Http404
    person = membership.user
    page = page_of(held_by(here, person), request.GET.get("page"))
    form = HandOverForm(request.POST or None, organisation=here, person=person, held=page)
    if request.method == "POST" and form.is_valid():
        given, now = form.passings, timezone.now()
        try:
            handing_over.hand_over(
                organisation=here, person=person, passings=given, by=request.user, now=now
            )
        except RecommendationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "Handed over. Whoever takes over is asked to say yes.")
            return redirect("hand_over", organisation=here.slug, pk=pk)
    context = {"form": form, "member": membership, "page": page}
    return render(request, "recommendations/hand_over.html", context)
