"""A meeting that covered what happens regularly counts towards showing that it happens."""

from datetime import datetime
from typing import Any
from uuid import UUID

from committees.enums import MeetingState
from committees.models import AgendaItem, Meeting
from committees.queries.meetings import was_moved
from organisations.models import User
from recommendations.actions.locking import lock
from recommendations.actions.proving import record_occurrence, record_taken_back
from recommendations.enums import OccurrenceKind
from recommendations.models import Action, Occurrence
from recommendations.refusals import RecommendationRefused


def settle_occurrences(meeting: Meeting, *, by: User, now: datetime) -> None:
    """What the meeting counts for now; what it was taken to count for before is taken back."""
    wanted = _covered_actions(meeting) if meeting.state == MeetingState.HELD else {}
    told = {pk: _told(meeting, item) for pk, item in wanted.items()}
    for occurrence in _counted(meeting):
        if told.get(occurrence.action_id) == _as_told(occurrence):
            del told[occurrence.action_id]
        else:
            _take_back(occurrence, by=by, now=now)
    moved = bool(told) and was_moved(meeting)
    for pk in sorted(told):
        _count(meeting, wanted[pk].action, told[pk], moved=moved, by=by, now=now)


def _covered_actions(meeting: Meeting) -> dict[UUID, AgendaItem]:
    """One item for each action, the first that names it."""
    items = meeting.agenda.filter(was_covered=True, action__isnull=False)
    found = items.select_related("action__recommendation").order_by("-position")
    return {item.action_id: item for item in found if item.action_id}


def _counted(meeting: Meeting) -> list[Occurrence]:
    live = Occurrence.objects.filter(meeting=meeting.pk, removed_at=None)
    return list(live.select_related("action__recommendation").order_by("action"))


def _told(meeting: Meeting, item: AgendaItem) -> dict[str, Any]:
    """A session tells of itself; a meeting tells which item it covered."""
    if meeting.kind == OccurrenceKind.MEETING:
        return {"kind": meeting.kind, "topic": item.title, "headcount": None, "changed": ""}
    return {
        "kind": meeting.kind,
        "topic": meeting.topic or item.title,
        "headcount": meeting.headcount,
        "changed": meeting.changed,
    }


def _as_told(occurrence: Occurrence) -> dict[str, Any]:
    return {name: getattr(occurrence, name) for name in ("kind", "topic", "headcount", "changed")}


def _count(
    meeting: Meeting,
    action: Action | None,
    told: dict[str, Any],
    *,
    moved: bool,
    by: User,
    now: datetime,
) -> None:
    """Where something is on record for the day already, that counts and this is not added."""
    assert action is not None
    try:
        record_occurrence(
            action=action,
            held_on=meeting.date,
            **told,
            meeting=meeting.pk,
            moved_with_meeting=moved and action.moves_with_meetings,
            by=by,
            now=now,
        )
    except RecommendationRefused:
        return


def _take_back(occurrence: Occurrence, *, by: User, now: datetime) -> None:
    recommendation = lock(occurrence.action.recommendation)
    action = recommendation.actions.select_for_update().get(pk=occurrence.action_id)
    action.recommendation = recommendation
    if Occurrence.objects.filter(pk=occurrence.pk, removed_at=None).update(removed_at=now):
        record_taken_back(action, by=by, now=now, occurrence=occurrence.pk)
