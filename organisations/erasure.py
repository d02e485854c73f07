"""Who has something to erase when somebody erases their account.

An app that keeps personal text registers what takes it out when it starts, as it does with its
verbs of history; so the account knows none of the apps above it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from organisations.models import User


@dataclass(frozen=True)
class Farewell:
    """Somebody who goes.

    addresses: every address shown to be theirs, in lower case. instead: what stands in the
    place of an address from now on; no mail ever goes there.
    """

    person: User
    addresses: frozenset[str]
    instead: str
    now: datetime


Eraser = Callable[[Farewell], None]
_erasers: list[Eraser] = []


def register(eraser: Eraser) -> None:
    """Called in the transaction of the erasure, before the account itself is blanked."""
    if eraser not in _erasers:
        _erasers.append(eraser)


def erasers() -> tuple[Eraser, ...]:
    return tuple(_erasers)
