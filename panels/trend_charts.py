"""The drawings of a trend and their tables: which lines stand together, and what each finds."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from panels.enums import Part
from panels.trends import MOST_LINES, Family, Found, Line, Point, Trends, quarter_in_words

PARTS = (Part.MAIN_STAGE, Part.REST)
CHANGES = {1: "a larger share", 0: "the same share", -1: "a smaller share"}
AT_THE_END = {
    1: "Larger at the end",
    0: "The same at the end",
    -1: "Smaller at the end",
    None: "In one quarter alone",
}
MOST_IN_FULL = 2


@dataclass(frozen=True)
class Chart:
    """`finding` says in words what the drawing shows; `left_out` lines are in its table alone."""

    title: str
    finding: str
    lines: tuple[Line, ...]
    names: tuple[str, ...]

    @property
    def drawn(self) -> tuple[tuple[str, tuple[tuple[int, int], ...]], ...]:
        """The name and the points of the largest lines, in the order of the table."""
        largest = sorted(range(len(self.lines)), key=lambda place: -self.lines[place].size)
        return tuple(
            (
                self.names[place],
                tuple((point.gatherings, point.of) for point in self.lines[place].points),
            )
            for place in sorted(largest[:MOST_LINES])
        )

    @property
    def left_out(self) -> int:
        return max(0, len(self.lines) - MOST_LINES)

    @property
    def headings(self) -> tuple[str, ...]:
        return ("Quarter", *self.names)

    @property
    def table(self) -> tuple[tuple[str, ...], ...]:
        columns = [line.points for line in self.lines]
        return tuple(
            (quarter_in_words(points[0].quarter), *(point.words for point in points))
            for points in zip(*columns, strict=True)
        )


@dataclass(frozen=True)
class Section:
    """One measure, counted by one definition and judged by one version of the rules."""

    title: str
    definition: str
    rules: str
    charts: tuple[Chart, ...]


def sections(found: Trends) -> tuple[Section, ...]:
    return tuple(
        Section(
            title=str(family.measure.label),
            definition=str(family.definition.label),
            rules=f"Rules: version {family.rules_version}",
            charts=tuple(_charts(found, family)),
        )
        for family in found.families
    )


def _charts(found: Trends, family: Family) -> Iterator[Chart]:
    shown = (
        ("Shown to meet", Found.MET, (Part.WHOLE,)),
        ("Main stage and everywhere else", Found.MET, PARTS),
        ("Not known", Found.NOT_KNOWN, (Part.WHOLE,)),
    )
    for title, what, parts in shown:
        lines = found.of(family, what, parts)
        if lines:
            names = tuple(_name(line, with_part=len(parts) > 1) for line in lines)
            yield Chart(title, _finding(lines, names), lines, names)


def _name(line: Line, *, with_part: bool) -> str:
    source = line.source or line.found.label
    return f"{line.part.label}: {source[:1].lower()}{source[1:]}" if with_part else source


def _finding(lines: tuple[Line, ...], names: tuple[str, ...]) -> str:
    """Of many lines only which way each went: their numbers stand in the table below."""
    if len(lines) <= MOST_IN_FULL:
        return " ".join(_sentence(line, name) for line, name in zip(lines, names, strict=True))
    went: dict[int | None, list[str]] = {change: [] for change in AT_THE_END}
    for line, name in zip(lines, names, strict=True):
        went[_change(line)].append(f"“{name}”")
    return " ".join(
        f"{AT_THE_END[change]}: {', '.join(those)}." for change, those in went.items() if those
    )


def _ends(line: Line) -> tuple[Point, Point]:
    held = [point for point in line.points if point.of]
    return held[0], held[-1]


def _change(line: Line) -> int | None:
    first, last = _ends(line)
    if first == last:
        return None
    before, after = (Fraction(point.gatherings, point.of) for point in (first, last))
    return (after > before) - (after < before)


def _sentence(line: Line, name: str) -> str:
    (first, last), change = _ends(line), _change(line)
    if change is None:
        return f"{name}: {last.words} in {quarter_in_words(last.quarter)}."
    return (
        f"{name}: {first.words} in {quarter_in_words(first.quarter)},"
        f" {last.words} in {quarter_in_words(last.quarter)}, {CHANGES[change]}."
    )
