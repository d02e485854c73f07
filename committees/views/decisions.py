"""What was decided, and what those who advise think."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from committees.actions import opinions as actions
from committees.forms.deciding import DecisionsForm
from committees.forms.opinions import NetworkOpinionForm, OpinionForm
from committees.queries import deciding, to_decide
from committees.queries.deciders import deciders_of
from committees.queries.opinions import networks_of, opinions_on
from committees.views.finding import RECORDERS
from committees.views.packs import READERS
from organisations.access import OrganisationRequest, for_organisation
from organisations.enums import Role
from organisations.refusals import Refused
from recommendations.models import ClosureProposal
from recommendations.refusals import ENDED_PROPOSAL


@for_organisation()
@require_safe
def decision_list(request: OrganisationRequest) -> HttpResponse:
    """What was decided is every member's to read; deciding is not."""
    organisation, membership = request.organisation, request.membership
    form = DecisionsForm(request.GET, meetings=deciding.meetings_with_decisions(organisation))
    deciders = deciders_of(membership, today=timezone.localdate())
    context = {
        "form": form,
        "page": deciding.page_of_decisions(
            deciding.decisions_of(organisation, **form.chosen), request.GET.get("page")
        ),
        "waiting": deciding.page_of_matters(
            deciding.matters_of(organisation), deciders, number=request.GET.get("waiting")
        ),
        "reads_packs": membership.has_role(*READERS) or deciders.holds_seat,
    }
    return render(request, "committees/decision_list.html", context)


@for_organisation(Role.ADVISER)
@require_http_methods(["GET", "HEAD", "POST"])
def opinion_give(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    proposal = _find(request, pk)
    is_theirs = proposal.proposed_by_id == request.user.pk
    if is_theirs or proposal.recommendation.is_owned_by(request.user):
        raise PermissionDenied
    if request.method != "POST" and not proposal.is_open:
        return _too_late(request, proposal)
    form = OpinionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_opinion(
                proposal=proposal, **form.cleaned_data, by=request.user, now=timezone.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "What you think is before the committee.")
            return redirect(proposal.recommendation)
    return render(request, "committees/opinion_give.html", _shown(proposal, form))


@for_organisation(*RECORDERS)
@require_http_methods(["GET", "HEAD", "POST"])
def network_opinion_give(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    """Of the network as a whole. Nothing keeps who entered it."""
    proposal = _find(request, pk)
    if request.method != "POST" and not proposal.is_open:
        return _too_late(request, proposal)
    networks = list(networks_of(request.organisation))
    form = NetworkOpinionForm(request.POST or None, networks=networks)
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_network_opinion(
                proposal=proposal, **form.cleaned_data, by=request.user, now=timezone.now()
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, "The network's view is before the committee.")
            return redirect(proposal.recommendation)
    context = {**_shown(proposal, form), "networks": networks}
    return render(request, "committees/network_opinion_give.html", context)


def _find(request: OrganisationRequest, pk: UUID) -> ClosureProposal:
    found = to_decide.proposal_to_decide(request.organisation, pk=pk)
    if found is None:
        raise Http404
    return found


def _too_late(request: OrganisationRequest, proposal: ClosureProposal) -> HttpResponse:
    messages.info(request, ENDED_PROPOSAL)
    return redirect(proposal.recommendation)


def _shown(proposal: ClosureProposal, form: OpinionForm) -> dict[str, Any]:
    return {
        "proposal": proposal,
        "how": deciding.as_what(proposal),
        "recommendation": proposal.recommendation,
        "opinions": opinions_on([proposal.pk]).get(proposal.pk, []),
        "form": form,
    }
