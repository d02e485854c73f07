from itertools import combinations
from math import cos, hypot, radians, sin

import pytest

from ui.table_drawing import (
    LARGE,
    MOST_SEATS,
    SEAT_BACK,
    SEAT_FRONT,
    SEAT_WIDTH,
    SMALL,
    Seat,
    Shape,
    seat_positions,
    seat_radius,
    table_radii,
)

Point = tuple[float, float]
SHAPES = pytest.mark.parametrize("shape", [LARGE, SMALL], ids=["large", "small"])
COUNTS = pytest.mark.parametrize("n", range(1, MOST_SEATS + 1))


def corners(seat: Seat, radius: float) -> list[Point]:
    turn = radians(seat.angle)
    box = [(-1, -SEAT_BACK), (1, -SEAT_BACK), (1, SEAT_FRONT), (-1, SEAT_FRONT)]
    return [
        (
            seat.x + (x * SEAT_WIDTH * cos(turn) - y * sin(turn)) * radius,
            seat.y + (x * SEAT_WIDTH * sin(turn) + y * cos(turn)) * radius,
        )
        for x, y in box
    ]


def overlap(one: list[Point], other: list[Point]) -> bool:
    """Two convex shapes overlap unless some edge's normal separates them."""
    for shape in (one, other):
        for (ax, ay), (bx, by) in zip(shape, shape[1:] + shape[:1], strict=True):
            normal = (ay - by, bx - ax)
            reach = [[x * normal[0] + y * normal[1] for x, y in points] for points in (one, other)]
            if max(reach[0]) <= min(reach[1]) or max(reach[1]) <= min(reach[0]):
                return False
    return True


@SHAPES
@COUNTS
def test_no_chair_touches_another(n: int, shape: Shape) -> None:
    radius = seat_radius(n, shape)
    chairs = [corners(seat, radius) for seat in seat_positions(n, shape)]
    assert [pair for pair in combinations(range(n), 2) if overlap(*(chairs[i] for i in pair))] == []


@SHAPES
@COUNTS
def test_chairs_stay_on_the_sheet_and_off_the_table(n: int, shape: Shape) -> None:
    radius = seat_radius(n, shape)
    table_x, table_y = table_radii(n, shape)
    for seat in seat_positions(n, shape):
        for x, y in corners(seat, radius):
            assert 0 <= x <= shape.width
            assert 0 <= y <= shape.height
            assert hypot((x - shape.width / 2) / table_x, (y - shape.height / 2) / table_y) > 1


@SHAPES
@pytest.mark.parametrize("n", [2, 3, 7, 20, 59, 60])
def test_chairs_are_evenly_spaced(n: int, shape: Shape) -> None:
    seats = seat_positions(n, shape)
    gaps = [hypot(a.x - b.x, a.y - b.y) for a, b in zip(seats, seats[1:] + seats[:1], strict=True)]
    assert len(set(seats)) == n
    if n >= 20:
        assert max(gaps) / min(gaps) < 1.06


def test_the_first_chair_stands_at_the_top_and_faces_down() -> None:
    assert seat_positions(4)[0] == Seat(LARGE.width / 2, LARGE.height / 2 - LARGE.ring_y, 0.0)
    assert [seat.angle for seat in seat_positions(4)] == [0.0, 90.0, 180.0, -90.0]


def test_an_empty_table_has_no_chairs() -> None:
    assert seat_positions(0) == ()
    assert seat_radius(0) == LARGE.largest_seat
    assert seat_radius(1) == LARGE.largest_seat


@pytest.mark.parametrize("n", [-1, MOST_SEATS + 1])
def test_it_refuses_what_it_cannot_seat(n: int) -> None:
    with pytest.raises(ValueError, match="A table seats 0 to 60"):
        seat_positions(n)
