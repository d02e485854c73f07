"""What it takes to hand work over: a successor and a note, for each piece of it."""

from dataclasses import dataclass
from uuid import UUID

NOTE_OWED = "Leave a note for whoever takes over."
SOMEBODY_ELSE = "Choose somebody else than whoever hands over."
NOBODY_CHOSEN = "Choose who takes over at least one of these."


@dataclass(frozen=True)
class Passing:
    """One piece of work and who takes it over: an action or, with None, the sponsorship."""

    recommendation: UUID
    action: UUID | None
    to: UUID
    note: str


def why_not_hand_over(passing: Passing, *, holder: UUID) -> str:
    """Why this piece cannot go over; empty when it can."""
    if passing.to == holder:
        return SOMEBODY_ELSE
    return "" if passing.note.strip() else NOTE_OWED
