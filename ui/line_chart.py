"""Lines over time as SVG, with the target drawn: each has a colour, a dash, a mark and its name."""

from collections.abc import Sequence
from datetime import date

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from ui.line_geometry import (
    BOTTOM,
    HEIGHT,
    LEFT,
    RIGHT,
    TOP,
    WIDTH,
    Point,
    Scale,
    Spot,
    days_to_name,
    name_heights,
    scale_of,
    strokes,
)

MOST_LINES = 4
MARKS = (
    "M{l} {y}a5 5 0 1 0 10 0a5 5 0 1 0 -10 0z",
    "M{l} {t}h10v10h-10z",
    "M{x} {t}l6 10h-12z",
    "M{x} {t}l6 5l-6 6l-6 -6z",
)
NAME_LETTERS = 14
SMALL_WIDTH, SMALL_HEIGHT = 120, 36
Line = tuple[str, tuple[Point, ...]]


def draw(
    *,
    ident: str,
    title: str,
    text: str,
    lines: Sequence[Line],
    target: float | None,
    target_words: str,
    sign: str,
    most: float | None = None,
) -> SafeString:
    """`ident` is this drawing's own on its page; `sign` stands behind each level, such as "%".

    Raises ValueError for more than four lines: nobody could tell them apart.
    """
    if len(lines) > MOST_LINES:
        raise ValueError(f"A chart holds {MOST_LINES} lines, not {len(lines)}.")
    days = [day for _, points in lines for day, _ in points]
    numbers = [number for _, points in lines for _, number in points if number is not None]
    scale = scale_of(days, numbers + ([] if target is None else [target]), most=most)
    return format_html(
        '<svg class="line-chart" viewBox="0 0 {width} {height}" role="img" '
        'aria-labelledby="{ident}-t {ident}-d"><title id="{ident}-t">{title}</title>'
        '<desc id="{ident}-d">{text}</desc><rect class="chart-ground" width="{width}" '
        'height="{height}"/>{grid}{foot}{lines}</svg>',
        width=WIDTH, height=HEIGHT, ident=ident, title=title, text=text,
        grid=_grid(scale, sign), foot=_foot(days, scale),
        lines=_lines(lines, scale, target, target_words),
    )  # fmt: skip


def _grid(scale: Scale, sign: str) -> SafeString:
    rows = (
        (LEFT, RIGHT, scale.y(level), LEFT - 6, f"{level:g}{sign}")
        for level in scale.levels
    )  # fmt: skip
    return format_html_join(
        "",
        '<path class="chart-grid" d="M{0} {2}H{1}"/>'
        '<text class="chart-level" x="{3}" y="{2}">{4}</text>',
        rows,
    )


def _foot(days: Sequence[date], scale: Scale) -> SafeString:
    rows = (
        (scale.x(day), BOTTOM + 22, f"{day:%b}", BOTTOM + 40, day.year)
        for day in days_to_name(days)
    )
    return format_html_join(
        "",
        '<text class="chart-foot" x="{0}" y="{1}">{2}</text>'
        '<text class="chart-foot" x="{0}" y="{3}">{4}</text>',
        rows,
    )


def _lines(
    lines: Sequence[Line], scale: Scale, target: float | None, target_words: str
) -> SafeString:
    """The target is named beside its line as the others are, and keeps out of their way."""
    runs = [strokes(points, scale) for _, points in lines]
    ends = [found[-1][-1].y if found else float(BOTTOM) for found in runs]
    aim = [] if target is None else [scale.y(target)]
    heights = name_heights([*ends, *aim])
    drawn = format_html_join(
        "",
        '<g class="chart-line chart-line-{}">{}{}{}</g>',
        (
            (number, _strokes(found), _marks(number, found), _name(name, heights[number - 1]))
            for number, ((name, _), found) in enumerate(zip(lines, runs, strict=True), 1)
        ),
    )
    if not aim:
        return drawn
    return format_html(
        '{}<path class="chart-target" d="M{} {}H{}"/>{}',
        drawn, LEFT, aim[0], RIGHT, _name(f"Target {target_words}", heights[-1]),
    )  # fmt: skip


def _name(name: str, y: float) -> SafeString:
    rows = [(RIGHT + 10, round(y + 17 * at, 2), row) for at, row in enumerate(_two_rows(name))]
    return format_html_join("", '<text class="chart-name" x="{}" y="{}">{}</text>', rows)


def _two_rows(name: str) -> list[str]:
    """As much of a name as two short rows hold; the table has the whole of it."""
    first, rest = "", name.split(" ")
    while rest and len(first) + len(rest[0]) <= NAME_LETTERS:
        first = f"{first} {rest.pop(0)}".strip()
    if not first:
        first, rest = rest[0][: NAME_LETTERS - 1] + "…", []
    second = " ".join(rest)
    if len(second) > NAME_LETTERS:
        second = f"{second[: NAME_LETTERS - 1].rstrip()}…"
    return [first, second] if second else [first]


def _strokes(runs: Sequence[Sequence[Spot]]) -> SafeString:
    paths = (("L".join(f"{spot.x} {spot.y}" for spot in run),) for run in runs)
    return format_html_join("", '<path class="chart-stroke" d="M{}"/>', paths)


def _marks(number: int, runs: Sequence[Sequence[Spot]]) -> SafeString:
    shapes = ((_mark(number, spot),) for run in runs for spot in run)
    return format_html_join("", '<path class="chart-mark" d="{}"/>', shapes)


def _mark(number: int, spot: Spot) -> str:
    left, top = round(spot.x - 5, 2), round(spot.y - 5, 2)
    return MARKS[number - 1].format(x=spot.x, y=spot.y, l=left, t=top)


def draw_small(
    *, ident: str, text: str, points: Sequence[Point], target: float | None
) -> SafeString:
    """One line of a list, without words; `text` says what it shows."""
    days = [day for day, _ in points]
    numbers = [number for _, number in points if number is not None]
    scale = scale_of(days, numbers + ([] if target is None else [target]))

    def place(spot: Spot) -> str:
        across = 4 + (SMALL_WIDTH - 8) * (spot.x - LEFT) / (RIGHT - LEFT)
        return f"{across:.1f} {_small_height(spot.y)}"

    runs = [[place(spot) for spot in run] for run in strokes(points, scale)]
    lines = format_html_join(
        "", '<path class="chart-stroke" d="M{}"/>', (("L".join(run),) for run in runs)
    )
    end = format_html('<path class="chart-end" d="M{}h0"/>', runs[-1][-1]) if runs else ""
    aim = "" if target is None else format_html(
        '<path class="chart-target" d="M2 {}H{}"/>', _small_height(scale.y(target)), SMALL_WIDTH - 2
    )  # fmt: skip
    return format_html(
        '<svg class="small-chart chart-line-1" viewBox="0 0 {} {}" role="img" '
        'aria-labelledby="{}-t"><title id="{}-t">{}</title>{}{}{}</svg>',
        SMALL_WIDTH, SMALL_HEIGHT, ident, ident, text, aim, lines, end,
    )  # fmt: skip


def _small_height(y: float) -> str:
    return f"{4 + (SMALL_HEIGHT - 8) * (y - TOP) / (BOTTOM - TOP):.1f}"
