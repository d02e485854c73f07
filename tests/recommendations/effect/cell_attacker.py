"""Somebody who reads every page about an indicator, knows the rules, and calculates.

The attacker is told more than anybody is: that the categories hold everybody, where they do, and
that of two days no more than one figure differs, though not which.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import product

from recommendations.cells import EVERYBODY, NOBODY, Cell, Release, releases

MINIMUM = 2
MOST = 4
DAY = date(2026, 3, 1)
Table = dict[str, Cell]
View = dict[str, Cell | None]
POSSIBLE = tuple(
    Cell(part, part + rest) for part in range(MOST + 1) for rest in range(MOST + 1) if part + rest
)


def with_total(categories: Table, unlisted: Cell = NOBODY) -> Table:
    return {EVERYBODY: sum(categories.values(), unlisted), **categories}


def views(*tables: Table, same_day: bool = False) -> list[View]:
    days = (DAY + timedelta(days=0 if same_day else 90 * place) for place in range(len(tables)))
    return releases(
        [Release(day, table) for day, table in zip(days, tables, strict=True)], minimum=MINIMUM
    )


def tables_behind(view: View, *, holds_everybody: bool) -> Iterator[tuple[Table, Cell]]:
    """Every table that a page with a total could tell of, and who is in no category."""
    names = [name for name in view if name != EVERYBODY]
    known = {name: cell for name in names if (cell := view[name]) is not None}
    unknown = [name for name in names if view[name] is None]
    total = view[EVERYBODY]
    follows = bool(unknown) and holds_everybody and total is not None
    for tried in product(POSSIBLE, repeat=len(unknown) - follows):
        table = known | dict(zip(unknown, tried, strict=False))
        if follows:
            table[unknown[-1]] = total - sum(table.values(), NOBODY)
        for others in _unlisted(total, table, holds_everybody):
            if all(cell.is_possible and cell.whole for cell in table.values()):
                yield {name: table[name] for name in names}, others


def _unlisted(total: Cell | None, table: Table, holds_everybody: bool) -> Iterable[Cell]:
    if holds_everybody:
        return (NOBODY,)
    if total is None:
        return POSSIBLE
    left = total - sum(table.values(), NOBODY)
    return (left,) if left.is_possible else ()


def found_out(truth: tuple[Table, ...], histories: Iterable[tuple[Table, ...]]) -> list[str]:
    """The hidden figures that are the same in every history behind the pages that were read."""
    seen = views(*truth)
    sole = {
        (place, name, side)
        for place, view in enumerate(seen)
        for name, cell in view.items()
        for side in ("part", "rest")
        if cell is None
    }
    for tables in histories:
        if not sole:
            break
        other = {
            (place, name, side)
            for place, name, side in sole
            if getattr(tables[place][name], side) != getattr(truth[place][name], side)
        }
        if other and views(*tables) == seen:
            sole -= other
    return sorted(f"{place}:{name}:{side}" for place, name, side in sole)
