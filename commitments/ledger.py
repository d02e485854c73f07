"""What an entry of the invitation ledger may say. Rules only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from commitments.enums import InvitationState
from ui.dates import TOO_FAR, is_within_reach

NEEDS_ASKING = frozenset({InvitationState.ASKED, InvitationState.ANSWERED, InvitationState.CHANGED})
ASK_FIRST = "Say when you asked. A change counts only after asking."
NOT_YET = "This day has not come yet."


@dataclass(frozen=True)
class Move:
    """Where an invitation stands after a change."""

    state: InvitationState
    received_on: date
    held_on: date | None
    asked_on: date | None
    lineup_changed: bool


def problems_with(move: Move, *, today: date) -> Mapping[str, str]:
    """Messages by field; empty when the entry may stand."""
    problems = {}
    if move.received_on > today:
        problems["received_on"] = NOT_YET
    if move.asked_on is None and (move.lineup_changed or move.state in NEEDS_ASKING):
        problems["asked_on"] = ASK_FIRST
    elif move.asked_on and move.asked_on < move.received_on:
        problems["asked_on"] = "This is before the invitation arrived."
    elif move.asked_on and move.asked_on > today:
        problems["asked_on"] = NOT_YET
    took_part = move.state == InvitationState.TOOK_PART
    if took_part and move.held_on and move.held_on > today:
        problems["state"] = "The event has not taken place yet."
    return problems


def problems_with_new(move: Move, *, today: date) -> Mapping[str, str]:
    """The same for an entry that is being added, with days of its own."""
    days = {"received_on": move.received_on, "held_on": move.held_on}
    too_far = {
        field: TOO_FAR
        for field, day in days.items()
        if day and not is_within_reach(day, today=today)
    }
    return {**too_far, **problems_with(move, today=today)}


def lineup_changed(state: InvitationState, ticked: bool) -> bool:
    """The state says it too. After it the tick stays until somebody takes it out, as a slip."""
    return ticked or state == InvitationState.CHANGED
