"""What a page about somebody's own pledge opens: the pledge, or one entry of its ledger."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from commitments import queries
from commitments.models import Invitation, Pledge
from commitments.queries.invitations import entries_tended_by
from commitments.queries.tending import for_the_leader_alone, tended_by
from organisations.access import SignedInRequest


def tended_pledge(request: SignedInRequest, pk: UUID) -> Pledge:
    """For the leader and whoever helps them now; nobody else learns that it is there."""
    pledge: Pledge = get_object_or_404(tended_by(request.user), pk=pk)
    return pledge


def own_pledge(request: SignedInRequest, pk: UUID) -> Pledge:
    """An assistant may open the record, and change nothing of the pledge itself."""
    pledge = tended_pledge(request, pk)
    for_the_leader_alone(pledge, request.user)
    return pledge


def tended_entry(request: SignedInRequest, pk: UUID) -> Invitation:
    return get_object_or_404(entries_tended_by(request.user), pk=pk)


def closed(request: SignedInRequest, pledge: Pledge) -> HttpResponse:
    """A closed pledge stays readable, and is kept no more."""
    messages.info(request, queries.IS_CLOSED)
    return redirect("my_pledge", pk=pledge.pk)
