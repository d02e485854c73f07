"""One named way to load an event or group, and what its reader may be told of its count."""

from uuid import UUID

from django.shortcuts import get_object_or_404

from organisations.access import OrganisationRequest
from panels import queries, results
from panels.enums import Audience
from panels.models import Gathering


def gathering_of(request: OrganisationRequest, pk: UUID) -> Gathering:
    found: Gathering = get_object_or_404(queries.gatherings_of(request.organisation), pk=pk)
    return found


def shown(
    count: queries.CountOnRecord | None, request: OrganisationRequest
) -> results.Result | None:
    if count is None:
        return None
    typed_it = count.was_typed_by(request.user)
    return results.show_line_up(count.line_up, audience=Audience.MEMBER, typed_it=typed_it)
