"""What an organiser may answer through a letter's link, and which of it stands. Rules only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from commitments import links
from commitments.enums import InvitationKind
from commitments.links import Door
from panels.audit import LineUp
from panels.enums import Barrier, BarrierState, GatheringKind

MOST_ANSWERS = 10
LONGEST_NOTE = 2000
ENOUGH = (
    f"This link has taken {MOST_ANSWERS} answers and takes no more. Nothing was saved: write to"
    " whoever asked you instead."
)
NOTHING_YET = "Nothing is filled in yet. One thing is enough: a number, a choice or a few words."
STATES = (
    BarrierState.IN_PLACE, BarrierState.PLANNED, BarrierState.NO, BarrierState.NOT_APPLICABLE,
)  # fmt: skip
"""What an organiser can say; "asked, no reply" is for whoever asks."""


def door(
    *, expires_at: datetime, revoked_at: datetime | None, pledge_is_closed: bool, now: datetime
) -> Door:
    """Of a link that is known. A closed pledge keeps no more answers."""
    if pledge_is_closed:
        return Door.PLEDGE_CLOSED
    return links.door(expires_at, revoked_at, now)


@dataclass(frozen=True)
class Given:
    """One answer as typed. Every part may be missing, though not all of them."""

    line_up: LineUp | None
    barriers: Mapping[Barrier, BarrierState]
    note: str = ""
    name: str = ""

    @property
    def is_empty(self) -> bool:
        """A name alone answers nothing."""
        return self.line_up is None and not self.barriers and not self.note

    def says_the_same(self, other: "Given") -> bool:
        """Whatever the order of its counts."""
        return self._content == other._content

    @property
    def _content(self) -> tuple[object, ...]:
        tallies = frozenset(self.line_up.tallies) if self.line_up else None
        return tallies, dict(self.barriers), self.note, self.name


def refusal(answers: int) -> str:
    """Why one more answer may not come through this link; empty where it may."""
    return ENOUGH if answers >= MOST_ANSWERS else ""


def is_after(held_on: date | None, *, today: date) -> bool:
    """Given once the event was over: then it tells what was, and changes nothing."""
    return held_on is not None and today > held_on


def kind_of_line_up(gathering: GatheringKind | None, kind: InvitationKind) -> GatheringKind:
    """Who counts, where no event is linked: those who speak, or those with a vote on a seat's
    board or committee."""
    if gathering:
        return gathering
    return GatheringKind.COMMITTEE if kind == InvitationKind.SEAT else GatheringKind.EVENT
