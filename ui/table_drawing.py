"""Where the chairs stand around an oval table, seen from above. Plain geometry, no markup."""

from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from math import atan2, cos, degrees, hypot, pi, sin

MOST_SEATS = 60
"""Beyond this many, chairs are too small to count and a bar says more."""

_STEPS = 2880


@dataclass(frozen=True)
class Shape:
    """A drawing's sheet in its own units: the oval the chairs' centres stand on, and limits."""

    width: float
    height: float
    ring_x: float
    ring_y: float
    largest_seat: float


LARGE = Shape(640, 400, 270, 152, 31)
SMALL = Shape(160, 104, 65, 37, 10)
SHAPES = {"large": LARGE, "small": SMALL}

SEAT_WIDTH, SEAT_FRONT, SEAT_BACK = 0.84, 0.8, 1.32
"""A chair's half width and its reach to the front and back, in seat radii."""

_ROOM = 1.24
"""Half the distance between two chairs' centres, in seat radii."""


@dataclass(frozen=True)
class Seat:
    x: float
    y: float
    angle: float
    """Clockwise degrees that turn a chair drawn with its back to the top outwards."""


@lru_cache(maxsize=256)
def seat_positions(n: int, shape: Shape = LARGE) -> tuple[Seat, ...]:
    """n places evenly spaced by arc length, clockwise from the top middle."""
    if not 0 <= n <= MOST_SEATS:
        raise ValueError(f"A table seats 0 to {MOST_SEATS}, not {n}.")
    travelled = _arc_lengths(shape)
    whole = travelled[-1]
    seats: list[Seat] = []
    step = 0
    for place in range(n):
        while travelled[step] < whole * place / n - 1e-6:
            step += 1
        seats.append(_seat_at(2 * pi * step / _STEPS, shape))
    return tuple(seats)


@lru_cache(maxsize=256)
def seat_radius(n: int, shape: Shape = LARGE) -> float:
    """As large as the sheet allows without two chairs touching, in the drawing's units."""
    seats = seat_positions(n, shape)
    if n < 2:
        return shape.largest_seat
    nearest = min(
        hypot(a.x - b.x, a.y - b.y) for a, b in zip(seats, seats[1:] + seats[:1], strict=True)
    )
    return round(min(shape.largest_seat, nearest / 2 / _ROOM), 2)


def table_radii(n: int, shape: Shape = LARGE) -> tuple[float, float]:
    """The table grows towards its chairs when they are small."""
    room = seat_radius(n, shape) + shape.largest_seat * 0.35
    return round(shape.ring_x - room, 2), round(shape.ring_y - room, 2)


def _arc_lengths(shape: Shape) -> list[float]:
    points = [_point(2 * pi * step / _STEPS, shape) for step in range(_STEPS + 1)]
    pieces = (hypot(bx - ax, by - ay) for (ax, ay), (bx, by) in pairwise(points))
    return [0.0, *accumulate(pieces)]


def _point(turn: float, shape: Shape) -> tuple[float, float]:
    return (
        shape.width / 2 + shape.ring_x * sin(turn),
        shape.height / 2 - shape.ring_y * cos(turn),
    )


def _seat_at(turn: float, shape: Shape) -> Seat:
    x, y = _point(turn, shape)
    # The oval's outward normal, not the line from its middle: chairs face the table's edge.
    normal_x, normal_y = sin(turn) / shape.ring_x, -cos(turn) / shape.ring_y
    return Seat(round(x, 2), round(y, 2), round(degrees(atan2(normal_x, -normal_y)), 1))
