"""Two people at once: what is saved over something newer is shown beside it first."""

from typing import Protocol
from uuid import UUID, uuid5


class Revised(Protocol):
    revision: int


class MovedOnError(Exception):
    """Somebody saved while this was written. `current` is what stands now; nothing has changed."""

    def __init__(self, current: object) -> None:
        super().__init__("Saved by somebody else meanwhile.")
        self.current = current


def refuse_if_moved_on(locked: Revised, *, over_revision: int) -> None:
    if locked.revision != over_revision:
        raise MovedOnError(locked)


def key_of(page: UUID, *parts: object) -> UUID:
    """The key of the row that one opened page makes, so that sending it twice makes no second.

    `parts` keep whoever sends a page's number from naming a row of another organisation.
    """
    return uuid5(page, "/".join(str(part) for part in parts))
