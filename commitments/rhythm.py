"""When a check-in is due. Each tells of a whole month, or a whole calendar quarter.

It opens on the first day after its period and stays open until the next one opens. A period
that passes without one is missed, and stays missed.

A calendar quarter is looked back on whole or month by month, as the leader had chosen on its
first day. So another choice holds from the next quarter on, and never touches what has passed.
"""

from collections.abc import Collection, Sequence
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
    def in_short(self) -> str:
        """Where the year is plain."""
        if self.cadence == Cadence.MONTHLY:
            return f"{self.first:%B}"
        return f"{self.first:%B} to {self.opens_on - timedelta(days=1):%B}"

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


@dataclass(frozen=True)
class Change:
    """From that day on another rhythm was chosen; `before` is the one until then."""

    on: date
    before: Cadence


Changes = Sequence[Change]


@dataclass(frozen=True)
class Choices:
    """What a leader chose since the pledge was made. `cadence` is what is chosen today."""

    made_on: date
    cadence: Cadence
    changes: Changes

    def in_quarter_of(self, day: date) -> Cadence:
        """As chosen when that quarter began, or within it when the pledge was made."""
        decided_on = max(period_holding(day, Cadence.QUARTERLY).first, self.made_on)
        later = [change for change in self.changes if change.on > decided_on]
        return min(later, key=lambda change: change.on).before if later else self.cadence

    def period_holding(self, day: date) -> Period:
        return period_holding(day, self.in_quarter_of(day))

    def period_before(self, period: Period) -> Period:
        return self.period_holding(period.first - timedelta(days=1))

    def counts(self, period: Period) -> bool:
        return self.made_on <= period.last_day_to_make_a_pledge


def open_period(today: date, cadence: Cadence, before: Cadence | None = None) -> Period:
    """The one to look back on today: the last that has ended.

    `cadence` holds in this quarter, `before` in the one before it where that was another.
    """
    running = period_holding(today, cadence)
    begins_a_quarter = running.first == period_holding(today, Cadence.QUARTERLY).first
    held = before if before and begins_a_quarter else cadence
    return period_holding(running.first - timedelta(days=1), held)


def due_period(
    *, made_on: date, today: date, cadence: Cadence, changes: Changes = ()
) -> Period | None:
    """The open period, unless the pledge is too young for it."""
    chosen = Choices(made_on, cadence, changes)
    period = chosen.period_before(chosen.period_holding(today))
    return period if chosen.counts(period) else None


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


def next_opening(*, made_on: date, today: date, cadence: Cadence, changes: Changes = ()) -> date:
    """The day the next check-in opens: later than today."""
    chosen = Choices(made_on, cadence, changes)
    running = chosen.period_holding(max(made_on, today))
    if chosen.counts(running):
        return running.opens_on
    return chosen.period_holding(running.opens_on).opens_on


def next_quarter(today: date) -> date:
    """The day from which another rhythm holds."""
    return period_holding(today, Cadence.QUARTERLY).opens_on


def first_opening_words(today: date, cadence: Cadence) -> str:
    """For whoever is about to make a pledge."""
    opens = next_opening(made_on=today, today=today, cadence=cadence)
    return f"Publish today, and your first check-in opens on {opens.day} {opens:%B}."


def period_between(first: date, opens_on: date) -> Period:
    """That of a check-in, in whatever rhythm it was made."""
    is_a_month = opens_on == period_holding(first, Cadence.MONTHLY).opens_on
    return Period(first, opens_on, Cadence.MONTHLY if is_a_month else Cadence.QUARTERLY)


def passed_periods(
    *,
    made_on: date,
    today: date,
    cadence: Cadence,
    done: Collection[Period],
    changes: Changes = (),
) -> list[Passed]:
    """Every period since the pledge was made, newest first; `done` are those looked back on."""
    chosen, passed = Choices(made_on, cadence, changes), []
    newest = period = chosen.period_before(chosen.period_holding(today))
    while chosen.counts(period):
        passed.append(Passed(period, done=period in done, is_open=period == newest))
        period = chosen.period_before(period)
    return passed
