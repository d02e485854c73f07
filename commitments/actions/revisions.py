"""Two people on one entry: the second is told, and loses nothing."""

from typing import Protocol


class Revised(Protocol):
    revision: int


class MovedOnError(Exception):
    """Somebody saved this after it was opened. `current` is the row as it stands."""

    def __init__(self, current: Revised) -> None:
        super().__init__("Somebody saved this meanwhile.")
        self.current = current


def next_revision(row: Revised, *, seen: int) -> None:
    """Count one up on a locked row. Raises MovedOnError when `seen` is not the newest."""
    if row.revision != seen:
        raise MovedOnError(row)
    row.revision += 1
