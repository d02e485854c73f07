"""The pages of the ledger are the leader's and their assistants', and nobody else's."""

import pytest
from django.test import Client
from django.utils import timezone

from commitments.models import Invitation, Pledge
from organisations.models import User
from tests.commitments.ledger_pages.conftest import ASKED, PAGES, at, page_of, step
from tests.factories.commitments import InvitationFactory

POSTED = ["step_take_back", "invitation_remove", "invitation_anew", "letter_make"]


@pytest.mark.parametrize("name", PAGES)
def test_an_entry_is_the_leaders_and_their_assistants(
    name: str,
    invitation: Invitation,
    as_alice: Client,
    as_assistant: Client,
    as_bea: Client,
    as_chidi: Client,
    client: Client,
) -> None:
    address = at(name, invitation)
    assert as_alice.get(address).status_code == 200
    assert as_alice.head(address).status_code == 200
    assert as_assistant.get(address).status_code == (403 if name == "invitation_edit" else 200)
    assert as_alice.delete(address).status_code == 405
    assert as_bea.post(address, {"state": "declined"}).status_code == 404
    assert as_chidi.get(address).status_code == 404
    assert client.get(address)["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("name", POSTED)
def test_what_is_only_posted(
    name: str, invitation: Invitation, as_alice: Client, as_bea: Client, client: Client
) -> None:
    address = at(name, invitation)
    assert as_alice.get(address).status_code == 405
    assert as_bea.post(address).status_code == 404
    assert client.post(address)["Location"].startswith("/accounts/login/")


def test_an_assistant_whose_help_has_ended_sees_nothing(
    pledge: Pledge, invitation: Invitation, as_assistant: Client
) -> None:
    pledge.assistants.update(ended_at=timezone.now())
    assert as_assistant.get(at("invitation_detail", invitation)).status_code == 404


def test_an_assistant_is_not_offered_what_is_the_leaders(
    invitation: Invitation, alice: User, as_assistant: Client
) -> None:
    step(invitation, alice, ASKED)
    page = page_of(as_assistant, invitation)
    assert "Take back “I asked”" not in page
    assert (
        as_assistant.post(at("step_take_back", invitation), {"state": "asked"}).status_code == 403
    )
    fresh = InvitationFactory(pledge=invitation.pledge)
    assert "Remove this entry" not in page_of(as_assistant, fresh)
    assert as_assistant.post(at("invitation_remove", fresh)).status_code == 403
