"""What is removed or taken back, and what stays."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from commitments import ledger
from commitments.models import Invitation, Pledge, Step
from organisations.models import User
from tests.commitments.ledger_pages.conftest import ASKED, at, page_of, states, step
from tests.factories.commitments import InvitationFactory


def test_removing_an_entry(pledge: Pledge, invitation: Invitation, as_alice: Client) -> None:
    address = at("invitation_remove", invitation)
    assert "Remove this entry" in page_of(as_alice, invitation)
    assert as_alice.post(address)["Location"] == at("my_pledge", pledge)
    assert as_alice.post(address).status_code == 404
    assert pledge.invitations.count() == 0


def test_what_something_came_of_stays(
    invitation: Invitation, alice: User, as_alice: Client
) -> None:
    step(invitation, alice, ASKED)
    response = as_alice.post(at("invitation_remove", invitation), follow=True)
    assert "Something has come of this already, so it stays." in response.content.decode()
    assert "Remove this entry" not in response.content.decode()


def test_what_was_noted_long_ago_stays(
    invitation: Invitation, alice: User, as_alice: Client
) -> None:
    step(invitation, alice, ASKED)
    Step.objects.update(at=timezone.localtime() - timedelta(days=8))
    assert "Take back" not in page_of(as_alice, invitation)
    response = as_alice.post(at("step_take_back", invitation), {"state": "asked"}, follow=True)
    assert ledger.STEP_STAYS in response.content.decode()
    assert states(invitation) == ["received", "asked"]
    old = InvitationFactory(
        pledge=invitation.pledge, created_at=timezone.localtime() - timedelta(days=8)
    )
    assert "Remove this entry" not in page_of(as_alice, old)
    page = as_alice.post(at("invitation_remove", old), follow=True).content.decode()
    assert ledger.ENTRY_STAYS in page
