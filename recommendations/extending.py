"""When a later date may be asked for, and how far a date has moved."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ui.dates import TOO_FAR, is_within_reach

DRAFT = "This date is still a draft. The coordinator can change it until the lead accepts it."
DONE = "This action is shown to be done. It needs no later date."
ONE_OPEN = "A later date is asked for already. The committee decides next."
NOT_LATER = "Choose a date after the one that stands."
PASSED = "This date has passed. Only the committee can move it now."


@dataclass(frozen=True)
class Standing:
    """The date of an action as it stands: None is no date. `is_asked`: a later one is wanted."""

    target: date | None
    is_accepted: bool
    is_proven: bool = False
    is_asked: bool = False


def why_not_now(standing: Standing, *, today: date, is_own_motion: bool = False) -> str:
    """Why no later date can be asked for at all; empty when one can. The last day is in time.

    is_own_motion: the committee moves the date itself, which it alone may do once it has passed.
    """
    if standing.target is None or not standing.is_accepted:
        return DRAFT
    if standing.is_proven:
        return DONE
    if standing.is_asked:
        return ONE_OPEN
    return PASSED if today > standing.target and not is_own_motion else ""


def why_not_ask(
    new_date: date, standing: Standing, *, today: date, is_own_motion: bool = False
) -> str:
    """Why this date cannot be asked for; empty when it can."""
    problem = why_not_now(standing, today=today, is_own_motion=is_own_motion)
    if problem:
        return problem
    if standing.target is None or new_date <= standing.target:
        return NOT_LATER
    return "" if is_within_reach(new_date, today=today) else TOO_FAR


@dataclass(frozen=True)
class Moves:
    """How often an accepted date has moved, and by how many days in all."""

    times: int
    days: int

    def __str__(self) -> str:
        often = {1: "once", 2: "twice"}.get(self.times, f"{self.times} times")
        return f"moved {often}, {self.days} day{'' if self.days == 1 else 's'}"


def moves_of(approved: Iterable[tuple[date, date]]) -> Moves:
    """From each approved move, as its old and new date."""
    spans = [(new - old).days for old, new in approved]
    return Moves(times=len(spans), days=sum(spans))
