"""The drawing of an indicator and the table of the same numbers, from what may be shown."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from recommendations.cells import EVERYBODY
from recommendations.effect import Amount, Figure, Standing, Terms, few_in_words
from ui.dates import in_full

MOST_LINES = 4
NAME_OF_EVERYBODY = "Everybody"
HIDDEN_IN_TABLE = "Hidden"
NOT_RECORDED = "Not recorded"
Line = tuple[str, tuple[tuple[date, float | None], ...]]


@dataclass(frozen=True)
class Drawing:
    """`finding` says in words what the drawing shows. Lines beyond four are in the table alone."""

    title: str
    finding: str
    lines: tuple[Line, ...]
    target: float | None
    target_words: str
    left_out: int

    @property
    def has_points(self) -> bool:
        return any(number is not None for _, points in self.lines for _, number in points)


@dataclass(frozen=True)
class Sheet:
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def shown_name(category: str) -> str:
    return category or NAME_OF_EVERYBODY


def of_stamp(shown: Sequence[Figure], stamp: int) -> list[Figure]:
    return [figure for figure in shown if figure.stamp == stamp]


def categories_of(shown: Sequence[Figure]) -> list[str]:
    """Everybody first, then as they first came."""
    found = dict.fromkeys(name for figure in shown for name in figure.amounts)
    return sorted(found, key=lambda name: name != EVERYBODY)


def drawing(name: str, shown: Sequence[Figure], found: Standing, terms: Terms) -> Drawing:
    """One line for each category of one definition; figures of another never join it."""
    same = of_stamp(shown, terms.stamp)
    lines = [(category, _points(same, category)) for category in categories_of(same)]
    drawn = [line for line in lines if any(number is not None for _, number in line[1])]
    largest = sorted(drawn, key=lambda line: (line[0] != EVERYBODY, -_people(same, line[0])))
    kept = {category for category, _ in largest[:MOST_LINES]}
    return Drawing(
        title=name,
        finding=_finding(found, terms),
        lines=tuple((shown_name(line[0]), line[1]) for line in drawn if line[0] in kept),
        target=_target(terms),
        target_words=terms.in_words(terms.target),
        left_out=len(drawn) - len(kept),
    )


def _target(terms: Terms) -> float | None:
    """At its height in the drawing a hidden one could be read."""
    if terms.target is None or terms.is_few(terms.target):
        return None
    return float(terms.target)


def _points(same: Sequence[Figure], category: str) -> tuple[tuple[date, float | None], ...]:
    found = ((figure.day, figure.amounts.get(category)) for figure in same)
    return tuple((day, float(amount.number) if amount else None) for day, amount in found)


def _people(same: Sequence[Figure], category: str) -> int:
    amounts = [figure.amounts.get(category) for figure in same]
    return max((amount.of.whole for amount in amounts if amount and amount.of), default=0)


def _finding(found: Standing, terms: Terms) -> str:
    if found.few_on:
        return few_in_words(found.few_on, terms) + _target_in_words(terms, "")
    if found.newest is None or found.now is None:
        return "There is no figure for everybody to show."
    now = f"{found.now.words(terms.unit)} on {in_full(found.newest.day)}"
    then = ""
    if found.since and found.since < found.newest.day:
        then = f"{found.before} on {in_full(found.since)}, "
    moved = f" {found.movement.value}." if then else ""
    return f"{then}{now}.{moved}{_target_in_words(terms, f': {_lower(found)}')}"


def _target_in_words(terms: Terms, reached: str) -> str:
    if terms.target is None:
        return ""
    by = f" by {in_full(terms.target_on)}" if terms.target_on else ""
    return f" The target is {terms.in_words(terms.target)}{by}{reached}."


def _lower(found: Standing) -> str:
    words = found.reached.value
    return words[:1].lower() + words[1:]


def sheet(shown: Sequence[Figure], unit: str, *, hidden: str = HIDDEN_IN_TABLE) -> Sheet:
    """Newest first, with the source of each day."""
    categories = categories_of(shown)
    rows = tuple(
        (
            in_full(figure.day),
            *(_cell(figure, category, unit, hidden) for category in categories),
            figure.source or "Not given",
        )
        for figure in reversed(shown)
    )
    return Sheet(("As at", *(shown_name(name) for name in categories), "Where from"), rows)


def _cell(figure: Figure, category: str, unit: str, hidden: str) -> str:
    if category not in figure.amounts:
        return NOT_RECORDED
    amount: Amount | None = figure.amounts[category]
    return amount.words(unit) if amount else hidden


EXPORT_HEADINGS = (
    "As at",
    "Category",
    "Counted",
    "Out of",
    "Figure",
    "Unit",
    "Definition",
    "Source",
)


def export(
    shown: Sequence[Figure], unit: str, *, is_share: bool, hidden: str = HIDDEN_IN_TABLE
) -> list[tuple[object, ...]]:
    """One row for each day and category, as the page shows them."""
    rows: list[tuple[object, ...]] = [EXPORT_HEADINGS]
    for figure in shown:
        for category, amount in figure.amounts.items():
            counted = (amount.of.part, amount.of.whole) if amount and amount.of else ("", "")
            number = f"{float(amount.number):.2f}" if amount else hidden
            rows.append((
                figure.day.isoformat(), shown_name(category), *counted, number,
                "%" if is_share else unit, f"Version {figure.stamp}", figure.source,
            ))  # fmt: skip
    return rows
