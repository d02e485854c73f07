"""What years of events and groups show: how many of them met each threshold, quarter by quarter.

What members are told here is no more than they are told of each event by itself. Of one whose
numbers they may not see, not met and not known are joined, and where its count comes from is not
said: it is only ever one of those a share is of. So no difference of two figures tells them apart.

Figures with different stamps never share a line: who is counted, where the count comes from and
the rules are the same along each.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import product

from panels.enums import Basis, Definition, GatheringKind, Measure, Part, Verdict
from panels.standings import quarter_of

QUARTERS_SHOWN = 8
MOST_LINES = 4
"""More cannot be told apart in one drawing; the table beside it holds them all."""
NOTHING_HELD = "None"
HEADINGS = (
    "Measure", "Who is counted", "Part", "Found", "Where the count comes from", "Rules", "Kind",
    "Quarter", "Events and groups", "Of",
)  # fmt: skip
ALL_KINDS = "All kinds"


@dataclass(frozen=True)
class Group:
    """So many gatherings that are alike in everything here, as the database adds them up."""

    quarter: date
    kind: GatheringKind
    measure: Measure
    part: Part
    verdict: Verdict
    is_exact: bool
    basis: Basis
    definition: Definition
    rules_version: str
    gatherings: int


class Found(StrEnum):
    """What a line counts."""

    MET = "met"
    NOT_KNOWN = "not_known"

    @property
    def label(self) -> str:
        return "Shown to meet" if self == Found.MET else "Not known"


def told_to_members(verdict: Verdict, *, is_exact: bool) -> Verdict | None:
    """None is "not shown to meet": not met or not known, and nobody is told which."""
    if verdict in (Verdict.MET, Verdict.NO_VERDICT) or is_exact:
        return verdict
    return None


@dataclass(frozen=True)
class Family:
    """Counts that may stand in one drawing; of each event everybody here is told both."""

    measure: Measure
    definition: Definition
    rules_version: str


@dataclass(frozen=True)
class Point:
    """So many `gatherings` out of all `of` that quarter which have a result at all."""

    quarter: date
    gatherings: int
    of: int

    @property
    def words(self) -> str:
        return f"{self.gatherings} of {self.of}" if self.of else NOTHING_HELD


@dataclass(frozen=True)
class Line:
    """`basis` is None where there is nothing to say it of: no event was found so."""

    family: Family
    part: Part
    found: Found
    basis: Basis | None
    points: tuple[Point, ...]

    @property
    def source(self) -> str:
        return str(self.basis.label) if self.basis else ""

    @property
    def size(self) -> int:
        return sum(point.gatherings for point in self.points)


SHOWN = (
    (Part.WHOLE, Found.MET),
    (Part.MAIN_STAGE, Found.MET),
    (Part.REST, Found.MET),
    (Part.WHOLE, Found.NOT_KNOWN),
)
"""What there are lines of."""
Counts = Mapping[tuple[Family, Part, Found, Basis, date], int]
Totals = Mapping[tuple[Family, Part, date], int]


@dataclass(frozen=True)
class Trends:
    """Every line of one kind, or of all kinds together."""

    quarters: tuple[date, ...]
    kind: GatheringKind | None
    lines: tuple[Line, ...]

    @property
    def is_empty(self) -> bool:
        return not self.lines

    def of(self, family: Family, found: Found, parts: Sequence[Part]) -> tuple[Line, ...]:
        return tuple(
            line
            for line in self.lines
            if line.family == family and line.found == found and line.part in parts
        )

    @property
    def families(self) -> tuple[Family, ...]:
        return tuple(dict.fromkeys(line.family for line in self.lines))


def trends(
    groups: Iterable[Group], *, quarters: Sequence[date], kind: GatheringKind | None = None
) -> Trends:
    chosen = [group for group in groups if kind in (None, group.kind)]
    counts, totals = _add_up(chosen)
    families = sorted({key[0] for key in totals}, key=_order_of_family)
    lines = [
        line
        for family, (part, found) in product(families, SHOWN)
        for line in _lines(family, part, found, counts, totals, quarters)
    ]
    return Trends(tuple(quarters), kind, tuple(lines))


def _add_up(groups: Iterable[Group]) -> tuple[Counts, Totals]:
    counts: dict[tuple[Family, Part, Found, Basis, date], int] = defaultdict(int)
    totals: dict[tuple[Family, Part, date], int] = defaultdict(int)
    for group in groups:
        told = told_to_members(group.verdict, is_exact=group.is_exact)
        if told == Verdict.NO_VERDICT:
            continue
        family = Family(group.measure, group.definition, group.rules_version)
        totals[family, group.part, group.quarter] += group.gatherings
        if told in (Verdict.MET, Verdict.NOT_KNOWN):
            key = (family, group.part, Found(told.value), group.basis, group.quarter)
            counts[key] += group.gatherings
    return counts, totals


def _order_of_family(family: Family) -> tuple[int, str, str]:
    return list(Measure).index(family.measure), family.definition.value, family.rules_version


def _lines(
    family: Family,
    part: Part,
    found: Found,
    counts: Counts,
    totals: Totals,
    quarters: Sequence[date],
) -> Iterator[Line]:
    """One for each source; where nothing was found so, one that says nought of so many."""
    of = {quarter: totals.get((family, part, quarter), 0) for quarter in quarters}
    if not any(of.values()):
        return
    sources: list[Basis | None] = [
        basis for basis in Basis if _has(counts, (family, part, found, basis), quarters)
    ]
    for basis in sources or [None]:
        points = (
            Point(
                quarter,
                counts.get((family, part, found, basis, quarter), 0) if basis else 0,
                of[quarter],
            )
            for quarter in quarters
        )
        yield Line(family, part, found, basis, tuple(points))


def _has(counts: Counts, line: tuple[Family, Part, Found, Basis], quarters: Sequence[date]) -> bool:
    return any(counts.get((*line, quarter), 0) for quarter in quarters)


def rows(found: Trends) -> Iterator[tuple[object, ...]]:
    """Every number of every line, in the order of HEADINGS; a quarter without any is left out."""
    for line in found.lines:
        for point in line.points:
            if point.of:
                yield (
                    str(line.family.measure.label),
                    str(line.family.definition.label),
                    str(line.part.label),
                    line.found.label,
                    line.source,
                    line.family.rules_version,
                    str(found.kind.label) if found.kind else ALL_KINDS,
                    short_words(point.quarter),
                    point.gatherings,
                    point.of,
                )


def export(
    groups: Sequence[Group], *, quarters: Sequence[date], kind: GatheringKind | None = None
) -> Iterator[tuple[object, ...]]:
    """The headings, then the numbers of that kind; without one, of all together and of each."""
    held = {group.kind for group in groups}
    kinds = [kind] if kind else [None, *(one for one in GatheringKind if one in held)]
    yield HEADINGS
    for one in kinds:
        yield from rows(trends(groups, quarters=quarters, kind=one))


# Quarters


def quarter_before(quarter: date, how_many: int = 1) -> date:
    months = quarter.year * 12 + quarter.month - 1 - 3 * how_many
    return date(months // 12, months % 12 + 1, 1)


def quarters_until(last: date, how_many: int = QUARTERS_SHOWN) -> tuple[date, ...]:
    """So many, oldest first, `last` included."""
    return tuple(quarter_before(last, back) for back in reversed(range(how_many)))


def short_words(quarter: date) -> str:
    return f"{quarter.year} Q{(quarter.month + 2) // 3}"


def quarter_in_words(quarter: date) -> str:
    """January to March 2026."""
    last = quarter.replace(month=quarter.month + 2)
    return f"{quarter:%B} to {last:%B %Y}"


def period_in_words(first: date, last: date) -> str:
    """From the first month of one quarter to the last of another."""
    return f"{first:%B %Y} to {last.replace(month=last.month + 2):%B %Y}"


def quarter_of_address(text: str) -> date | None:
    """From "2026-Q1" in an address; None for anything else."""
    year, _, number = text.partition("-Q")
    is_one = len(year) == 4 and year.isascii() and year.isdigit() and number in ("1", "2", "3", "4")
    if not is_one or not 1990 <= int(year) <= 2100:
        return None
    return quarter_of(date(int(year), 3 * int(number), 1))


def address_of_quarter(quarter: date) -> str:
    return short_words(quarter).replace(" ", "-")
