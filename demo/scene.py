"""What the leaders' days take place in, and those days in the order in which they happened.

A pledge, its ledger and everything said of it lean on each other and on the day: who asked whom,
what was promised when a check-in was made. So whatever happens to any leader is a step with its
hour, and all steps are taken in one go.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from commitments.models import Invitation, Pledge, Wording
from demo.days import Days
from demo.people import Cast
from panels.models import Gathering

# When it happened, and what then happens at that hour.
Step = tuple[datetime, Callable[[datetime], object]]


@dataclass(frozen=True)
class LineUps:
    """Events and groups in which things happen; `gatherings`, by title, fills as days go by."""

    cast: Cast
    days: Days
    gatherings: dict[str, Gathering] = field(default_factory=dict)

    def at(self, title: str) -> Gathering:
        """As it stands by then."""
        gathering = self.gatherings[title]
        gathering.refresh_from_db()
        return gathering


@dataclass(frozen=True)
class Scene:
    """`pledges`, by their leader's key, and `entries`, by leader and title, fill as days go by."""

    cast: Cast
    days: Days
    gatherings: dict[str, Gathering]
    wording: Wording
    pledges: dict[str, Pledge] = field(default_factory=dict)
    entries: dict[tuple[str, str], Invitation] = field(default_factory=dict)


def live(steps: Iterable[Step]) -> None:
    """Of two steps at one hour the order is kept."""
    for at, happens in sorted(steps, key=lambda step: step[0]):
        happens(at)
