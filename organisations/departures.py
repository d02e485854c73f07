"""Who has something to take back when somebody stops belonging to an organisation.

An app registers it when it starts, as it does with what it erases.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from organisations.models import Organisation, User


@dataclass(frozen=True)
class Departure:
    """Somebody whose membership has ended; `by` is whoever ended it."""

    person: User
    organisation: Organisation
    by: User
    now: datetime


Receiver = Callable[[Departure], None]
_receivers: list[Receiver] = []


def register(receiver: Receiver) -> None:
    """Called in the transaction in which the membership ends."""
    if receiver not in _receivers:
        _receivers.append(receiver)


def departed(departure: Departure) -> None:
    for receive in _receivers:
        receive(departure)
