"""The meetings of a group, for a calendar."""

from hashlib import sha256
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.views.decorators.http import require_safe

from committees.calendar_file import Entry, calendar_bytes
from committees.enums import MeetingState
from committees.models import Group, Meeting
from committees.queries.meetings import in_calendar_of, last_change
from organisations.access import OrganisationRequest, for_organisation
from outbox.rendering import absolute_url
from recommendations.enums import OccurrenceKind


@for_organisation()
@require_safe
def group_calendar(request: OrganisationRequest, pk: UUID) -> HttpResponse:
    group = get_object_or_404(request.organisation.groups.select_related("organisation"), pk=pk)
    change = last_change(group)
    content = calendar_bytes(
        group.name,
        [entry_of(group, each) for each in in_calendar_of(group, today=timezone.localdate())],
        changed_at=change.at if change else group.created_at,
    )
    etag = f'"{sha256(content).hexdigest()}"'
    response = get_conditional_response(request, etag=etag) or HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="meetings.ics"'},
    )
    response["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    return response


def entry_of(group: Group, meeting: Meeting) -> Entry:
    """Without its topic and its note: a calendar is copied to places nobody here knows."""
    is_session = meeting.kind != OccurrenceKind.MEETING
    meeting.group = group
    return Entry(
        uid=f"meeting-{meeting.pk}",
        title=f"{group.name}: {meeting.get_kind_display().lower()}" if is_session else group.name,
        day=meeting.date,
        starts_at=meeting.starts_at,
        place=meeting.place,
        url=absolute_url(meeting.get_absolute_url()),
        is_cancelled=meeting.state == MeetingState.CANCELLED,
    )
