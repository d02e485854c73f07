"""Changing the agenda of a meeting. What needs a decision stands on it by itself."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from committees.actions.locking import lock_meeting, record_meeting_step
from committees.enums import CommitteeVerb, MeetingState
from committees.models import AgendaItem, Meeting
from committees.ordering import Way, neighbour
from committees.refusals import (
    AGENDA_FULL,
    COVERED_STAYS,
    NO_AGENDA,
    NOT_A_CADENCE,
    NOT_YOURS,
    STANDING_STAYS,
    WAS_CANCELLED,
    GroupRefused,
)
from organisations.models import User
from recommendations.actions.revisions import refuse_if_moved_on
from recommendations.enums import ActionKind
from recommendations.models import Action, Recommendation

MOST_ITEMS = 40


@transaction.atomic
def add_item(
    *,
    meeting: Meeting,
    title: str,
    recommendation: Recommendation | None,
    action: Action | None,
    by: User,
    now: datetime,
) -> AgendaItem:
    """At the end. A second click adds nothing.

    Raises GroupRefused for a staff network, one that was cancelled, a full agenda, an action that
    does not happen regularly, and another organisation's rows.
    """
    locked = _lock(meeting)
    recommendation = _refuse_links(locked, recommendation, action)
    items = list(locked.agenda.order_by("position"))
    asked = (title, recommendation, action)
    if items and asked == (items[-1].title, items[-1].recommendation, items[-1].action):
        return items[-1]
    if len(items) >= MOST_ITEMS:
        raise GroupRefused(AGENDA_FULL)
    added: AgendaItem = locked.agenda.create(
        position=items[-1].position + 1 if items else 0,
        title=title,
        recommendation=recommendation,
        action=action,
    )
    record_meeting_step(CommitteeVerb.AGENDA_CHANGED, locked, by=by, now=now)
    return added


@transaction.atomic
def edit_item(
    *,
    item: AgendaItem,
    title: str,
    recommendation: Recommendation | None,
    action: Action | None,
    over_revision: int,
    by: User,
    now: datetime,
) -> AgendaItem | None:
    """The standing item keeps its title. None when somebody took the item off meanwhile.

    Raises MovedOnError where somebody changed it meanwhile, and as `add_item` does.
    """
    meeting = _lock(item.meeting)
    found: AgendaItem | None = meeting.agenda.filter(pk=item.pk).first()
    if found is None:
        return None
    recommendation = _refuse_links(meeting, recommendation, action)
    title = found.title if found.is_standing else title
    if (title, recommendation, action) == (found.title, found.recommendation, found.action):
        return found
    _refuse_covered(found)
    refuse_if_moved_on(found, over_revision=over_revision)
    found.title, found.recommendation, found.action = title, recommendation, action
    found.revision += 1
    found.save(update_fields=["title", "recommendation", "action", "revision"])
    record_meeting_step(CommitteeVerb.AGENDA_CHANGED, meeting, by=by, now=now)
    return found


@transaction.atomic
def remove_item(*, item: AgendaItem, by: User, now: datetime) -> bool:
    """False when it was gone already. Raises GroupRefused for the standing item."""
    meeting = _lock(item.meeting)
    found: AgendaItem | None = meeting.agenda.filter(pk=item.pk).first()
    if found is None:
        return False
    if found.is_standing:
        raise GroupRefused(STANDING_STAYS)
    _refuse_covered(found)
    found.delete()
    record_meeting_step(CommitteeVerb.AGENDA_CHANGED, meeting, by=by, now=now)
    return True


@transaction.atomic
def move_item(*, item: AgendaItem, way: Way, by: User, now: datetime) -> bool:
    """Changes places with its neighbour; False at the end of the list."""
    meeting = _lock(item.meeting)
    items = list(meeting.agenda.order_by("position"))
    other = neighbour(items, item, way) if item in items else None
    if other is None:
        return False
    item = items[items.index(item)]
    spare = (meeting.agenda.aggregate(highest=Max("position"))["highest"] or 0) + 1
    places = ((item, spare), (other, item.position), (item, other.position))
    for moved, position in places:
        meeting.agenda.filter(pk=moved.pk).update(position=position)
    record_meeting_step(CommitteeVerb.AGENDA_CHANGED, meeting, by=by, now=now)
    return True


def _lock(meeting: Meeting) -> Meeting:
    locked = lock_meeting(meeting)
    if locked.group.is_staff_network:
        raise GroupRefused(NO_AGENDA)
    if locked.state == MeetingState.CANCELLED:
        raise GroupRefused(WAS_CANCELLED)
    return locked


def _refuse_links(
    meeting: Meeting, recommendation: Recommendation | None, action: Action | None
) -> Recommendation | None:
    """The recommendation that is meant: an action brings its own."""
    if action is not None and action.kind != ActionKind.CADENCE:
        raise GroupRefused(NOT_A_CADENCE)
    meant = action.recommendation if action else recommendation
    if meant is not None and meant.organisation_id != meeting.group.organisation_id:
        raise GroupRefused(NOT_YOURS)
    return meant


def _refuse_covered(item: AgendaItem) -> None:
    if item.was_covered:
        raise GroupRefused(COVERED_STAYS)
