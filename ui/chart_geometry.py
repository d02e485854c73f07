"""Where the points of a chart of shares lie. Plain geometry, no markup.

A point is so many of so many, `(2, 5)`; one of nothing, `(0, 0)`, is not drawn.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

Share = tuple[int, int]
WIDTH, HEIGHT = 640, 300
LEFT, RIGHT, TOP, BOTTOM = 52, 452, 18, 246
"""The edges of the plot; names of lines stand to its right."""
BETWEEN_NAMES = 38
"""Each may be of two lines."""
LEVELS = (0, 25, 50, 75, 100)


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    share: Share


def places(number: int) -> tuple[float, ...]:
    """So many, evenly from left to right; one alone is in the middle."""
    if number == 1:
        return ((LEFT + RIGHT) / 2,)
    inset = 14
    width = RIGHT - LEFT - 2 * inset
    return tuple(round(LEFT + inset + width * place / (number - 1), 2) for place in range(number))


def height_of(share: Share) -> float:
    part, whole = share
    return round(BOTTOM - (BOTTOM - TOP) * part / whole, 2)


def dots(points: Sequence[Share]) -> tuple[Dot, ...]:
    return tuple(
        Dot(x, height_of(share), share)
        for x, share in zip(places(len(points)), points, strict=True)
        if share[1]
    )


def strokes(points: Sequence[Share]) -> tuple[tuple[Dot, ...], ...]:
    """The dots that follow one another without a gap; a line is drawn through each."""
    marked = zip(places(len(points)), points, strict=True)
    runs = (list(run) for has, run in groupby(marked, lambda pair: bool(pair[1][1])) if has)
    return tuple(tuple(Dot(x, height_of(share), share) for x, share in run) for run in runs)


def name_heights(wanted: Sequence[float]) -> tuple[float, ...]:
    """As near to where each line ends as they can stand without touching, within the plot."""
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    found = [0.0] * len(wanted)
    lowest: float = TOP
    for done, place in enumerate(order):
        room = BOTTOM - BETWEEN_NAMES * (len(order) - 1 - done)
        found[place] = round(max(lowest, min(wanted[place], room)), 2)
        lowest = found[place] + BETWEEN_NAMES
    return tuple(found)
