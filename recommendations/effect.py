"""Whether anything got better: where an indicator stands, and whether it has moved."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from recommendations.cells import EVERYBODY, MINIMUM, Cell, Release, releases
from recommendations.enums import Better
from ui.dates import in_full

FEWER = f"fewer than {MINIMUM}"
LEAST_MOVE_OF_A_SHARE = 1
"""In percentage points: a smaller difference is no movement."""
HIDDEN = "Hidden: fewer than 10 people, or it would give away somebody else’s figure"


@dataclass(frozen=True)
class Recorded:
    """One row as it was typed; a share has `part` and `whole`, anything else a `value`."""

    day: date
    category: str
    part: int | None
    whole: int | None
    value: Decimal | None
    stamp: int
    source: str
    recorded_at: datetime


@dataclass(frozen=True)
class Amount:
    """What may be shown. `number` is a percentage where it is a share."""

    number: Fraction
    of: Cell | None = None

    def words(self, unit: str) -> str:
        if self.of:
            return f"{self.of.part} of {self.of.whole} ({percent(self.number)})"
        return f"{plain(self.number)} {unit}".strip()


@dataclass(frozen=True)
class Figure:
    """All that is shown of one day, by category; None is hidden."""

    day: date
    stamp: int
    source: str
    amounts: Mapping[str, Amount | None]

    @property
    def everybody(self) -> Amount | None:
        return self.amounts.get(EVERYBODY)


@dataclass(frozen=True)
class Terms:
    """What an indicator was set up with. `target` and `baseline` are percentages of a share.

    `counts_people`: of a number that is no share; one below ten is told to nobody.
    """

    is_share: bool
    unit: str
    better: Better
    stamp: int
    baseline: Decimal | None = None
    baseline_on: date | None = None
    target: Decimal | None = None
    target_on: date | None = None
    counts_people: bool = False

    def is_few(self, number: Fraction | Decimal) -> bool:
        return self.counts_people and number < MINIMUM

    def in_words(self, number: Fraction | Decimal | None) -> str:
        if number is None:
            return ""
        if self.is_share:
            return percent(Fraction(number))
        return f"{FEWER if self.is_few(number) else plain(number)} {self.unit}".strip()

    @property
    def hidden_in_words(self) -> str:
        return FEWER.capitalize() if self.counts_people else "Hidden"


class Movement(Enum):
    RIGHT_WAY = "Moved in the right direction"
    NOT_MOVED = "Not moved"
    WRONG_WAY = "Moved in the wrong direction"
    NOT_KNOWN = "Not known yet"

    @property
    def is_flat(self) -> bool:
        """Nothing got better, as far as this figure tells."""
        return self in (Movement.NOT_MOVED, Movement.WRONG_WAY)


class Reached(Enum):
    YES = "At the target"
    NO = "Not at the target yet"
    NOT_KNOWN = "No figure to compare"
    NO_TARGET = "No target"


@dataclass(frozen=True)
class Standing:
    """Where it stands by its newest figure that may be shown. `before` with its unit.

    `few_on`: the day of a newest figure that says no more than that they are fewer than ten.
    """

    newest: Figure | None
    since: date | None
    before: str
    reached: Reached
    movement: Movement
    few_on: date | None = None

    @property
    def now(self) -> Amount | None:
        return self.newest.everybody if self.newest else None


def figures(recorded: Iterable[Recorded], terms: Terms) -> list[Figure]:
    """What may be shown, by day: of each the set that was recorded last.

    Without a number of people nobody can say how few a category holds, so only the figure for
    everybody is shown of such an indicator.
    """
    sets: dict[tuple[datetime, date], list[Recorded]] = {}
    for row in sorted(recorded, key=lambda row: row.recorded_at):
        sets.setdefault((row.recorded_at, row.day), []).append(row)
    together = [rows for rows in sets.values() if rows]
    shares = [rows for rows in together if rows[0].value is None]
    found = zip(shares, releases([_release(rows) for rows in shares]), strict=True)
    shown = [_figure(rows, view) for rows, view in found] if terms.is_share else []
    if not terms.is_share:
        shown = [_of_value(rows, terms) for rows in together if rows[0].value is not None]
    return sorted({figure.day: figure for figure in shown}.values(), key=lambda one: one.day)


def _release(rows: list[Recorded]) -> Release:
    cells = {row.category: Cell(row.part or 0, row.whole or 0) for row in rows}
    return Release(rows[0].day, cells)


def _figure(rows: list[Recorded], view: Mapping[str, Cell | None]) -> Figure:
    amounts = {name: share(cell) if cell else None for name, cell in view.items()}
    return Figure(rows[0].day, rows[0].stamp, rows[0].source, amounts)


def _of_value(rows: list[Recorded], terms: Terms) -> Figure:
    amounts = {
        row.category: None if terms.is_few(row.value) else Amount(Fraction(row.value))
        for row in rows
        if row.category == EVERYBODY and row.value is not None
    }
    return Figure(rows[0].day, rows[0].stamp, rows[0].source, amounts)


def share(cell: Cell) -> Amount:
    return Amount(Fraction(100 * cell.part, cell.whole), cell)


def standing(shown: Sequence[Figure], terms: Terms) -> Standing:
    """By figures of the present definition alone; older ones were counted differently."""
    same = [one for one in shown if one.stamp == terms.stamp]
    told = [one for one in same if one.everybody]
    is_few = terms.counts_people and bool(same) and same[-1].everybody is None
    newest = told[-1] if told and not is_few else None
    since, before = _baseline(told, terms)
    now = newest.everybody if newest else None
    return Standing(
        newest=newest,
        since=since,
        before=terms.in_words(before),
        reached=_reached(now, terms),
        movement=_movement(newest, since, before, terms),
        few_on=same[-1].day if is_few else None,
    )


def _baseline(told: Sequence[Figure], terms: Terms) -> tuple[date | None, Fraction | None]:
    """The one that was set, or else the first figure."""
    if terms.baseline is not None:
        return terms.baseline_on, Fraction(terms.baseline)
    if told and (first := told[0].everybody):
        return told[0].day, first.number
    return None, None


def _reached(now: Amount | None, terms: Terms) -> Reached:
    """By the exact share, never by the percentage that is printed."""
    if terms.target is None:
        return Reached.NO_TARGET
    if now is None:
        return Reached.NOT_KNOWN
    short = _forwards(Fraction(terms.target) - now.number, terms)
    return Reached.NO if short > 0 else Reached.YES


def _movement(
    newest: Figure | None, since: date | None, before: Fraction | None, terms: Terms
) -> Movement:
    now = newest.everybody if newest else None
    if newest is None or now is None or since is None or before is None or newest.day <= since:
        return Movement.NOT_KNOWN
    moved = _forwards(now.number - before, terms)
    least = Fraction(LEAST_MOVE_OF_A_SHARE) if terms.is_share else Fraction(0)
    if moved == 0 or abs(moved) < least:
        return Movement.NOT_MOVED
    return Movement.RIGHT_WAY if moved > 0 else Movement.WRONG_WAY


def _forwards(difference: Fraction, terms: Terms) -> Fraction:
    return difference if terms.better == Better.HIGHER else -difference


def standing_in_words(found: Standing, terms: Terms) -> str:
    """ "31 of 120 (25.8%) on 3 March 2026. At the target." """
    if found.few_on:
        return few_in_words(found.few_on, terms)
    if found.newest is None or found.now is None:
        return "No figure to show yet."
    return f"{found.now.words(terms.unit)} on {in_full(found.newest.day)}. {found.reached.value}."


def few_in_words(day: date, terms: Terms) -> str:
    return f"{terms.hidden_in_words} {terms.unit}".strip() + f" on {in_full(day)}."


def flat_in_words(name: str, found: Standing, terms: Terms) -> str:
    """Said beside a recommendation that is closed; empty where it moved or nothing is known."""
    if not found.movement.is_flat or found.newest is None or found.now is None:
        return ""
    since = in_full(found.since) if found.since else "it was first measured"
    return (
        f"Closed, but “{name}” has not moved in the right direction since {since}: "
        f"{found.before} then, {found.now.words(terms.unit)} on {in_full(found.newest.day)}."
    )


def percent(number: Fraction) -> str:
    """To one decimal, cut off and not rounded up: 49.96 is no 50."""
    tenths = int(number * 10) if number >= 0 else -int(-number * 10)
    return f"{plain(Fraction(tenths, 10))}%"


def plain(number: Fraction | Decimal) -> str:
    """At most two decimals, without noughts at the end."""
    text = f"{float(number):,.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
