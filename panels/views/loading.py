"""One named way to load an event or group, and what its reader may be told of its count."""

from dataclasses import replace
from uuid import UUID

from django.shortcuts import get_object_or_404

from organisations.access import OrganisationRequest
from panels import queries, results
from panels.audit import Count
from panels.enums import Audience
from panels.models import Gathering
from panels.thresholds import Thresholds


def gathering_of(request: OrganisationRequest, pk: UUID) -> Gathering:
    found: Gathering = get_object_or_404(queries.gatherings_of(request.organisation), pk=pk)
    return found


def shown(
    count: queries.CountOnRecord | None,
    request: OrganisationRequest,
    *,
    audience: Audience = Audience.MEMBER,
    aims: Thresholds | None = None,
    women_seats: Count | None = None,
) -> results.Result | None:
    """`audience`: as whom a member is told who did not type it."""
    if count is None:
        return None
    typed_it = count.was_typed_by(request.user)
    line_up = replace(count.line_up, women_seats=women_seats) if women_seats else count.line_up
    return results.show_line_up(line_up, audience=audience, typed_it=typed_it, aims=aims)
