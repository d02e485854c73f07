"""What is due to whom today, worked out from how things stand and never from what was missed.

A reminder has a window, not a moment: it is due from its day on until the next one of its ladder
takes its place. So a week without a run is caught up by one email, and a second run adds nothing,
because the key says what the reminder means and not when it was planned.
"""

from collections.abc import Iterable, Set
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from reminders.enums import ReminderKind

LONDON = ZoneInfo("Europe/London")
SATURDAY = 5
# Calendar days from the target date of an action, for whoever leads it.
LADDER = (-30, -7, 0, 7)
# How far ahead of its date an action can concern us: the first rung, and a long holiday before it.
LOOK_AHEAD = timedelta(days=40)
# The last rung has none after it: an email about it is of use for this long.
LAST_RUNG_LASTS = timedelta(days=7)

OptOuts = Set[tuple[UUID, ReminderKind]]


@dataclass(frozen=True)
class ActionFact:
    """One action with a date. It counts once accepted by its lead, and until shown to be done."""

    id: UUID
    title: str
    lead: UUID
    organisation: UUID
    target_date: date
    accepted: bool
    proven: bool


@dataclass(frozen=True)
class CheckInFact:
    """A pledge whose check-in is open and not made. `period` is its first day."""

    pledge: UUID
    title: str
    leader: UUID
    organisation: UUID | None
    period: date
    opens_on: date
    closes_on: date


@dataclass(frozen=True)
class Due:
    """One reminder that is due. `until` is the first day on which it is of no use any more."""

    kind: ReminderKind
    key: str
    user: UUID
    organisation: UUID | None
    subject: UUID
    title: str
    on: date
    until: date


def london_date(now: datetime) -> date:
    return now.astimezone(LONDON).date()


def start_of(day: date) -> datetime:
    """Midnight in London, in summer and winter."""
    return datetime.combine(day, time.min, tzinfo=LONDON)


def is_time_to_plan(now: datetime, *, hour: int, last_planned: datetime | None) -> bool:
    """Once a day, from `hour` on in London; late is better than not at all."""
    if now.astimezone(LONDON).hour < hour:
        return False
    return last_planned is None or london_date(last_planned) < london_date(now)


def is_working(day: date, holidays: Set[date]) -> bool:
    return day.weekday() < SATURDAY and day not in holidays


def working_day_before(day: date, holidays: Set[date]) -> date:
    """The day itself where it is a working day, else the last one before it."""
    while not is_working(day, holidays):
        day -= timedelta(days=1)
    return day


def working_day_after(day: date, holidays: Set[date]) -> date:
    """The day itself where it is a working day, else the first one after it."""
    while not is_working(day, holidays):
        day += timedelta(days=1)
    return day


def rung_day(target: date, offset: int, holidays: Set[date]) -> date:
    """Up to the target date a rung moves forward in time, so that there is still time to act."""
    move = working_day_after if offset > 0 else working_day_before
    return move(target + timedelta(days=offset), holidays)


def action_due(fact: ActionFact, *, today: date, holidays: Set[date]) -> Due | None:
    """The newest rung that has been reached; the older ones are not caught up."""
    if not fact.accepted or fact.proven:
        return None
    days = [(offset, rung_day(fact.target_date, offset, holidays)) for offset in LADDER]
    reached = [(offset, day) for offset, day in days if day <= today]
    if not reached:
        return None
    offset = reached[-1][0]
    later = [day for _, day in days[len(reached) :]]
    return Due(
        kind=ReminderKind.ACTION_DUE,
        key=f"action-due:{fact.id}:{fact.target_date}:{fact.lead}:t{offset:+d}",
        user=fact.lead,
        organisation=fact.organisation,
        subject=fact.id,
        title=fact.title,
        on=fact.target_date,
        until=later[0] if later else today + LAST_RUNG_LASTS,
    )


def check_in_due(fact: CheckInFact, *, today: date, holidays: Set[date]) -> Due | None:
    """From the first working day after the period until the next check-in opens."""
    if not working_day_after(fact.opens_on, holidays) <= today < fact.closes_on:
        return None
    return Due(
        kind=ReminderKind.CHECK_IN_DUE,
        key=f"check-in-due:{fact.pledge}:{fact.period}:{fact.leader}",
        user=fact.leader,
        organisation=fact.organisation,
        subject=fact.pledge,
        title=fact.title,
        on=fact.opens_on,
        until=fact.closes_on,
    )


def due_on(
    today: date,
    *,
    actions: Iterable[ActionFact],
    check_ins: Iterable[CheckInFact],
    holidays: Set[date],
    opted_out: OptOuts,
) -> list[Due]:
    """Everything due to people of one nation. Nothing on a day on which nobody works."""
    if not is_working(today, holidays):
        return []
    found = [action_due(fact, today=today, holidays=holidays) for fact in actions]
    found += [check_in_due(fact, today=today, holidays=holidays) for fact in check_ins]
    return [due for due in found if due is not None and (due.user, due.kind) not in opted_out]
