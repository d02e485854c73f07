"""How a page loads the meeting it is about."""

from uuid import UUID

from django.http import Http404

from committees.models import AgendaItem, Group, Meeting
from committees.queries.agenda import item_in
from committees.queries.meetings import meeting_in
from organisations.access import OrganisationRequest
from organisations.enums import Role

RECORDERS = (Role.CHAIR, Role.COORDINATOR)
READERS_OF_ADVICE = (
    Role.COMMITTEE,
    Role.CHAIR,
    Role.ADVISER,
    Role.TRUSTEE,
    Role.COORDINATOR,
)


def find_meeting(request: OrganisationRequest, pk: UUID) -> Meeting:
    found = meeting_in(request.organisation, pk=pk)
    if found is None:
        raise Http404
    return found


def find_meeting_with_people(request: OrganisationRequest, pk: UUID) -> Meeting:
    """A staff network has no agenda and no apologies, and no pages for them."""
    found = find_meeting(request, pk)
    if found.group.is_staff_network:
        raise Http404
    return found


def find_item(request: OrganisationRequest, pk: UUID) -> AgendaItem:
    found = item_in(request.organisation, pk=pk)
    if found is None:
        raise Http404
    return found


def kind_beside(group: Group) -> str:
    """Unless its name says it already."""
    kind = group.get_kind_display()
    return "" if group.name.casefold() == kind.casefold() else kind
