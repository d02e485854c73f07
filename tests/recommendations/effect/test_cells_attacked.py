"""No hidden figure follows from what is shown, whatever the numbers."""

from collections.abc import Iterator

from hypothesis import given, settings
from hypothesis import strategies as st

from recommendations.cells import NOBODY, Cell
from tests.recommendations.effect.cell_attacker import (
    POSSIBLE,
    Table,
    found_out,
    tables_behind,
    views,
    with_total,
)

Tables = tuple[Table, ...]
side = st.integers(0, 3)
cells = st.builds(lambda part, rest: Cell(part, part + rest), side, side).filter(lambda c: c.whole)
tables = st.builds(
    lambda found: dict(zip("abc", found, strict=False)), st.lists(cells, min_size=1, max_size=3)
)
unlisted = st.one_of(st.just(NOBODY), cells)


@settings(max_examples=40, deadline=None)
@given(tables, unlisted)
def test_from_the_total_and_the_other_categories(table: Table, others: Cell) -> None:
    truth = with_total(table, others)
    [view] = views(truth)
    behind = tables_behind(view, holds_everybody=others == NOBODY)
    assert found_out((truth,), ((with_total(found, rest),) for found, rest in behind)) == []


@settings(max_examples=40, deadline=None)
@given(tables, unlisted, cells, st.integers(0, 2))
def test_from_two_days_of_which_one_figure_differs(
    table: Table, others: Cell, changed: Cell, place: int
) -> None:
    name = sorted(table)[place % len(table)]
    truth = with_total(table, others), with_total(table | {name: changed}, others)

    def histories() -> Iterator[Tables]:
        behind = tables_behind(views(*truth)[0], holds_everybody=others == NOBODY)
        for first, rest in behind:
            for other in sorted(table):
                for cell in POSSIBLE:
                    yield with_total(first, rest), with_total(first | {other: cell}, rest)

    assert found_out(truth, histories()) == []
