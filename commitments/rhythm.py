"""When a check-in is due. Each tells of a whole month, or a whole calendar quarter.

It opens on the first day after its period and stays open until the next one opens. A period
that passes without one is missed, and stays missed.
"""

from collections.abc import Set
from dataclasses import dataclass
from datetime import date, timedelta

from commitments.enums import Cadence

# A period counts only when the pledge stood for this many of its days.
DAYS_OF_A_PERIOD = 14
MONTHS = {Cadence.MONTHLY: 1, Cadence.QUARTERLY: 3}


@dataclass(frozen=True)
class Period:
    """`first` names it, and is what a check-in stores; `opens_on` is the day after its end."""

    first: date
    opens_on: date
    cadence: Cadence

    @property
    def words(self) -> str:
        if self.cadence == Cadence.MONTHLY:
            return f"{self.first:%B %Y}"
        return f"{self.first:%B} to {self.opens_on - timedelta(days=1):%B %Y}"

    @property
    def last_day_to_make_a_pledge(self) -> date:
        """Whoever pledged after it has this period spared."""
        return self.opens_on - timedelta(days=DAYS_OF_A_PERIOD)


@dataclass(frozen=True)
class Passed:
    """One period that has ended, and whether somebody looked back on it."""

    period: Period
    done: bool
    is_open: bool

    @property
    def missed(self) -> bool:
        return not self.done and not self.is_open


def period_holding(day: date, cadence: Cadence) -> Period:
    length = MONTHS[cadence]
    month = (day.month - 1) // length * length
    year, following = divmod(day.year * 12 + month + length, 12)
    return Period(date(day.year, month + 1, 1), date(year, following + 1, 1), cadence)


def open_period(today: date, cadence: Cadence) -> Period:
    """The one to look back on today: the last that has ended."""
    return period_holding(period_holding(today, cadence).first - timedelta(days=1), cadence)


def due_period(*, made_on: date, today: date, cadence: Cadence) -> Period | None:
    """The open period, unless the pledge is too young for it."""
    period = open_period(today, cadence)
    return period if made_on <= period.last_day_to_make_a_pledge else None


def why_not_look_back(asked_about: date | None, *, due: Period | None) -> str:
    """Why answers about the period that began on that day are too late; empty when they are not.

    `due` is the period that is open now.
    """
    if due is not None and asked_about == due.first:
        return ""
    if due is None:
        return "No check-in is open now, so nothing was saved."
    return (
        f"You wrote about an earlier time, and the check-in for {due.words} is open now. Nothing "
        "was saved. Copy what you wrote, open the check-in again and put it in there."
    )


def next_opening(*, made_on: date, today: date, cadence: Cadence) -> date:
    """The day the next check-in opens: later than today."""
    period = period_holding(max(made_on, today), cadence)
    if made_on <= period.last_day_to_make_a_pledge:
        return period.opens_on
    return period_holding(period.opens_on, cadence).opens_on


def first_opening_words(today: date, cadence: Cadence) -> str:
    """For whoever is about to make a pledge."""
    opens = next_opening(made_on=today, today=today, cadence=cadence)
    return f"Publish today, and your first check-in opens on {opens.day} {opens:%B}."


def passed_periods(
    *, made_on: date, today: date, cadence: Cadence, done: Set[date]
) -> list[Passed]:
    """Every period since the pledge was made, newest first."""
    period = open_period(today, cadence)
    still_open = period.first
    passed = []
    while made_on <= period.last_day_to_make_a_pledge:
        passed.append(Passed(period, done=period.first in done, is_open=period.first == still_open))
        period = period_holding(period.first - timedelta(days=1), cadence)
    return passed
