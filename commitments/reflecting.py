"""When an event asks for a reflection. Rules only."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from commitments.enums import InvitationKind, InvitationState, Shown
from commitments.states import STAYED_AWAY
from commitments.verdicts import worst_showing
from panels.audit import LineUp
from panels.thresholds import Thresholds
from ui.dates import months_later

PARTS = {
    "what_happened": "What happened",
    "what_we_asked": "What we asked",
    "why": "Why it turned out so",
    "will_try": "What we will try",
}
"""The parts of a reflection with their headings, in the order they are read."""
LONGEST_PART = 2000
PUBLISHED_SHOWN, PUBLISHED_A_PAGE = 3, 10
"""On the pledge's own page, and on the page of all of them."""
WAITS_FOR_MONTHS = 12
USUAL = Thresholds()


@dataclass(frozen=True)
class Held:
    """What is known of an entry of the ledger. `line_ups` are the counts of it, if any;
    `thresholds` are those that the pledge asks for."""

    kind: InvitationKind
    state: InvitationState
    held_on: date | None
    line_ups: Sequence[LineUp] = ()
    thresholds: Thresholds = USUAL


def is_shown_to_meet(held: Held) -> bool:
    """Both thresholds, by every count. Where nothing was counted, nothing is shown."""
    if not held.line_ups:
        return False
    return worst_showing(held.line_ups, held.thresholds).shown == Shown.BOTH


def took_place(held: Held, *, today: date) -> bool:
    """Its day is over, or the leader says that they took part. A talk is no event."""
    if held.kind == InvitationKind.CONVERSATION:
        return False
    return held.state == InvitationState.TOOK_PART or (
        held.held_on is not None and held.held_on < today
    )


def asks_for_reflection(held: Held, *, today: date) -> bool:
    return took_place(held, today=today) and not is_shown_to_meet(held)


def is_waited_for(held: Held, *, today: date) -> bool:
    """Worth reminding of: the leader was part of it, and it is not long past."""
    recent = held.held_on is None or held.held_on > months_later(today, -WAITS_FOR_MONTHS)
    return held.state not in STAYED_AWAY and recent and asks_for_reflection(held, today=today)
