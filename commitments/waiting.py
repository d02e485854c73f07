"""What waits for a word about one entry of the ledger. Rules only."""

from datetime import date
from enum import Enum

from commitments.enums import InvitationKind, InvitationState
from commitments.states import OUTCOMES

MOST_WAITS = 6
"""As many as one looks through at once; the others are counted."""
NO_EVENT = frozenset({InvitationKind.CONVERSATION, InvitationKind.SEAT})


class What(Enum):
    """A sentence, and the status it is shown with."""

    OVER = ("It took place. What came of it?", "waiting", "Note it")
    ANSWERED = ("They answered. What came of it?", "in_progress", "Answered")
    TO_REFLECT_ON = ("Not shown to meet. A few lines, while it is fresh.", "waiting", "Reflect")

    def __init__(self, words: str, kind: str, label: str) -> None:
        self.words, self.kind, self.label = words, kind, label


def is_over(
    kind: InvitationKind, state: InvitationState, held_on: date | None, *, today: date
) -> bool:
    """It took place, and nobody has said what came of it."""
    is_an_event = kind not in NO_EVENT
    return state not in OUTCOMES and is_an_event and held_on is not None and held_on < today


def what_waits(
    kind: InvitationKind,
    state: InvitationState,
    held_on: date | None,
    *,
    waits_for_reflection: bool,
    today: date,
) -> What | None:
    if is_over(kind, state, held_on, today=today):
        return What.OVER
    if state == InvitationState.ANSWERED:
        return What.ANSWERED
    return What.TO_REFLECT_ON if waits_for_reflection else None
