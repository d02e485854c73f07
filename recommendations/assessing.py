"""Equality impact assessments: who may sign one off, and when it is due to be looked at again."""

from collections.abc import Collection
from datetime import date
from uuid import UUID

from ui.dates import months_later

LONGEST_TO_REVIEW = 36
"""Months: what nobody looks at for longer no longer tells how things are."""
TO_COME = "Choose a day to come."
TOO_LATE = "Choose a day within three years."


def may_sign(*, author: UUID, writers: Collection[UUID], signer: UUID) -> bool:
    """`writers`: everybody who changed a word of it. Nobody signs what they wrote themselves."""
    return signer != author and signer not in writers


def why_not_review(day: date, *, today: date) -> str:
    """Empty where the next review may be on that day."""
    if day <= today:
        return TO_COME
    return TOO_LATE if day > months_later(today, LONGEST_TO_REVIEW) else ""


def is_overdue(next_review: date | None, *, today: date) -> bool:
    return next_review is not None and next_review < today
