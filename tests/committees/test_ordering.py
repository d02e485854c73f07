"""What an item changes places with."""

import pytest

from committees.ordering import Way, neighbour


@pytest.mark.parametrize(
    ("item", "way", "other"),
    [
        ("a", Way.UP, None),
        ("a", Way.DOWN, "b"),
        ("b", Way.UP, "a"),
        ("c", Way.UP, "b"),
        ("c", Way.DOWN, None),
    ],
)
def test_neighbours(item: str, way: Way, other: str | None) -> None:
    assert neighbour(["a", "b", "c"], item, way) == other


def test_one_alone_has_none() -> None:
    assert [neighbour(["a"], "a", way) for way in Way] == [None, None]
