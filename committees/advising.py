"""When advice is owed an answer. Rules only."""

from dataclasses import dataclass
from datetime import date

from ui.dates import months_later


@dataclass(frozen=True)
class AdviceFacts:
    """`next_meeting`: the first one of its group after it was given that is not cancelled."""

    asked_on: date | None
    reply_by: date | None
    given_on: date | None
    answered_on: date | None
    next_meeting: date | None
    meets_every_months: int


@dataclass(frozen=True)
class Standing:
    """`due`: advice that was asked for is owed by that day; an answer is owed before it."""

    due: date | None
    is_late: bool
    was_late: bool = False


def answer_due(facts: AdviceFacts) -> date | None:
    """The day before which an answer is owed: the group's next meeting, planned or not."""
    if facts.given_on is None:
        return None
    return facts.next_meeting or months_later(facts.given_on, facts.meets_every_months)


def standing(facts: AdviceFacts, *, today: date) -> Standing:
    due = answer_due(facts)
    if due is None:
        by = facts.reply_by
        return Standing(due=by, is_late=by is not None and today > by)
    if facts.answered_on is not None:
        return Standing(due=due, is_late=False, was_late=facts.answered_on >= due)
    return Standing(due=due, is_late=today >= due)
