"""Links that somebody without an account can open: what they open, and for how long. Rules only."""

from datetime import datetime, timedelta
from enum import Enum

PREVIEW_LASTS = timedelta(days=30)
ASSISTANT_LASTS = timedelta(days=30)
HANDOVER_LASTS = timedelta(days=60)
ENCOURAGEMENT_LASTS = timedelta(days=90)
BODY_LASTS = timedelta(days=90)
LETTER_LASTS_AFTER_EVENT = timedelta(days=60)
LETTER_LASTS_WITHOUT_DATE = timedelta(days=180)


class Door(Enum):
    """What a link opens."""

    OPEN = "open"
    UNKNOWN = "unknown"
    EXPIRED = "expired"
    REVOKED = "revoked"
    PLEDGE_CLOSED = "pledge_closed"


def door(expires_at: datetime, revoked_at: datetime | None, now: datetime) -> Door:
    """Of a link that is known. At the moment of its end it is over."""
    if revoked_at is not None:
        return Door.REVOKED
    return Door.OPEN if now < expires_at else Door.EXPIRED


def is_open(expires_at: datetime, revoked_at: datetime | None, now: datetime) -> bool:
    return door(expires_at, revoked_at, now) == Door.OPEN
