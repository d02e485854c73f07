"""The signature picture as SVG: one chair for each mark, in the order given, never by person."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache
from hashlib import sha256

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from ui.table_drawing import (
    MOST_SEATS,
    SEAT_BACK,
    SEAT_FRONT,
    SEAT_WIDTH,
    SHAPES,
    Seat,
    Shape,
    seat_positions,
    seat_radius,
    table_radii,
)

MARKS = ("yes", "no", "unknown", "plain", "short")
USUAL_WORDS = {
    "yes": "counted",
    "no": "not counted",
    "unknown": "not known",
    "plain": "at the table",
    "short": "still missing",
}
_BAR = (640, 44)


def sentence(marks: Sequence[str], words: dict[str, str]) -> str:
    """The text equivalent: "6 seats: 2 counted, 3 not counted, 1 not known. 1 still missing." """
    counts = Counter(marks)
    seats = sum(number for mark, number in counts.items() if mark != "short")
    parts = [
        f"{counts[mark]} {words[mark]}"
        for mark in MARKS
        if mark not in {"short", "plain"} and counts[mark]
    ]
    told = f"{seats} {'seat' if seats == 1 else 'seats'}"
    told += f": {', '.join(parts)}." if parts else "."
    return told + (f" {counts['short']} {words['short']}." if counts["short"] else "")


# typed: a safe string equals the same text from a person, and must not lend it its markup.
@lru_cache(maxsize=1024, typed=True)
def draw(
    marks: tuple[str, ...], size: str, label: str, text: str, centre: str, use: int
) -> SafeString:
    """`use` counts drawings on one page, so that ids stay unique when a picture appears twice."""
    digest = sha256(repr((marks, size, label, text)).encode()).hexdigest()[:8]
    shape, ident = SHAPES[size], f"line-up-{digest}-{use}"
    body = _bar(marks, ident) if len(marks) > MOST_SEATS else _table(marks, shape, ident, centre)
    width, height = _BAR if len(marks) > MOST_SEATS else (shape.width, shape.height)
    return format_html(
        '<svg class="line-up line-up-{size}" viewBox="0 0 {width} {height}" role="img" '
        'aria-labelledby="{ident}-t {ident}-d"><title id="{ident}-t">{label}</title>'
        '<desc id="{ident}-d">{text}</desc>{hatch}{body}</svg>',
        size=size, width=width, height=height, ident=ident, label=label, text=text,
        hatch=_hatch(ident) if "no" in marks else "", body=body,
    )  # fmt: skip


def _hatch(ident: str) -> SafeString:
    return format_html(
        '<defs><pattern id="{}-h" width="7" height="7" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><path class="hatch-ground" d="M0 0h7v7H0z"/>'
        '<path class="hatch-line" d="M0 0v7"/></pattern></defs>',
        ident,
    )


def _table(marks: tuple[str, ...], shape: Shape, ident: str, centre: str) -> SafeString:
    radius = seat_radius(len(marks), shape)
    table_x, table_y = table_radii(len(marks), shape)
    seats = seat_positions(len(marks), shape)
    return format_html(
        '<ellipse class="table-top" cx="{x}" cy="{y}" rx="{rx}" ry="{ry}"/>{centre}{chairs}',
        x=shape.width / 2, y=shape.height / 2, rx=table_x, ry=table_y,
        centre=_centre(centre, shape),
        chairs=_joined(
            _chair(mark, seat, radius, ident) for mark, seat in zip(marks, seats, strict=True)
        ),
    )  # fmt: skip


def _centre(words: str, shape: Shape) -> SafeString:
    if not words:
        return mark_safe("")
    return format_html(
        '<text class="table-words" x="{}" y="{}">{}</text>',
        shape.width / 2,
        shape.height / 2,
        words,
    )


def _chair(mark: str, seat: Seat, radius: float, ident: str) -> SafeString:
    fill = format_html(' fill="url(#{}-h)"', ident) if mark == "no" else ""
    return format_html(
        '<g class="seat seat-{mark}"><g transform="translate({x} {y}) rotate({angle})">'
        "{parts}</g>{word}</g>",
        mark=mark, x=seat.x, y=seat.y, angle=seat.angle, parts=_chair_parts(radius, fill),
        word=_question(seat, radius) if mark == "unknown" else "",
    )  # fmt: skip


@lru_cache(maxsize=256)
def _chair_parts(radius: float, fill: str) -> SafeString:
    wide, front, back = (round(radius * part, 2) for part in (SEAT_WIDTH, SEAT_FRONT, SEAT_BACK))
    return format_html(
        '<rect class="seat-body" x="-{w}" y="-{f}" width="{ww}" height="{ff}" rx="{r}"{fill}/>'
        '<path class="seat-back" d="M-{w} -{low}Q0 -{high} {w} -{low}" stroke-width="{thick}"/>',
        w=wide, f=front, ww=wide * 2, ff=front * 2, r=round(radius * 0.34, 2), fill=fill,
        low=round(back - radius * 0.24, 2), high=round(back + radius * 0.06, 2),
        thick=round(radius * 0.2, 2),
    )  # fmt: skip


def _question(seat: Seat, radius: float) -> SafeString:
    return format_html(
        '<text class="seat-word" x="{}" y="{}" font-size="{}">?</text>',
        seat.x, seat.y, round(radius * 1.05, 2),
    )  # fmt: skip


def _bar(marks: tuple[str, ...], ident: str) -> SafeString:
    """Over 60 seats: one bar, its parts as long as their share, two units of gap between."""
    width, height = _BAR
    counts = [(mark, count) for mark in MARKS if (count := Counter(marks)[mark])]
    unit = (width - 2 * (len(counts) - 1)) / len(marks)
    parts, left = [], 0.0
    for mark, count in counts:
        fill = format_html(' fill="url(#{}-h)"', ident) if mark == "no" else ""
        parts.append((mark, round(left, 2), round(count * unit, 2), height, fill))
        left += count * unit + 2
    return format_html_join(
        "",
        '<g class="seat seat-{}"><rect class="seat-body" x="{}" y="0" width="{}" height="{}" '
        'rx="3"{}/></g>',
        parts,
    )


def _joined(parts: Iterable[SafeString]) -> SafeString:
    return format_html_join("", "{}", ((part,) for part in parts))
