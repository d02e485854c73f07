"""When somebody may say why an action is late, and for how long that stops its reminders."""

from dataclasses import dataclass
from datetime import date, timedelta

from ui.dates import in_full

STOPS_FOR = timedelta(days=30)
REASON_MAX = 500
NOT_LATE = "This action is not late, so nobody waits for a reason."
ONE_OPEN = "Somebody has said why already. It holds until {day}."
REASON_OWED = "Say why, in a sentence or two."
TOO_LONG = f"Say it in {REASON_MAX} characters."


@dataclass(frozen=True)
class Late:
    """`is_late`: past its date, not shown to be done, and its lead's turn.

    `until`: of what was said for the date that stands, whether it still holds or not.
    """

    is_late: bool
    until: date | None = None


def until_of(today: date) -> date:
    """The first day on which reminders go out again, when it is said today."""
    return today + STOPS_FOR


def why_not_now(late: Late, *, today: date) -> str:
    """Why nobody can say it now; empty when its lead and its sponsor can."""
    if not late.is_late:
        return NOT_LATE
    if late.until is not None and today < late.until:
        return ONE_OPEN.format(day=in_full(late.until))
    return ""


def why_not_say(late: Late, *, reason: str, today: date) -> str:
    """The same, once they have written why."""
    problem = why_not_now(late, today=today)
    if problem:
        return problem
    if not reason.strip():
        return REASON_OWED
    return TOO_LONG if len(reason.strip()) > REASON_MAX else ""
