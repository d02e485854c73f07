"""Shares over time as SVG: at most four lines, each with a colour, a dash and a mark of its own."""

from collections.abc import Sequence
from functools import lru_cache
from hashlib import sha256

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ui.chart_geometry import (
    BOTTOM,
    HEIGHT,
    LEFT,
    LEVELS,
    RIGHT,
    WIDTH,
    Dot,
    Share,
    dots,
    height_of,
    name_heights,
    places,
    strokes,
)

MOST_LINES = 4
MARKS = (
    "M{l} {y}a6 6 0 1 0 12 0a6 6 0 1 0 -12 0z",
    "M{l} {t}h12v12h-12z",
    "M{x} {t}l7 12h-14z",
    "M{x} {t}l7 6l-7 7l-7 -7z",
)
"""A circle, a square, a triangle, a diamond."""
Lines = tuple[tuple[str, tuple[Share, ...]], ...]


# typed: a safe string equals the same text from a person, and must not lend it its markup.
@lru_cache(maxsize=256, typed=True)
def draw(title: str, text: str, labels: tuple[str, ...], lines: Lines, use: int) -> SafeString:
    """`labels`: one for each point, along the foot. `use` counts drawings on one page.

    Raises ValueError for more than four lines: nobody could tell them apart.
    """
    if len(lines) > MOST_LINES:
        raise ValueError(f"A chart holds {MOST_LINES} lines, not {len(lines)}.")
    digest = sha256(repr((title, text, labels, lines)).encode()).hexdigest()[:8]
    return format_html(
        '<svg class="share-chart" viewBox="0 0 {width} {height}" role="img" '
        'aria-labelledby="{ident}-t {ident}-d"><title id="{ident}-t">{title}</title>'
        '<desc id="{ident}-d">{text}</desc><rect class="chart-ground" width="{width}" '
        'height="{height}"/>{grid}{foot}{lines}</svg>',
        width=WIDTH, height=HEIGHT, ident=f"chart-{digest}-{use}", title=title, text=text,
        grid=_grid(), foot=_foot(labels), lines=_lines(lines),
    )  # fmt: skip


def _grid() -> SafeString:
    rows = [(LEFT, RIGHT, height_of((level, 100)), LEFT - 8, level) for level in LEVELS]
    return format_html_join(
        "",
        '<path class="chart-grid" d="M{0} {2}H{1}"/>'
        '<text class="chart-level" x="{3}" y="{2}">{4}%</text>',
        rows,
    )


def _foot(labels: Sequence[str]) -> SafeString:
    """Each label in two lines, such as a quarter and, where it changes, its year."""
    rows, before = [], ""
    for x, label in zip(places(len(labels)), labels, strict=True):
        year, _, name = label.rpartition(" ")
        rows.append((x, BOTTOM + 22, name, BOTTOM + 42, year if year != before else ""))
        before = year
    return format_html_join(
        "",
        '<text class="chart-foot" x="{0}" y="{1}">{2}</text>'
        '<text class="chart-foot" x="{0}" y="{3}">{4}</text>',
        rows,
    )


def _lines(lines: Lines) -> SafeString:
    ends = [found[-1].y if (found := dots(points)) else float(BOTTOM) for _, points in lines]
    heights = name_heights(ends)
    drawn = (
        (number, _strokes(points), _marks(number, points), _name(name, heights[number - 1]))
        for number, (name, points) in enumerate(lines, 1)
    )
    return format_html_join(
        "",
        '<g class="chart-line chart-line-{}">{}{}{}</g>',
        drawn,
    )


def _name(name: str, y: float) -> SafeString:
    """Beside the end of its line; what follows a colon is in a second line below."""
    first, _, second = name.partition(": ")
    rows = [(RIGHT + 10, y, first), *([(RIGHT + 10, round(y + 17, 2), second)] if second else [])]
    return format_html_join("", '<text class="chart-name" x="{}" y="{}">{}</text>', rows)


def key(names: Sequence[str]) -> SafeString:
    """The names under the drawing, where it is too narrow to hold them at the ends of its lines."""
    rows = [
        (number, _mark(number, Dot(18, 7, (0, 0))), name) for number, name in enumerate(names, 1)
    ]
    return format_html_join(
        "",
        '<li><svg class="chart-sample chart-line-{0}" viewBox="0 0 36 14" aria-hidden="true">'
        '<path class="chart-stroke" d="M0 7H36"/><path class="key-mark" d="{1}"/></svg>'
        "<span>{2}</span></li>",
        rows,
    )


def _strokes(points: tuple[Share, ...]) -> SafeString:
    paths = [("L".join(f"{dot.x} {dot.y}" for dot in run),) for run in strokes(points)]
    return format_html_join("", '<path class="chart-stroke" d="M{}"/>', paths)


def _marks(number: int, points: tuple[Share, ...]) -> SafeString:
    shapes = [(_mark(number, dot),) for dot in dots(points)]
    return format_html_join("", '<path class="chart-mark" d="{}"/>', shapes)


def _mark(number: int, dot: Dot) -> str:
    left, top = round(dot.x - 6, 2), round(dot.y - 6, 2)
    return MARKS[number - 1].format(x=dot.x, y=dot.y, l=left, t=top)
