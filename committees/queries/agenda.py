"""What is before a meeting: what needs a decision, advice, and what was put on its agenda."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, QuerySet, Window
from django.utils import timezone

from committees.enums import GroupKind, MeetingState
from committees.models import AgendaItem, Decision, Meeting
from committees.queries.advice import awaiting_answer
from organisations.models import Organisation
from recommendations.enums import ActionKind
from recommendations.models import Action, Recommendation
from recommendations.queries.matters import awaiting_response, open_extensions, open_proposals

SHOWN = 10


@dataclass(frozen=True)
class Some:
    """The first of many, and how many there are."""

    rows: list[Any]
    total: int

    @property
    def more(self) -> int:
        return self.total - len(self.rows)


NOTHING = Some([], 0)


@dataclass(frozen=True)
class BeforeIt:
    """Written by nobody: it follows from what was proposed, asked and advised."""

    closures: Some = NOTHING
    extensions: Some = NOTHING
    responses: Some = NOTHING
    advice: Some = NOTHING

    @property
    def total(self) -> int:
        return sum(each.total for each in (self.closures, self.extensions, self.responses))


def before(meeting: Meeting) -> BeforeIt:
    """Of the meeting that a group holds next; the committee decides, advisers wait for answers.

    On its day one that is held already still has what is left. Five queries.
    """
    organisation = meeting.group.organisation
    if not _is_to_come(meeting) or _meets_before(meeting):
        return BeforeIt()
    if meeting.group.kind == GroupKind.ADVISORY:
        return BeforeIt(advice=_some(awaiting_answer(organisation).filter(group=meeting.group)))
    if meeting.group.kind != GroupKind.ACCOUNTABILITY:
        return BeforeIt()
    return BeforeIt(
        closures=_some(open_proposals(organisation)),
        extensions=_some(open_extensions(organisation)),
        responses=_some(awaiting_response(organisation)),
        advice=_some(awaiting_answer(organisation)),
    )


def _is_to_come(meeting: Meeting) -> bool:
    if meeting.state == MeetingState.HELD:
        return meeting.date == timezone.localdate()
    return meeting.state == MeetingState.PLANNED


def _meets_before(meeting: Meeting) -> bool:
    """One that was missed leaves what it had before it to the next."""
    others = meeting.group.meetings.filter(state=MeetingState.PLANNED)
    return others.filter(date__lt=meeting.date, date__gte=timezone.localdate()).exists()


def _some(rows: QuerySet[Any]) -> Some:
    found = list(rows.annotate(how_many=Window(Count("pk")))[:SHOWN])
    return Some(found, found[0].how_many if found else 0)


def agenda_of(meeting: Meeting) -> QuerySet[AgendaItem]:
    return meeting.agenda.select_related("recommendation__organisation", "action").order_by(
        "position"
    )


def is_unsaid(meeting: Meeting, items: Iterable[AgendaItem]) -> bool:
    """It was held, and nobody said yet whether all of this was covered."""
    return meeting.state == MeetingState.HELD and any(item.was_covered is None for item in items)


def item_in(organisation: Organisation, *, pk: UUID) -> AgendaItem | None:
    rows = AgendaItem.objects.filter(meeting__group__organisation=organisation)
    return rows.select_related("meeting__group__organisation").filter(pk=pk).first()


def decided_at(meeting: Meeting) -> QuerySet[Decision]:
    return meeting.decisions.select_related("recommendation__organisation").order_by("decided_at")


def linkable_recommendations(organisation: Organisation) -> Iterable[Recommendation]:
    return organisation.recommendations.order_by("source__created_at", "position")


def linkable_actions(organisation: Organisation) -> QuerySet[Action]:
    """What happens regularly: a meeting that covers it counts."""
    return (
        Action.objects.filter(recommendation__organisation=organisation, kind=ActionKind.CADENCE)
        .select_related("recommendation")
        .order_by("recommendation__source__created_at", "recommendation__position", "position")
    )
