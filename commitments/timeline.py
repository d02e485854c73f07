"""A leader's year month by month: what was asked, what changed, who looked back. Rules only."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from uuid import UUID

from commitments.enums import InvitationState

MONTHS_OPEN = 2
"""The newest months stand open; the others show how much is in them."""
MOST_LINES = 40
"""Of one month; what is beyond stands in the list of invitations."""

DONE, MISSED, OPEN, REFLECTED = "check_in_done", "check_in_missed", "check_in_open", "reflected"
STATUS = {DONE: ("done", "Checked in"), OPEN: ("waiting", "Open")}
SUMMED_UP = {
    InvitationState.ASKED.value: "asked",
    InvitationState.ANSWERED.value: "answered",
    InvitationState.CHANGED.value: "changed",
    InvitationState.TOOK_PART.value: "took part",
}


@dataclass(frozen=True)
class Happening:
    """One line: `kind` is the step's state, or one of the kinds above."""

    on: date
    kind: str
    words: str
    about: str = ""
    invitation: UUID | None = None
    is_confirmed: bool = True
    counts_as_changed: bool = False

    @property
    def status(self) -> tuple[str, str]:
        """Kind and word of its status tag; both empty where it has none."""
        return STATUS.get(self.kind, ("", ""))


@dataclass(frozen=True)
class Month:
    first: date
    happenings: Sequence[Happening]
    is_open: bool

    @property
    def shown(self) -> Sequence[Happening]:
        return self.happenings[:MOST_LINES]

    @property
    def more(self) -> int:
        return max(0, len(self.happenings) - MOST_LINES)

    @property
    def summary(self) -> str:
        """ "3 asked, 1 changed, check-in missed"."""
        counts = Counter(happening.kind for happening in self.happenings)
        parts = [f"{counts[kind]} {word}" for kind, word in SUMMED_UP.items() if counts[kind]]
        if counts[MISSED]:
            parts.append("check-in missed")
        return ", ".join(parts)


def months_of(happenings: Iterable[Happening], *, first: date, last: date) -> list[Month]:
    """Those from `first` to `last`, under their months, the newest first."""
    told = sorted(
        (one for one in happenings if first <= one.on <= last), key=lambda one: one.on, reverse=True
    )
    by_month = groupby(told, key=lambda one: one.on.replace(day=1))
    return [
        Month(month, tuple(group), place < MONTHS_OPEN)
        for place, (month, group) in enumerate(by_month)
    ]
