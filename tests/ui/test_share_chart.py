"""A chart of shares: what is drawn is what was counted."""

import re
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ui.chart_geometry import BETWEEN_NAMES, BOTTOM, TOP, dots, name_heights, places, strokes
from ui.share_chart import draw, key

shares = st.integers(0, 400).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))
lines = st.lists(st.lists(shares, min_size=8, max_size=8).map(tuple), min_size=1, max_size=4)
LABELS = tuple(f"{year} Q{number}" for year in (2025, 2026) for number in range(1, 5))


@settings(deadline=None)
@given(lines)
def test_every_mark_stands_where_its_share_is(points: list[tuple[tuple[int, int], ...]]) -> None:
    drawing = draw("T", "F", LABELS, tuple((f"L{n}", one) for n, one in enumerate(points)), 1)
    groups = re.findall(r'<g class="chart-line chart-line-(\d)">(.*?)</g>', drawing)
    assert [number for number, _ in groups] == [str(n) for n in range(1, len(points) + 1)]
    for (_, markup), line in zip(groups, points, strict=True):
        wanted = [
            (x, round(BOTTOM - (BOTTOM - TOP) * part / of, 2))
            for x, (part, of) in zip(places(8), line, strict=True)
            if of
        ]
        assert [(dot.x, dot.y) for dot in dots(line)] == wanted
        assert markup.count('class="chart-mark"') == len(wanted)
        drawn = [
            tuple(map(float, pair.split()))
            for path in re.findall(r'class="chart-stroke" d="M([^"]+)"', markup)
            for pair in path.split("L")
        ]
        assert drawn == wanted


def test_a_line_breaks_where_nothing_was_held() -> None:
    runs = strokes([(1, 2), (0, 0), (1, 4), (3, 4)])
    assert [[dot.share for dot in run] for run in runs] == [[(1, 2)], [(1, 4), (3, 4)]]


@given(st.lists(st.floats(TOP, BOTTOM), min_size=1, max_size=4))
def test_names_stand_apart_and_in_the_plot(wanted: list[float]) -> None:
    found = sorted(name_heights(wanted))
    assert all(later - one >= BETWEEN_NAMES - 0.02 for one, later in pairwise(found))
    assert TOP <= found[0] <= found[-1] <= BOTTOM


def test_it_says_what_it_is_and_what_it_finds_and_lets_no_markup_in() -> None:
    drawing = draw("<b>Women</b>", "Up & up", ("2026 Q1",), (("<i>Told</i>", ((1, 2),)),), 1)
    assert 'role="img"' in drawing
    assert ">&lt;b&gt;Women&lt;/b&gt;</title>" in drawing
    assert ">Up &amp; up</desc>" in drawing
    assert "<i>" not in drawing


def test_the_key_has_the_mark_and_the_dash_of_each_line() -> None:
    rows = re.findall(r"<li>(.*?)</li>", key(["Told", "<b>Stated</b>"]))
    assert [re.findall(r"chart-line-(\d)", row) for row in rows] == [["1"], ["2"]]
    assert [re.findall(r"<span>(.*?)</span>", row) for row in rows] == [
        ["Told"],
        ["&lt;b&gt;Stated&lt;/b&gt;"],
    ]
    assert [row.count('class="key-mark"') for row in rows] == [1, 1]


def test_five_lines_are_too_many() -> None:
    with pytest.raises(ValueError, match="holds 4 lines, not 5"):
        draw("T", "F", ("Q1",), tuple((f"L{n}", ((1, 2),)) for n in range(5)), 1)
