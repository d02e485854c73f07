"""An organisation's own pledges, and its word that a name and role are right."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from commitments import actions, queries
from commitments.actions.trusting import NotAsShownError
from commitments.queries.organisation import by_month, pledges_to_confirm, share_of
from organisations.access import OrganisationRequest, for_organisation
from organisations.enums import Role
from ui.paging import page_of


@for_organisation()
@require_safe
def organisation_pledges(request: OrganisationRequest) -> HttpResponse:
    """How many people here have made the pledge, who and when, and who is confirmed."""
    page = page_of(pledges_to_confirm(request.organisation), request.GET.get("page"))
    is_coordinator = request.membership.has_role(Role.COORDINATOR)
    context = {
        "page": page,
        "months": by_month(request.organisation, page),
        "share": share_of(request.organisation),
        "is_coordinator": is_coordinator,
        "confirmable": {
            pledge.pk
            for pledge in page
            if is_coordinator and pledge.may_be_confirmed_by(request.user)
        },
    }
    return render(request, "commitments/organisation_pledges.html", context)


@for_organisation(Role.COORDINATOR)
@require_POST
def pledge_confirm(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    pledge = get_object_or_404(queries.pledges_in(request.organisation), pk=pk)
    shown = request.POST.get("shown", "")
    try:
        actions.confirm_pledge(pledge=pledge, shown=shown, by=request.user, now=timezone.now())
    except NotAsShownError as refusal:
        changed = " and ".join(refusal.changed)
        messages.error(
            request,
            f"Not confirmed: the {changed} changed since you opened this page. Here is how it "
            "reads now.",
        )
    else:
        messages.success(request, "Confirmed. The public page says so now.")
    return redirect("organisation_pledges", organisation=request.organisation.slug)
