"""Who may say no to work they were asked to do, and what it takes to hand work over."""

from uuid import uuid4

import pytest

from recommendations.handing_over import NOTE_OWED, Passing, why_not_hand_over
from recommendations.handing_over import SOMEBODY_ELSE as NOT_THEMSELVES
from recommendations.objecting import (
    ACCEPTED,
    ANSWER_OWED,
    DONE,
    NOT_ASKED,
    ONE_OPEN,
    REASON_OWED,
    SOMEBODY_ELSE,
    Asked,
    why_not_now,
    why_not_object,
    why_not_settle,
)

ASKED = Asked(is_lead=True, has_accepted=False)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (ASKED, ""),
        (Asked(is_lead=False, has_accepted=False), NOT_ASKED),
        (Asked(is_lead=True, has_accepted=True), ACCEPTED),
        (Asked(is_lead=True, has_accepted=False, is_proven=True), DONE),
        (Asked(is_lead=True, has_accepted=False, has_objected=True), ONE_OPEN),
    ],
)
def test_when_somebody_may_say_no(asked: Asked, said: str) -> None:
    assert why_not_now(asked) == said
    assert why_not_object(asked, reason="No time.") == said


@pytest.mark.parametrize(("reason", "said"), [("No.", ""), ("", REASON_OWED), (" \n", REASON_OWED)])
def test_a_no_has_a_reason(reason: str, said: str) -> None:
    assert why_not_object(ASKED, reason=reason) == said


@pytest.mark.parametrize(
    ("answer", "is_reassigned", "to_who_objected", "said"),
    [
        ("You get two days.", False, False, ""),
        ("Bea does it.", True, False, ""),
        ("You do it.", True, True, SOMEBODY_ELSE),
        (" ", False, False, ANSWER_OWED),
        ("", True, False, ANSWER_OWED),
    ],
)
def test_a_no_has_an_answer(
    answer: str, is_reassigned: bool, to_who_objected: bool, said: str
) -> None:
    found = why_not_settle(
        answer=answer, is_reassigned=is_reassigned, to_who_objected=to_who_objected
    )
    assert found == said


@pytest.mark.parametrize(("note", "said"), [("Ask Leeds.", ""), ("", NOTE_OWED), ("  ", NOTE_OWED)])
def test_a_handover_has_a_note(note: str, said: str) -> None:
    assert why_not_hand_over(Passing(uuid4(), None, uuid4(), note), holder=uuid4()) == said


def test_nobody_hands_over_to_themselves() -> None:
    person = uuid4()
    passing = Passing(uuid4(), uuid4(), person, "Ask Leeds.")
    assert why_not_hand_over(passing, holder=person) == NOT_THEMSELVES
