"""How a pledge is kept: counts of the leader's own ledger, never a score.

Every figure carries its denominator in words. Rules version and definition go with them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from commitments.enums import InvitationState
from ui.dates import months_later

RULES_VERSION = "record-1"
LAPSES_AFTER_MONTHS = 12
NO_RECORD_YET = "no record yet"
NO_RECENT_RECORD = "no recent record"


@dataclass(frozen=True)
class LedgerFact:
    """One invitation as the ledger holds it."""

    state: InvitationState
    received_on: date
    asked_on: date | None
    lineup_changed: bool
    held_on: date | None


class OfWhat(NamedTuple):
    """What a denominator counts."""

    one: str
    many: str


INVITATIONS = OfWhat("invitation", "invitations")
ASKED_ABOUT = OfWhat("line-up asked about", "line-ups asked about")


@dataclass(frozen=True)
class Figure:
    """`count` out of `out_of`."""

    key: str
    label: str
    count: int
    out_of: int
    of_what: OfWhat

    @property
    def denominator(self) -> str:
        noun = self.of_what.one if self.out_of == 1 else self.of_what.many
        return f"of {self.out_of} {noun}"


@dataclass(frozen=True)
class Year:
    """Invitations received in the 12 months up to and including `last`."""

    first: date
    last: date
    invitations: Figure
    asked: Figure
    changed: Figure
    declined: Figure
    stepped_aside: Figure
    took_part: Figure
    rules_version: str = RULES_VERSION

    @property
    def figures(self) -> tuple[Figure, ...]:
        return (
            self.changed,
            self.asked,
            self.took_part,
            self.declined,
            self.stepped_aside,
        )


def year_to(today: date, facts: Iterable[LedgerFact]) -> Year:
    first = months_later(today, -LAPSES_AFTER_MONTHS) + timedelta(days=1)
    counted = [fact for fact in facts if first <= fact.received_on <= today]
    asked = [fact for fact in counted if fact.asked_on is not None]
    changed = sum(fact.lineup_changed for fact in asked)
    everything = len(counted)
    return Year(
        first=first,
        last=today,
        invitations=Figure("invitations", "Invitations", everything, everything, INVITATIONS),
        asked=Figure("asked", "Asked who is at the table", len(asked), everything, INVITATIONS),
        changed=Figure("changed", "Line-up changed after asking", changed, len(asked), ASKED_ABOUT),
        declined=_in_state(InvitationState.DECLINED, "Declined", counted),
        stepped_aside=_in_state(InvitationState.STEPPED_ASIDE, "Stepped aside", counted),
        took_part=_in_state(InvitationState.TOOK_PART, "Took part", counted),
    )


def _in_state(state: InvitationState, label: str, counted: Sequence[LedgerFact]) -> Figure:
    count = sum(fact.state == state for fact in counted)
    return Figure(state.value, label, count, len(counted), INVITATIONS)


def last_evidence(
    facts: Iterable[LedgerFact], *, spoke_on: date | None, today: date
) -> date | None:
    """The newest day on which something was asked, done or looked back on; never in the future.

    `spoke_on` is the last check-in that reported something. An invitation that merely came in
    is no evidence of keeping a promise.
    """
    days = [spoke_on]
    for fact in facts:
        days.append(fact.asked_on)
        if fact.state == InvitationState.TOOK_PART:
            days.append(fact.held_on)
    return max((day for day in days if day is not None and day <= today), default=None)


def evidence_words(*, last: date | None, made_on: date, today: date) -> str:
    """What the public page says of the record's age."""
    newest = last or made_on
    if months_later(newest, LAPSES_AFTER_MONTHS) <= today:
        return NO_RECENT_RECORD
    if last is None:
        return NO_RECORD_YET
    return f"last evidence {_weeks_ago((today - last).days // 7)}"


def _weeks_ago(weeks: int) -> str:
    if weeks == 0:
        return "this week"
    return "1 week ago" if weeks == 1 else f"{weeks} weeks ago"
