"""When an event asks for a reflection."""

from dataclasses import replace
from datetime import date

import pytest

from commitments.enums import InvitationKind, InvitationState
from commitments.reflecting import Held, asks_for_reflection, is_shown_to_meet, is_waited_for
from panels import entry
from panels.audit import LineUp
from panels.enums import Basis, GatheringKind
from panels.thresholds import WOMEN, Threshold, Thresholds

TODAY = date(2026, 5, 20)
YESTERDAY = date(2026, 5, 19)


def line_up(women: int, minoritised: int) -> LineUp:
    """Of ten people."""
    numbers = entry.TypedPart(10, women, 10 - women, minoritised, 10 - minoritised)
    return entry.line_up(
        entry.Typed(GatheringKind.PANEL, numbers, women_basis=Basis.ORGANISER_STATED, told=True)
    )


PAST = Held(InvitationKind.INVITED, InvitationState.ACCEPTED, YESTERDAY)


@pytest.mark.parametrize(
    ("women", "minoritised", "expected"), [(5, 2, True), (4, 2, False), (5, 1, False)]
)
def test_shown_to_meet_is_both(women: int, minoritised: int, expected: bool) -> None:
    held = replace(PAST, line_ups=[line_up(women, minoritised)])
    assert is_shown_to_meet(held) is expected


def test_of_two_counts_the_worse_holds() -> None:
    for line_ups, expected in (
        ([line_up(5, 2), line_up(6, 3)], True),
        ([line_up(5, 2), line_up(4, 2)], False),
        ([line_up(5, 1), line_up(5, 2)], False),
    ):
        assert is_shown_to_meet(replace(PAST, line_ups=line_ups)) is expected


def test_a_pledge_may_ask_for_more() -> None:
    held = replace(PAST, line_ups=[line_up(5, 2)], thresholds=Thresholds(WOMEN, Threshold(1, 4)))
    assert not is_shown_to_meet(held)


def test_nothing_counted_shows_nothing() -> None:
    assert not is_shown_to_meet(PAST)
    assert asks_for_reflection(PAST, today=TODAY)


def test_an_event_that_met_asks_for_nothing() -> None:
    assert not asks_for_reflection(replace(PAST, line_ups=[line_up(5, 2)]), today=TODAY)
    assert asks_for_reflection(replace(PAST, line_ups=[line_up(5, 1)]), today=TODAY)


@pytest.mark.parametrize(
    ("held_on", "state", "expected"),
    [
        (YESTERDAY, InvitationState.ACCEPTED, True),
        (YESTERDAY, InvitationState.DECLINED, True),
        (TODAY, InvitationState.ACCEPTED, False),
        (TODAY, InvitationState.TOOK_PART, True),
        (None, InvitationState.TOOK_PART, True),
        (None, InvitationState.ACCEPTED, False),
    ],
)
def test_only_what_took_place(held_on: date | None, state: InvitationState, expected: bool) -> None:
    held = replace(PAST, held_on=held_on, state=state)
    assert asks_for_reflection(held, today=TODAY) is expected


def test_a_talk_is_no_event() -> None:
    talk = replace(PAST, kind=InvitationKind.CONVERSATION, state=InvitationState.TOOK_PART)
    assert not asks_for_reflection(talk, today=TODAY)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (InvitationState.TOOK_PART, True),
        (InvitationState.STEPPED_ASIDE, True),
        (InvitationState.RECEIVED, True),
        (InvitationState.DECLINED, False),
        (InvitationState.WITHDREW, False),
    ],
)
def test_who_stayed_away_is_not_waited_for(state: InvitationState, expected: bool) -> None:
    assert is_waited_for(replace(PAST, state=state), today=TODAY) is expected


@pytest.mark.parametrize(
    ("held_on", "expected"), [(date(2025, 5, 21), True), (date(2025, 5, 20), False)]
)
def test_nobody_waits_longer_than_a_year(held_on: date, expected: bool) -> None:
    assert is_waited_for(replace(PAST, held_on=held_on), today=TODAY) is expected
