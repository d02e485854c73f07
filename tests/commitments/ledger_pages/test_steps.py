"""Noting what came of an entry, and taking it back."""

import pytest
from django.test import Client

from commitments import ledger
from commitments.enums import InvitationState
from commitments.models import Invitation
from organisations.models import User
from tests.commitments.conftest import today
from tests.commitments.ledger_pages.conftest import ASKED, at, page_of, states, step


def test_a_step_is_noted(invitation: Invitation, as_alice: Client) -> None:
    address = at("invitation_detail", invitation)
    response = as_alice.post(address, {"state": "took_part", "on": today()})
    assert response["Location"] == address
    assert states(invitation) == ["received", "took_part"]
    page = as_alice.get(address).content.decode()
    assert "Alice Adeyemi noted: Took part" in page
    assert as_alice.post(address, {"state": "took_part", "on": today()}).status_code == 302
    assert states(invitation) == ["received", "took_part"]


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        ({}, {"state": ["Choose one."], "on": ["Enter a date."]}),
        ({"state": "changed", "on": "today"}, {"state": [ledger.ASK_FIRST]}),
        ({"state": "accepted", "on": "tomorrow"}, {"on": [ledger.NOT_YET]}),
        ({"state": "accepted", "on": "nonsense"}, {"on": ["Enter a valid date."]}),
        ({"state": "put_forward", "on": "today"}, {"number": [ledger.HOW_MANY]}),
        ({"state": "put_forward", "on": "today", "number": "0"}, {"number": [ledger.HOW_MANY]}),
        (
            {"state": "put_forward", "on": "today", "number": "many"},
            {"number": [ledger.HOW_MANY]},
        ),
    ],
)
def test_a_wrong_step_is_refused_and_kept(
    sent: dict[str, str], errors: dict[str, list[str]], invitation: Invitation, as_alice: Client
) -> None:
    days = {"today": today(), "tomorrow": today(1)}
    typed = {name: days.get(value, value) for name, value in sent.items()}
    response = as_alice.post(at("invitation_detail", invitation), typed or {"x": "x"})
    assert response.context["form"].errors == errors
    assert states(invitation) == ["received"]


@pytest.mark.parametrize("state", ["won", "<script>", "x" * 10_000])
def test_an_unknown_state_is_refused(state: str, invitation: Invitation, as_alice: Client) -> None:
    response = as_alice.post(at("invitation_detail", invitation), {"state": state, "on": today()})
    assert list(response.context["form"].errors) == ["state"]


def test_a_number_that_does_not_matter_does_not_disturb(
    invitation: Invitation, as_alice: Client
) -> None:
    sent = {"state": "accepted", "on": today(), "number": "many"}
    assert as_alice.post(at("invitation_detail", invitation), sent).status_code == 302
    assert invitation.steps.get(state="accepted").number is None


def test_how_many_were_put_forward(invitation: Invitation, as_alice: Client) -> None:
    sent = {"state": "put_forward", "on": today(), "number": "3"}
    page = as_alice.post(at("invitation_detail", invitation), sent, follow=True).content.decode()
    assert "<p>Put forward 3 others</p>" in page


def test_who_wrote_what_and_what_is_not_confirmed(
    invitation: Invitation, alice: User, as_assistant: Client, as_alice: Client
) -> None:
    step(invitation, alice, ASKED)
    as_assistant.post(at("invitation_detail", invitation), {"state": "accepted", "on": today()})
    step(invitation, None, InvitationState.ANSWERED)
    page = page_of(as_alice, invitation)
    assert page.count("Not confirmed yet") == 1
    assert page.count("<bdi>Dana Diaz</bdi>") == 1
    assert page.count("<bdi>Alice Adeyemi</bdi>") == 3
    assert "Noted by <bdi>Alice Adeyemi</bdi>" in page
    assert page.count("the organiser") == 1


def test_taking_back_a_step(invitation: Invitation, alice: User, as_alice: Client) -> None:
    step(invitation, alice, ASKED)
    address = at("step_take_back", invitation)
    assert "Take back “I asked”" in page_of(as_alice, invitation)
    for sent in ({"state": "accepted"}, {"state": "received"}, {"state": "won"}, {}):
        as_alice.post(address, sent)
        assert states(invitation) == ["received", "asked"]
    as_alice.post(address, {"state": "asked"})
    as_alice.post(address, {"state": "asked"})
    assert states(invitation) == ["received"]
    page = page_of(as_alice, invitation)
    assert "Take back “I asked”" not in page
    assert "Alice Adeyemi took back: I asked" in page
