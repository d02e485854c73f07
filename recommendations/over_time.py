"""How many were open, proposed and closed by the end of each month or quarter. Rules only.

Findings are no part of it, and neither is what was not yet added by then.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from recommendations.enums import Response, State
from recommendations.lifecycle import RecommendationFacts
from ui.dates import months_later

PERIODS = 12
AHEAD = 3
MONTHS = {"quarter": 3, "month": 1}
"""How many make up a period, by its name in the address."""
Course = Sequence[RecommendationFacts | None]
"""One recommendation at the end of each period until today; None before it was added."""
Share = tuple[int, int]
HEADINGS = (
    "Period",
    "Followed",
    "Open",
    "Proposed for closure",
    "Closed",
    "Activity only",
    "Closed so far",
    "Meant by the first dates",
    "Meant by the dates that stand",
    "Of",
)


@dataclass(frozen=True)
class Period:
    first: date
    last: date

    @property
    def words(self) -> str:
        if self.first.month == self.last.month:
            return f"{self.first:%B %Y}"
        return f"{self.first:%B} to {self.last:%B %Y}"

    @property
    def label(self) -> str:
        """At the foot of a drawing: the year and, below it, the month or the quarter."""
        is_month = self.first.month == self.last.month
        return f"{self.first:%Y %b}" if is_month else f"{self.first:%Y} Q{self.last.month // 3}"


@dataclass(frozen=True)
class Counted:
    """One period. `total` were followed at its end; what is ahead has planned days alone.

    `closed`: with an outcome or for another reason. `of`: all that is followed today.
    """

    period: Period
    is_ahead: bool
    total: int
    open: int
    proposed: int
    closed: int
    activity_only: int
    meant_first: int
    meant_now: int
    of: int

    @property
    def closed_so_far(self) -> int:
        return self.closed + self.activity_only

    @property
    def cells(self) -> tuple[object, ...]:
        """In the order of HEADINGS."""
        stood = (self.total, self.open, self.proposed, self.closed, self.activity_only,
                 self.closed_so_far)  # fmt: skip
        known = ("",) * len(stood) if self.is_ahead else stood
        return (self.period.words, *known, self.meant_first, self.meant_now, self.of)


def period_of(day: date, months: int) -> Period:
    """The one that a day lies in."""
    first = date(day.year, (day.month - 1) // months * months + 1, 1)
    return Period(first, months_later(first, months) - timedelta(days=1))


def moved_by(period: Period, number: int, months: int) -> Period:
    """So many periods later, or with a number below 0 earlier."""
    return period_of(months_later(period.first, number * months), months)


def periods_until(last: Period, months: int) -> list[Period]:
    """Twelve, the oldest first."""
    return [moved_by(last, back - PERIODS + 1, months) for back in range(PERIODS)]


def days_of(periods: Sequence[Period], today: date) -> list[date]:
    """The day on which each is looked at: its last one, or today in the one that runs."""
    return [min(period.last, today) for period in periods if period.first <= today]


def counted(
    periods: Sequence[Period], courses: Sequence[Course], now: Sequence[RecommendationFacts]
) -> list[Counted]:
    """`courses` reach to the periods that have begun; `now` is what is followed today."""
    reached = max((len(course) for course in courses), default=0)
    return [
        _counted(period, [course[place] for course in courses], now, is_ahead=False)
        if place < reached
        else _counted(period, [], now, is_ahead=True)
        for place, period in enumerate(periods)
    ]


def _counted(
    period: Period, course: Course, now: Sequence[RecommendationFacts], *, is_ahead: bool
) -> Counted:
    there = [facts for facts in course if facts]
    proposed = sum(facts.state == State.PROPOSED_FOR_CLOSURE for facts in there)
    activity_only = sum(facts.is_activity_only for facts in there)
    is_open = sum(facts.is_open for facts in there)
    return Counted(
        period=period,
        is_ahead=is_ahead,
        total=len(there),
        open=is_open - proposed,
        proposed=proposed,
        closed=len(there) - is_open - activity_only,
        activity_only=activity_only,
        meant_first=sum(_is_by(first_date(facts), period.last) for facts in now),
        meant_now=sum(_is_by(date_that_stands(facts), period.last) for facts in now),
        of=len(now),
    )


def _is_by(day: date | None, last: date) -> bool:
    return day is not None and day <= last


def first_date(facts: RecommendationFacts) -> date | None:
    """When the last of its actions was first to be done; None while one has no date."""
    return _latest(facts, [a.original_target or a.target for a in facts.actions])


def date_that_stands(facts: RecommendationFacts) -> date | None:
    return _latest(facts, [action.target for action in facts.actions])


def _latest(facts: RecommendationFacts, days: Sequence[date | None]) -> date | None:
    if facts.response == Response.NOT_ACCEPTED or None in days:
        return None
    return max((day for day in days if day), default=None)


@dataclass(frozen=True)
class Chart:
    """A drawing, what it shows in words, and its table: all from the same points."""

    title: str
    labels: tuple[str, ...]
    words: tuple[str, ...]
    lines: tuple[tuple[str, tuple[Share, ...]], ...]

    @property
    def finding(self) -> str:
        said = (_sentence(name, self.words, points) for name, points in self.lines)
        return " ".join(sentence for sentence in said if sentence)

    @property
    def headings(self) -> tuple[str, ...]:
        return ("Period", *(name for name, _ in self.lines))

    @property
    def table(self) -> tuple[tuple[str, ...], ...]:
        columns = [points for _, points in self.lines]
        return tuple(
            (words, *(_said(points[place]) for points in columns))
            for place, words in enumerate(self.words)
        )


def _said(share: Share) -> str:
    return f"{share[0]} of {share[1]}" if share[1] else "Not known yet"


def _sentence(name: str, words: Sequence[str], points: Sequence[Share]) -> str:
    held = [(when, share) for when, share in zip(words, points, strict=True) if share[1]]
    if not held:
        return ""
    (begun, first), (ended, last) = held[0], held[-1]
    if begun == ended:
        return f"{name}: {_said(last)} in {ended}."
    return f"{name}: {_said(first)} in {begun}, {_said(last)} in {ended}."


def charts(rows: Sequence[Counted]) -> tuple[Chart, ...]:
    """None where nothing was followed then."""
    past = [row for row in rows if not row.is_ahead]
    if not any(row.total for row in past):
        return ()
    stands = (
        ("Open", tuple((row.open, row.total) for row in past)),
        ("Proposed for closure", tuple((row.proposed, row.total) for row in past)),
        ("Closed", tuple((row.closed, row.total) for row in past)),
        ("Activity only", tuple((row.activity_only, row.total) for row in past)),
    )
    done = (
        ("Closed so far", tuple((0, 0) if row.is_ahead else _so_far(row) for row in rows)),
        ("Meant by then: first dates", tuple((row.meant_first, row.of) for row in rows)),
        ("Meant by then: dates that stand", tuple((row.meant_now, row.of) for row in rows)),
    )
    return (
        _chart("Where they stood", past, stands),
        _chart("Closed, and when it was meant to be", rows, done),
    )


def _so_far(row: Counted) -> Share:
    """Of all that is followed today, as the planned days are; nothing was closed before that."""
    return (row.closed_so_far, row.of) if row.total else (0, 0)


def _chart(
    title: str, rows: Sequence[Counted], lines: tuple[tuple[str, tuple[Share, ...]], ...]
) -> Chart:
    return Chart(title, _labels(rows), tuple(row.period.words for row in rows), lines)


def _labels(rows: Sequence[Counted]) -> tuple[str, ...]:
    """Without the first year where the next begins at once: there is no room for both."""
    labels = [row.period.label for row in rows]
    if len(rows) > 1 and rows[0].period.last.year != rows[1].period.last.year:
        labels[0] = labels[0].partition(" ")[2]
    return tuple(labels)


def export(rows: Sequence[Counted]) -> Iterator[tuple[object, ...]]:
    yield HEADINGS
    for row in rows:
        yield row.cells
