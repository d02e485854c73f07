"""Steps: what each writes, what is refused, and what is taken back."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from commitments.actions import entries
from commitments.enums import InvitationState, PledgeVerb
from commitments.models import Invitation
from history.models import Entry
from organisations.models import User
from tests.commitments.conftest import verbs
from tests.commitments.ledger.conftest import (
    ACCEPTED,
    ANSWERED,
    ASKED,
    CHANGED,
    NOW,
    RECEIVED,
    TODAY,
    everything,
    path,
    summary,
    take,
)
from tests.factories.replies import AskLetterFactory


def test_a_step(seen: Invitation, alice: User) -> None:
    take(seen, alice, ASKED, on=date(2026, 5, 10))
    take(seen, alice, CHANGED)
    assert path(seen) == [
        (RECEIVED, date(2026, 5, 1), True),
        (ASKED, date(2026, 5, 10), True),
        (CHANGED, TODAY, True),
    ]
    assert summary(seen) == (CHANGED, date(2026, 5, 10), True)
    assert [entry.details for entry in Entry.objects.order_by("pk") if entry.details] == [
        {"invitation_state": "asked"},
        {"invitation_state": "changed"},
    ]


def test_a_step_is_taken_once(seen: Invitation, alice: User) -> None:
    first = take(seen, alice, ASKED)
    before = everything()
    assert take(seen, alice, ASKED, on=date(2026, 5, 3)) == first
    assert everything() == before


def test_people_put_forward_are_counted(seen: Invitation, alice: User) -> None:
    assert take(seen, alice, InvitationState.PUT_FORWARD, number=3).number == 3
    assert take(seen, alice, ACCEPTED, number=3).number is None


@pytest.mark.parametrize(
    ("state", "on", "field"),
    [
        (CHANGED, TODAY, "state"),
        (ACCEPTED, date(2026, 5, 21), "on"),
        (InvitationState.PUT_FORWARD, TODAY, "number"),
    ],
)
def test_a_step_that_cannot_be(
    state: InvitationState, on: date, field: str, seen: Invitation, alice: User
) -> None:
    before = everything()
    with pytest.raises(ValidationError) as refusal:
        take(seen, alice, state, on=on)
    assert list(refusal.value.message_dict) == [field]
    assert everything() == before


def test_the_leader_confirms_by_saying_the_same(
    seen: Invitation, alice: User, assistant: User
) -> None:
    assert take(seen, assistant, ASKED).confirmed_at is None
    assert take(seen, assistant, ASKED).confirmed_at is None
    assert take(seen, alice, ASKED).confirmed_at == NOW


def test_whoever_answers_was_asked(seen: Invitation, alice: User) -> None:
    AskLetterFactory(invitation=seen, created_at=NOW - timedelta(days=3))
    take(seen, None, ANSWERED)
    assert path(seen)[1:] == [(ASKED, date(2026, 5, 17), True), (ANSWERED, TODAY, True)]
    assert seen.steps.get(state=ANSWERED).by is None
    assert summary(seen) == (ANSWERED, date(2026, 5, 17), False)


def test_what_was_noted_of_asking_stays_when_the_answer_comes(
    seen: Invitation, alice: User
) -> None:
    AskLetterFactory(invitation=seen, created_at=NOW - timedelta(days=3))
    take(seen, alice, ASKED, on=date(2026, 5, 18))
    take(seen, None, ANSWERED)
    assert path(seen)[1:] == [(ASKED, date(2026, 5, 18), True), (ANSWERED, TODAY, True)]


def test_taking_back_the_newest_step(seen: Invitation, alice: User) -> None:
    take(seen, alice, ASKED)
    take(seen, alice, CHANGED)

    def back(state: InvitationState) -> bool:
        return entries.take_back_step(invitation=seen, state=state, by=alice, now=NOW)

    assert not back(ASKED)
    assert back(CHANGED)
    assert not back(CHANGED)
    assert summary(seen) == (ASKED, TODAY, False)
    assert back(ASKED)
    assert not back(RECEIVED)
    assert path(seen) == [(RECEIVED, date(2026, 5, 1), True)]
    assert summary(seen) == (RECEIVED, None, False)
    assert verbs()[-2:] == [PledgeVerb.STEP_TAKEN_BACK] * 2


def test_an_assistant_undoes_nothing_that_the_leader_confirmed(
    seen: Invitation, alice: User, assistant: User
) -> None:
    take(seen, alice, ASKED)
    before = everything()
    with pytest.raises(PermissionDenied):
        entries.take_back_step(invitation=seen, state=ASKED, by=assistant, now=NOW)
    with pytest.raises(PermissionDenied):
        entries.remove_invitation(invitation=seen, by=assistant, now=NOW)
    assert everything() == before
    take(seen, assistant, ACCEPTED)
    assert entries.take_back_step(invitation=seen, state=ACCEPTED, by=assistant, now=NOW)
