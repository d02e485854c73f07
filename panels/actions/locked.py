"""A line-up that is locked stays as it was."""

from organisations.refusals import Refused
from panels.models import Gathering

LOCKED = (
    "This line-up is locked: its result is frozen and its names are gone, so it stays as it is."
)
NAMES_GONE = (
    "The names on this line-up went 30 days after the event, so who sits where stays as it is."
)


class LockedError(Refused):
    """Nothing of this line-up can be changed any more."""


def why_it_is_locked(gathering: Gathering) -> str:
    """In words for whoever would change it; empty while it can be changed."""
    if gathering.locked_at is not None:
        return LOCKED
    return NAMES_GONE if gathering.names_dropped_at is not None else ""


def refuse_if_locked(gathering: Gathering) -> None:
    """Of a row that was read under the lock of the write: otherwise the lock may come between."""
    why = why_it_is_locked(gathering)
    if why:
        raise LockedError(why)
