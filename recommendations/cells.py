"""Small numbers in indicators: which figures of a day anybody but their writer may see.

A cell is so many people of so many, in one category. It is shown when both sides, those counted
and the rest, are at least ten people. A hidden cell must not follow from what is shown: neither
from the total and the other categories, nor from two days of which only one figure differs. Every
page, export, chart and alternative text goes through `releases`.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

MINIMUM = 10
EVERYBODY = ""


@dataclass(frozen=True)
class Cell:
    part: int
    whole: int

    @property
    def rest(self) -> int:
        return self.whole - self.part

    def __add__(self, other: "Cell") -> "Cell":
        return Cell(self.part + other.part, self.whole + other.whole)

    def __sub__(self, other: "Cell") -> "Cell":
        return Cell(self.part - other.part, self.whole - other.whole)

    def is_large(self, minimum: int) -> bool:
        return self.part >= minimum and self.rest >= minimum

    @property
    def is_possible(self) -> bool:
        return self.part >= 0 and self.rest >= 0


NOBODY = Cell(0, 0)
Cells = Mapping[str, Cell]


@dataclass(frozen=True)
class Release:
    """All figures of one day that were recorded together; they replace any before of that day."""

    day: date
    cells: Cells


def releases(
    recorded: Sequence[Release], *, minimum: int = MINIMUM
) -> list[dict[str, Cell | None]]:
    """For each release, oldest first, its cells, with None for what is hidden.

    What is hidden never depends on anything recorded later: a page that was read stays right.
    """
    readers = _Readers(minimum)
    return [readers.see(release) for release in recorded]


@dataclass
class _Readers:
    """What everybody was shown so far, and what the next release may add to it.

    The first total that is shown beside categories settles which of them are hidden with it: the
    small ones, and the smallest others until what is left over is large. These stay hidden. Where
    another figure becomes too small later, the total of that day is hidden in its place: beside a
    day that differs in this figure alone, the total would give it away.
    """

    minimum: int
    is_settled: bool = False
    always_hidden: set[str] = field(default_factory=set)
    shown: dict[str, Cell] = field(default_factory=dict)
    shown_by_day: dict[date, dict[str, Cell]] = field(default_factory=dict)
    withheld: set[Cell] = field(default_factory=set)

    def see(self, release: Release) -> dict[str, Cell | None]:
        total = self._total_of(release)
        shown = self._shown(release, total)
        has_total = EVERYBODY in shown or EVERYBODY not in release.cells
        categories = release.cells.keys() - {EVERYBODY}
        if total and categories and shown:
            if has_total:
                self.is_settled = True
                self.always_hidden |= categories - shown
            else:
                self.withheld.add(total)
        told = {name: release.cells[name] for name in shown}
        self.shown |= told
        self.shown_by_day.setdefault(release.day, {}).update(told)
        return {name: told.get(name) for name in release.cells}

    def _total_of(self, release: Release) -> Cell | None:
        """Of its own, or the one that readers remember of that day."""
        told = self.shown_by_day.get(release.day, {})
        return release.cells.get(EVERYBODY, told.get(EVERYBODY))

    def _shown(self, release: Release, total: Cell | None) -> frozenset[str]:
        cells = release.cells
        large = frozenset(name for name, cell in cells.items() if cell.is_large(self.minimum))
        categories = large - {EVERYBODY} - self.always_hidden
        if total is None:
            return categories
        listed = _sum(cells, cells.keys() - {EVERYBODY})
        is_small = EVERYBODY in cells and EVERYBODY not in large
        if is_small or total in self.withheld or not (total - listed).is_possible:
            return frozenset()
        beside = self._beside(release, total, categories)
        if beside is not None:
            return beside | (large & {EVERYBODY})
        return frozenset() if self._is_told(total) else categories

    def _is_told(self, total: Cell) -> bool:
        return any(told.get(EVERYBODY) == total for told in self.shown_by_day.values())

    def _beside(
        self, release: Release, total: Cell, categories: frozenset[str]
    ) -> frozenset[str] | None:
        """The categories to show with the total; None where no choice keeps the others safe."""
        listed = release.cells.keys() - {EVERYBODY}
        small = listed - categories - self.always_hidden
        if small and (self.is_settled or small & self.shown.keys()):
            return None
        shown = set(categories)
        fresh = [] if self.is_settled else sorted(
            categories - self.shown.keys(), key=lambda name: (release.cells[name].whole, name)
        )  # fmt: skip
        while not self._is_safe(release, total, shown):
            if not fresh:
                return None
            shown.remove(fresh.pop(0))
        return frozenset(shown)

    def _is_safe(self, release: Release, total: Cell, shown: set[str]) -> bool:
        """What the total leaves over is large, or nobody where no category is hidden.

        Also once readers take away categories that they remember and this release leaves out.
        """
        over = total - _sum(release.cells, shown)
        hides_nothing = shown == release.cells.keys() - {EVERYBODY}
        of_day = self.shown_by_day.get(release.day, {})
        for remembered in ({}, of_day, self.shown | of_day):
            gone = remembered.keys() - release.cells.keys() - {EVERYBODY}
            left = over - _sum(remembered, gone)
            is_nobody = hides_nothing and left == NOBODY
            if left.is_possible and not left.is_large(self.minimum) and not is_nobody:
                return False
        return True


def _sum(cells: Cells, names: Iterable[str]) -> Cell:
    return sum((cells[name] for name in names), NOBODY)
