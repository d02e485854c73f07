"""What an entry of the ledger may say."""

from datetime import date

import pytest

from commitments.enums import InvitationState
from commitments.ledger import ASK_FIRST, NOT_YET, Move, lineup_changed, problems_with

TODAY = date(2026, 5, 20)
RECEIVED = date(2026, 5, 1)


def move(
    state: InvitationState = InvitationState.RECEIVED,
    asked_on: date | None = None,
    changed: bool = False,
    held_on: date | None = None,
    received_on: date = RECEIVED,
) -> Move:
    return Move(state, received_on, held_on, asked_on, changed)


@pytest.mark.parametrize(
    "fine",
    [
        move(),
        move(InvitationState.ACCEPTED),
        move(InvitationState.ASKED, asked_on=RECEIVED),
        move(InvitationState.CHANGED, asked_on=TODAY, changed=True),
        move(InvitationState.TOOK_PART, held_on=TODAY),
        move(InvitationState.TOOK_PART),
        move(InvitationState.DECLINED, held_on=date(2027, 1, 1)),
    ],
)
def test_it_works(fine: Move) -> None:
    assert problems_with(fine, today=TODAY) == {}


@pytest.mark.parametrize(
    ("wrong", "problems"),
    [
        (move(InvitationState.ASKED), {"asked_on": ASK_FIRST}),
        (move(InvitationState.ANSWERED), {"asked_on": ASK_FIRST}),
        (move(InvitationState.CHANGED, changed=True), {"asked_on": ASK_FIRST}),
        (move(InvitationState.TOOK_PART, changed=True), {"asked_on": ASK_FIRST}),
        (
            move(asked_on=date(2026, 4, 30)),
            {"asked_on": "This is before the invitation arrived."},
        ),
        (move(asked_on=date(2026, 5, 21)), {"asked_on": NOT_YET}),
        (
            move(InvitationState.TOOK_PART, held_on=date(2026, 5, 21)),
            {"state": "The event has not taken place yet."},
        ),
        (move(received_on=date(2026, 5, 21)), {"received_on": NOT_YET}),
    ],
)
def test_what_cannot_be(wrong: Move, problems: dict[str, str]) -> None:
    assert problems_with(wrong, today=TODAY) == problems


def test_a_line_up_that_changed_is_said_by_the_state_or_by_the_tick() -> None:
    assert lineup_changed(InvitationState.CHANGED, False)
    assert lineup_changed(InvitationState.TOOK_PART, True)
    assert not lineup_changed(InvitationState.TOOK_PART, False)
