"""How a pledge is kept: counts of the leader's own ledger, never a score and never a ranking.

A year is of the invitations that came in within it, with whatever came of them since. So each
stands in one year alone, and a figure and its denominator are of the same invitations. What came
in before the pledge was made is no part of it.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from commitments.enums import InvitationState, Shown
from commitments.facts import LedgerFact, StepFact
from commitments.figures import Figure, of_people, of_results, of_steps
from commitments.verdicts import NOTHING_SHOWN
from ui.dates import months_later

LAPSES_AFTER_MONTHS = 12
NO_RECORD_YET = "no record yet"
NO_RECENT_RECORD = "no recent record"


@dataclass(frozen=True)
class Year:
    """What came of the invitations received from `first` to `last`, both included."""

    first: date
    last: date
    changed: Figure
    invitations: Figure
    asked: Figure
    answered: Figure
    took_part: Figure
    met_both: Figure
    met_one: Figure
    not_shown: Figure
    stepped_aside: Figure
    stepped_back: Figure
    put_forward: Figure
    declined: Figure

    @property
    def headline(self) -> Figure:
        return self.changed

    @property
    def figures(self) -> tuple[Figure, ...]:
        """All but the headline, in the order they are read."""
        return (
            self.invitations, self.asked, self.answered, self.took_part, self.met_both,
            self.met_one, self.not_shown, self.stepped_aside, self.stepped_back,
            self.put_forward, self.declined,
        )  # fmt: skip

    @property
    def every_figure(self) -> tuple[Figure, ...]:
        return (self.headline, *self.figures)

    def figure(self, key: str) -> Figure | None:
        return next((figure for figure in self.every_figure if figure.key == key), None)

    @property
    def is_short(self) -> bool:
        """The pledge was made within these 12 months."""
        return self.first > first_day(self.last)

    @property
    def is_empty(self) -> bool:
        return not any(figure.out_of for figure in self.every_figure)


def first_day(last: date) -> date:
    """Of the 12 months up to and including `last`."""
    return months_later(last, -LAPSES_AFTER_MONTHS) + timedelta(days=1)


def years_back(today: date, *, since: date) -> list[date]:
    """The last days of the years up to today, newest first; every day is in exactly one."""
    last, found = today, [today]
    while first_day(last) > since:
        last = first_day(last) - timedelta(days=1)
        found.append(last)
    return found


def year_to(
    last: date, entries: Iterable[LedgerFact], *, today: date | None = None, since: date = date.min
) -> Year:
    """The 12 months up to and including `last`, or from `since`, when the pledge was made, where
    that is later. Steps after `today` (or `last`) do not count."""
    by = today or last
    first = max(first_day(last), since)
    counted = [entry for entry in entries if first <= entry.received_on <= last]
    places = [entry for entry in counted if entry.is_a_place]
    about = [entry for entry in counted if entry.asked(today=by)]
    taken_part = [entry for entry in places if took_part(entry, today=by)]

    def of_places(key: str, step: Callable[[LedgerFact], StepFact | None]) -> Figure:
        return of_steps(key, list(_steps(places, step)), out_of=len(places))

    def ended(state: InvitationState) -> Figure:
        return of_places(state.value, lambda entry: entry.ended_by(state, today=by))

    def of_asked(key: str, step: Callable[[LedgerFact], StepFact | None]) -> Figure:
        return of_steps(key, list(_steps(about, step)), out_of=len(about))

    return Year(
        first=min(first, last),
        last=last,
        changed=of_asked("changed", lambda entry: entry.changed(today=by)),
        invitations=of_places("invitations", lambda entry: StepFact(entry.received_on)),
        asked=of_places("asked", lambda entry: entry.asked(today=by)),
        answered=of_asked("answered", lambda entry: entry.answered(today=by)),
        took_part=ended(InvitationState.TOOK_PART),
        met_both=_shown("met_both", Shown.BOTH, taken_part),
        met_one=_shown("met_one", Shown.ONE, taken_part),
        not_shown=_shown("not_shown", Shown.NOT_SHOWN, taken_part),
        stepped_aside=ended(InvitationState.STEPPED_ASIDE),
        stepped_back=of_places("stepped_back", lambda entry: entry.stepped_back(today=by)),
        put_forward=of_people(
            "put_forward", list(_steps(counted, lambda entry: entry.put_forward(today=by)))
        ),
        declined=ended(InvitationState.DECLINED),
    )


def took_part(entry: LedgerFact, *, today: date) -> bool:
    return entry.ending(today=today) == InvitationState.TOOK_PART


def _steps(
    entries: Iterable[LedgerFact], step: Callable[[LedgerFact], StepFact | None]
) -> Iterator[StepFact]:
    return (taken for entry in entries if (taken := step(entry)))


def _shown(key: str, result: Shown, taken_part: list[LedgerFact]) -> Figure:
    showings = [entry.showing or NOTHING_SHOWN for entry in taken_part]
    return of_results(
        key,
        [showing for showing in showings if showing.shown == result],
        counted=sum(entry.showing is not None for entry in taken_part),
        out_of=len(taken_part),
    )


def last_evidence(days: Iterable[date | None], *, today: date) -> date | None:
    """The newest of the days on which something was asked, done, looked back on or published.

    None that lies in the future, and none on which an invitation merely came in.
    """
    return max((day for day in days if day is not None and day <= today), default=None)


def evidence_words(*, last: date | None, made_on: date, today: date) -> str:
    """What the public page says of the record's age."""
    newest = last or made_on
    if months_later(newest, LAPSES_AFTER_MONTHS) <= today:
        return NO_RECENT_RECORD
    if last is None:
        return NO_RECORD_YET
    return f"last evidence {_weeks_ago((today - last).days // 7)}"


def _weeks_ago(weeks: int) -> str:
    if weeks == 0:
        return "this week"
    return "1 week ago" if weeks == 1 else f"{weeks} weeks ago"
