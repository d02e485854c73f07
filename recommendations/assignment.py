"""Who leads an action and by when: what may be proposed, and what stands."""

from dataclasses import dataclass
from datetime import date
from enum import Enum
from uuid import UUID

from ui.dates import TOO_FAR, is_within_reach

DATE_STANDS = "This date was accepted. It stands."
DATE_PASSED = "This date has passed. Choose one still to come."
NO_DATE = "This action has no date yet. The coordinator proposes one first."
DATE_CHANGED = "The date changed while you were reading. Look at it again before you take this on."


class Keep(Enum):
    """Says of one part of an assignment that nobody touched it."""

    AS_IT_IS = "as it is"


@dataclass(frozen=True)
class Assignment:
    """`lead` is a person's id; `target_date` stays a draft until the lead accepts it.

    None takes away what was there. What is kept as it is may meanwhile be changed by others.
    """

    action: UUID
    lead: UUID | Keep | None = Keep.AS_IT_IS
    target_date: date | Keep | None = Keep.AS_IT_IS


def why_not_propose(
    wanted: date | None, *, present: date | None, is_accepted: bool, today: date
) -> str:
    """Why this date cannot take the place of the present one; empty when it can."""
    if wanted == present:
        return ""
    if is_accepted:
        return DATE_STANDS
    if wanted is None:
        return ""
    if wanted < today:
        return DATE_PASSED
    return "" if is_within_reach(wanted, today=today) else TOO_FAR


def why_not_accept(
    target: date | None, *, shown: date | None, is_accepted: bool, today: date
) -> str:
    """Why nobody can take this action on yet; empty when its lead can.

    `shown` is the date the lead said yes to. A date that a lead before accepted stands, also once
    it has passed: whoever takes over takes it over as it is.
    """
    if target is None:
        return NO_DATE
    if shown != target:
        return DATE_CHANGED
    if is_accepted:
        return ""
    if target < today:
        return DATE_PASSED
    return "" if is_within_reach(target, today=today) else TOO_FAR
