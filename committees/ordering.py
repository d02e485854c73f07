"""Moving one thing of a list up or down. Rules only."""

from collections.abc import Sequence
from enum import StrEnum
from typing import TypeVar

Item = TypeVar("Item")


class Way(StrEnum):
    UP = "up"
    DOWN = "down"


def neighbour(items: Sequence[Item], item: Item, way: Way) -> Item | None:
    """What it changes places with; None at the end of the list."""
    place = items.index(item) + (1 if way is Way.DOWN else -1)
    return items[place] if 0 <= place < len(items) else None
