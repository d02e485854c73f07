"""Looking again at what was closed as implemented: is it still in place?"""

from dataclasses import dataclass
from datetime import date

from recommendations.enums import Sustained
from ui.dates import in_full

OVER = "This check is no longer open."
NOTE_OWED = "Say what you found, in a sentence or two."


@dataclass(frozen=True)
class Check:
    """One re-check. `is_open`: neither recorded nor dropped because it was reopened."""

    due_on: date
    is_open: bool


def why_not_record(check: Check, *, result: str, note: str, today: date) -> str:
    """Why this cannot be recorded; empty when it can.

    That it has not lasted may be said at any time; that it has, from the day on which it is due.
    """
    if not check.is_open:
        return OVER
    if not note.strip():
        return NOTE_OWED
    if result == Sustained.SUSTAINED and today < check.due_on:
        return f"This can be said from {in_full(check.due_on)} on."
    return ""
