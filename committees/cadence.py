"""Is this group meeting as often as it said it would?"""

from dataclasses import dataclass
from datetime import date, timedelta

from committees.enums import MeetingState
from ui.dates import months_later


@dataclass(frozen=True)
class GroupFacts:
    """`started` is the day the group was set up: its first meeting is counted from there.

    `tolerance_days`: by how many days a meeting may slip and still be on time. A group that has
    closed is never late.
    """

    meets_every_months: int
    started: date
    last_held: date | None
    next_planned: date | None
    missed: int
    tolerance_days: int
    is_closed: bool = False


@dataclass(frozen=True)
class Standing:
    is_late: bool
    missed: int
    last_held: date | None
    next_planned: date | None
    late_after: date


def late_after(facts: GroupFacts) -> date:
    """The last day on which the group is still on time."""
    return months_later(facts.last_held or facts.started, facts.meets_every_months) + timedelta(
        days=facts.tolerance_days
    )


def is_missed(*, planned_for: date, state: str, today: date) -> bool:
    """Planned, its day is over, and nobody recorded that it was held or cancelled."""
    return state == MeetingState.PLANNED and planned_for < today


def standing(facts: GroupFacts, *, today: date) -> Standing:
    limit = late_after(facts)
    return Standing(
        is_late=today > limit and not facts.is_closed,
        missed=0 if facts.is_closed else facts.missed,
        last_held=facts.last_held,
        next_planned=facts.next_planned,
        late_after=limit,
    )


def often(months: int) -> str:
    """A cadence in words: every month, every 3 months, once a year."""
    return {1: "every month", 12: "once a year"}.get(months, f"every {months} months")


def can_be_held(*, planned_for: date, today: date) -> bool:
    """Nobody can have held a meeting that is still to come."""
    return planned_for <= today
