"""The drawing, its table and the file hold the same numbers."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recommendations.effect import Recorded, Terms, figures, standing
from recommendations.effect_chart import (
    HIDDEN_IN_TABLE,
    NOT_RECORDED,
    drawing,
    export,
    sheet,
    shown_name,
)
from recommendations.enums import Better
from ui.line_chart import draw
from ui.line_geometry import (
    BETWEEN_NAMES,
    BOTTOM,
    TOP,
    days_to_name,
    name_heights,
    scale_of,
    strokes,
)

FIRST = date(2025, 1, 31)
NOW = datetime(2026, 8, 1, 9, tzinfo=UTC)
TERMS = Terms(is_share=True, unit="", better=Better.HIGHER, stamp=1)
people = st.tuples(st.integers(0, 60), st.integers(1, 60)).map(lambda two: (two[0], sum(two)))
tables = st.lists(
    st.dictionaries(st.sampled_from(["", "a", "b", "c", "d", "e"]), people, min_size=1), max_size=4
)


def recorded(tables: list[dict[str, tuple[int, int]]]) -> list[Recorded]:
    return [
        Recorded(
            FIRST + timedelta(days=180 * place), name, part, whole, None, 1, "",
            NOW + timedelta(minutes=place),
        )
        for place, table in enumerate(tables)
        for name, (part, whole) in table.items()
    ]  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(tables)
def test_they_tell_the_same(tables: list[dict[str, tuple[int, int]]]) -> None:
    typed = recorded(tables)
    shown = figures(typed, TERMS)
    drawn = drawing("Name", shown, standing(shown, TERMS), TERMS)
    page = sheet(shown, "")
    rows = export(shown, "", is_share=True)[1:]
    told = [row for row in rows if row[4] != HIDDEN_IN_TABLE]
    cells = [cell for row in page.rows for cell in row[1:-1] if cell != NOT_RECORDED]
    assert sorted(cell for cell in cells if cell != HIDDEN_IN_TABLE) == sorted(
        f"{row[2]} of {row[3]} ({cell.split('(')[1]}"
        for row, cell in zip(
            told,
            [amount.words("") for figure in shown for amount in figure.amounts.values() if amount],
            strict=True,
        )
    )
    points = {
        (day.isoformat(), name, f"{number:.2f}")
        for name, line in drawn.lines
        for day, number in line
        if number is not None
    }
    in_file = {(row[0], row[1], row[4]) for row in told}
    assert points <= in_file
    assert drawn.left_out or points == in_file
    typed_cells = {(row.day.isoformat(), shown_name(row.category), row.part) for row in typed}
    assert {(row[0], row[1], row[2]) for row in told} <= typed_cells


def test_the_picture_says_what_it_shows() -> None:
    shown = figures(recorded([{"": (30, 100)}, {"": (40, 100)}]), TERMS)
    drawn = drawing("<Name>", shown, standing(shown, TERMS), TERMS)
    markup = draw(
        ident="x", title=drawn.title, text=drawn.finding, lines=drawn.lines, sign="%",
        target=50.0, target_words="50%",
    )  # fmt: skip
    assert '<title id="x-t">&lt;Name&gt;</title>' in markup
    assert 'aria-labelledby="x-t x-d"' in markup
    assert drawn.finding in markup
    assert "Target 50%" in markup
    assert markup.count("chart-target") == 1


def test_no_more_than_four_lines() -> None:
    line = ("a", ((FIRST, 1.0),))
    with pytest.raises(ValueError, match="4 lines"):
        draw(ident="x", title="", text="", lines=[line] * 5, target=None, target_words="", sign="")


@given(st.lists(st.floats(-1e6, 1e6), min_size=1, max_size=8))
def test_every_number_lies_on_the_scale(numbers: list[float]) -> None:
    scale = scale_of([FIRST], numbers)
    assert 2 <= len(scale.levels) <= 8
    assert all(TOP - 0.5 <= scale.y(number) <= BOTTOM + 0.5 for number in [*numbers, 0.0])


def test_a_percentage_reaches_no_further_than_all() -> None:
    assert scale_of([FIRST], [97.0], most=100).levels[-1] == 100


def test_a_gap_breaks_the_line() -> None:
    days = [FIRST + timedelta(days=n) for n in range(4)]
    runs = strokes(list(zip(days, [1.0, None, 2.0, 3.0], strict=True)), scale_of(days, [1.0, 3.0]))
    assert [len(run) for run in runs] == [1, 2]


@given(st.lists(st.floats(TOP, BOTTOM), max_size=5))
def test_names_do_not_touch(wanted: list[float]) -> None:
    found = sorted(name_heights(wanted))
    assert all(b - a >= BETWEEN_NAMES - 0.02 for a, b in pairwise(found))
    assert all(TOP <= height <= BOTTOM for height in found)


def test_days_at_the_foot() -> None:
    days = [FIRST + timedelta(days=n) for n in (0, 5, 50, 100)]
    assert days_to_name(days) == (days[0], days[2], days[3])
    assert days_to_name([*days[:2], days[3]]) == (days[0], days[3])
    assert days_to_name(days[:1]) == (days[0],)
