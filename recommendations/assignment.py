"""Who leads an action and by when: what may be proposed, and what stands."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

DATE_STANDS = "This date was accepted. It stands."
DATE_PASSED = "This date has passed. Choose one still to come."
NO_DATE = "This action has no date yet. The coordinator proposes one first."


@dataclass(frozen=True)
class Assignment:
    """`lead` is a person's id; `target_date` stays a draft until the lead accepts it."""

    action: UUID
    lead: UUID | None
    target_date: date | None


def why_not_propose(
    wanted: date | None, *, present: date | None, is_accepted: bool, today: date
) -> str:
    """Why this date cannot take the place of the present one; empty when it can."""
    if wanted == present:
        return ""
    if is_accepted:
        return DATE_STANDS
    return DATE_PASSED if wanted is not None and wanted < today else ""


def why_not_accept(target: date | None, *, today: date) -> str:
    """Why nobody can take this action on yet; empty when its lead can."""
    if target is None:
        return NO_DATE
    return DATE_PASSED if target < today else ""
