"""What came of a meeting: held or cancelled, what was covered, and what that shows."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from committees.actions.covering import settle_occurrences
from committees.actions.locking import lock_meeting, record_meeting_step
from committees.cadence import can_be_held
from committees.enums import CommitteeVerb, MeetingState
from committees.models import AgendaItem, Meeting
from committees.refusals import DECIDED_AT, NO_NOTES, NOT_YET, GroupRefused
from organisations.models import User
from recommendations.actions.revisions import refuse_if_moved_on
from recommendations.enums import OccurrenceKind

VERBS = {
    MeetingState.HELD: CommitteeVerb.MEETING_HELD,
    MeetingState.CANCELLED: CommitteeVerb.MEETING_CANCELLED,
}


@dataclass(frozen=True)
class Outcome:
    """`headcount` and `changed` are of a session that was held: how many came, never who."""

    state: str
    note: str = ""
    headcount: int | None = None
    changed: str = ""


@transaction.atomic
def record_meeting(
    *,
    meeting: Meeting,
    state: str,
    note: str,
    headcount: int | None = None,
    changed: str = "",
    covered: Collection[UUID] | None = None,
    over_revision: int,
    by: User,
    now: datetime,
) -> Meeting:
    """`covered`: the items of the agenda that were reached; None leaves them as they are.

    Raises GroupRefused for one still to come, for a network's words and counts, and for
    cancelling one at which something was decided; MovedOnError where somebody saved meanwhile.
    The same again leaves no history.
    """
    locked = lock_meeting(meeting)
    outcome = _sensible(locked, Outcome(state, note, headcount, changed))
    _refuse(locked, outcome, now)
    said = _said_anew(locked, outcome, covered)
    if outcome == outcome_of(locked) and not said:
        return locked
    refuse_if_moved_on(locked, over_revision=over_revision)
    for field, value in vars(outcome).items():
        setattr(locked, field, value)
    locked.revision += 1
    locked.save(update_fields=[*vars(outcome), "revision"])
    for items, was_covered in said:
        items.update(was_covered=was_covered)
    settle_occurrences(locked, by=by, now=now)
    record_meeting_step(VERBS[MeetingState(state)], locked, by=by, now=now)
    return locked


def hold(meeting: Meeting, *, by: User, now: datetime) -> None:
    """Something was decided at it, so it was held; what was covered is still to be said.

    `meeting` is locked, and not cancelled.
    """
    if meeting.state == MeetingState.HELD:
        return
    meeting.state = MeetingState.HELD
    meeting.save(update_fields=["state"])
    record_meeting_step(CommitteeVerb.MEETING_HELD, meeting, by=by, now=now)


def outcome_of(meeting: Meeting) -> Outcome:
    return Outcome(meeting.state, meeting.note, meeting.headcount, meeting.changed)


def _sensible(meeting: Meeting, typed: Outcome) -> Outcome:
    """Nobody came to what was cancelled, and a meeting has no count."""
    is_session = meeting.kind != OccurrenceKind.MEETING
    if typed.state == MeetingState.HELD and (is_session or meeting.group.is_staff_network):
        return typed
    return Outcome(typed.state, typed.note)


def _refuse(meeting: Meeting, outcome: Outcome, now: datetime) -> None:
    today = timezone.localdate(now)
    if outcome.state == MeetingState.HELD:
        if not can_be_held(planned_for=meeting.date, today=today):
            raise GroupRefused(NOT_YET)
    elif meeting.decisions.exists():
        raise GroupRefused(DECIDED_AT)
    has_words = outcome.note or outcome.changed or outcome.headcount is not None
    if has_words and meeting.group.is_staff_network:
        raise GroupRefused(NO_NOTES)


def _said_anew(
    meeting: Meeting, outcome: Outcome, covered: Collection[UUID] | None
) -> list[tuple[QuerySet[AgendaItem], bool | None]]:
    """Items of which something else is said than before, each with what that is."""
    agenda: QuerySet[AgendaItem] = meeting.agenda.all()
    found: list[tuple[QuerySet[AgendaItem], bool | None]] = []
    if outcome.state != MeetingState.HELD:
        found = [(agenda.exclude(was_covered=None), None)]
    elif covered is not None:
        found = [
            (agenda.filter(pk__in=covered).exclude(was_covered=True), True),
            (agenda.exclude(pk__in=covered).exclude(was_covered=False), False),
        ]
    return [(items, was_covered) for items, was_covered in found if items.exists()]
