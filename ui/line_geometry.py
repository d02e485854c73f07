"""Where the points of lines over time lie, and how high a scale reaches. No markup.

Drawn for narrow screens first: small enough that words keep their size on a phone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

WIDTH, HEIGHT = 420, 300
LEFT, RIGHT, TOP, BOTTOM = 46, 296, 20, 250
"""The edges of the plot; names of lines stand to its right."""
INSET = 12
BETWEEN_NAMES = 36
STEPS = (1, 2, 5)
MOST_LEVELS = 5
Point = tuple[date, float | None]


@dataclass(frozen=True)
class Spot:
    x: float
    y: float


@dataclass(frozen=True)
class Scale:
    """From `low` to `high`, marked at each of `levels`; from `first` day to `last`."""

    first: date
    last: date
    levels: tuple[float, ...]

    def x(self, day: date) -> float:
        span = (self.last - self.first).days
        if not span:
            return (LEFT + RIGHT) / 2
        width = RIGHT - LEFT - 2 * INSET
        return round(LEFT + INSET + width * (day - self.first).days / span, 2)

    def y(self, number: float) -> float:
        low, high = self.levels[0], self.levels[-1]
        return round(BOTTOM - (BOTTOM - TOP) * (number - low) / (high - low), 2)


def scale_of(days: Sequence[date], numbers: Sequence[float], *, most: float | None = None) -> Scale:
    """Always with nought in it. `most`: no level beyond this one, such as 100 of a percentage."""
    low, high = min(0.0, *numbers, 0.0), max(0.0, *numbers, 0.0)
    step = _step(high - low or 1.0)
    levels: list[float] = []
    level = (low // step) * step
    while not levels or levels[-1] < high or len(levels) < 2:
        levels.append(round(level, 6))
        level += step
    kept = [each for each in levels if most is None or each <= most]
    return Scale(min(days), max(days), tuple(kept if len(kept) > 1 else levels))


def _step(span: float) -> float:
    size = 0.01
    while True:
        for step in STEPS:
            if span <= step * size * MOST_LEVELS:
                return step * size
        size *= 10


def strokes(points: Sequence[Point], scale: Scale) -> tuple[tuple[Spot, ...], ...]:
    """The points that follow one another without a gap; a line is drawn through each run."""
    runs = (list(run) for has, run in groupby(points, lambda one: one[1] is not None) if has)
    return tuple(
        tuple(Spot(scale.x(day), scale.y(number)) for day, number in run if number is not None)
        for run in runs
    )


def name_heights(wanted: Sequence[float]) -> tuple[float, ...]:
    """As near to where each line ends as names can stand without touching, within the plot."""
    order = sorted(range(len(wanted)), key=lambda place: wanted[place])
    found = [0.0] * len(wanted)
    lowest: float = TOP
    for done, place in enumerate(order):
        room = BOTTOM - BETWEEN_NAMES * (len(order) - 1 - done)
        found[place] = round(max(lowest, min(wanted[place], room)), 2)
        lowest = found[place] + BETWEEN_NAMES
    return tuple(found)


def days_to_name(days: Sequence[date]) -> tuple[date, ...]:
    """The first and the last, and one between where there is room for it."""
    ordered = sorted(set(days))
    if len(ordered) < 3:
        return tuple(ordered)
    first, last = ordered[0], ordered[-1]
    middle = min(ordered[1:-1], key=lambda day: abs((day - first) - (last - day)))
    is_roomy = min(middle - first, last - middle) * 3 >= last - first
    return (first, middle, last) if is_roomy else (first, last)
