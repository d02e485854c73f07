"""When the meeting that something moves with is held next.

Groups and their meetings are known one room up: that room says, when it starts, how to ask.
"""

from collections.abc import Callable, Collection, Mapping
from datetime import date
from uuid import UUID

NextMeetings = Callable[[Collection[UUID]], Mapping[UUID, date]]
_ways: list[NextMeetings] = []


def register(way: NextMeetings) -> None:
    """`way`: for each of these meetings, the day on which its group is to meet next after it."""
    if way not in _ways:
        _ways.append(way)


def next_meetings(after: Collection[UUID]) -> dict[UUID, date]:
    if not after:
        return {}
    return {meeting: day for way in _ways for meeting, day in way(after).items()}
