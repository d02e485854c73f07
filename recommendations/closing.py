"""When a recommendation may be proposed for closing, and when it is looked at again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from recommendations.enums import State
from ui.dates import months_later

RECHECK_MONTHS = (6, 12)

ALREADY_PROPOSED = "It is proposed for closing already. The committee decides next."
NO_ACTION = "It has no action yet, so nothing can show that it is done."
REASON_OWED = "Say why, so that people know."
OUTCOME_OWED = "Say what changed, or that there is no outcome yet."
OUTCOME_OR_ACTIVITY = "Either say what changed, or that there is no outcome yet. Not both."
OUTCOME_WITHOUT_IMPLEMENTING = "Only what was implemented has an outcome. Give the reason instead."


@dataclass(frozen=True)
class Wanted:
    """What somebody proposes. `is_activity_only`: done, and no outcome of it is known yet."""

    state: str
    reason: str = ""
    outcome: str = ""
    is_activity_only: bool = False

    @property
    def is_implemented(self) -> bool:
        return self.state == State.CLOSED_IMPLEMENTED


@dataclass(frozen=True)
class Problem:
    """What stands in the way, and the field of the proposal that it is about."""

    field: str
    text: str


@dataclass(frozen=True)
class Step:
    """An action of the recommendation, by its number."""

    number: int
    is_proven: bool


def why_not_propose(
    wanted: Wanted, *, steps: Iterable[Step], is_proposed: bool
) -> tuple[Problem, ...]:
    """Everything that stands in the way of this proposal; empty when nothing does."""
    if is_proposed:
        return (Problem("wanted", ALREADY_PROPOSED),)
    if wanted.is_implemented:
        return (*_not_shown(why_not_implemented(steps)), *_about_the_outcome(wanted))
    return tuple(_about_the_reason(wanted))


def why_not_implemented(steps: Iterable[Step]) -> str:
    """Which actions are not shown to be done; empty when all of them are."""
    steps = list(steps)
    if not steps:
        return NO_ACTION
    missing = [str(step.number) for step in steps if not step.is_proven]
    if not missing:
        return ""
    if len(missing) == 1:
        return f"Action {missing[0]} is not shown to be done yet."
    return f"Actions {', '.join(missing[:-1])} and {missing[-1]} are not shown to be done yet."


def _not_shown(text: str) -> tuple[Problem, ...]:
    return (Problem("wanted", text),) if text else ()


def _about_the_outcome(wanted: Wanted) -> tuple[Problem, ...]:
    if wanted.is_activity_only and wanted.outcome.strip():
        return (Problem("outcome", OUTCOME_OR_ACTIVITY),)
    if not wanted.is_activity_only and not wanted.outcome.strip():
        return (Problem("outcome", OUTCOME_OWED),)
    return ()


def _about_the_reason(wanted: Wanted) -> Iterable[Problem]:
    if not wanted.reason.strip():
        yield Problem("reason", REASON_OWED)
    if wanted.outcome.strip() or wanted.is_activity_only:
        yield Problem("outcome", OUTCOME_WITHOUT_IMPLEMENTING)


def recheck_days(closed_on: date) -> tuple[tuple[int, date], ...]:
    """After how many months, and on which day: the last of a shorter month."""
    return tuple((months, months_later(closed_on, months)) for months in RECHECK_MONTHS)
