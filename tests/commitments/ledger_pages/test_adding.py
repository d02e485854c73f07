"""Adding an invitation, a seat or another occasion."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from commitments.enums import InvitationKind
from commitments.models import Pledge
from organisations.models import Organisation
from tests.commitments.conftest import today
from tests.commitments.ledger_pages.conftest import at
from tests.factories.panels import GatheringFactory


def test_a_quick_add_needs_a_name_alone(pledge: Pledge, as_alice: Client) -> None:
    address = at("invitation_add", pledge)
    assert 'name="received_on" value="' + today() in as_alice.get(address).content.decode()
    response = as_alice.post(
        address, {"kind": "invited", "title": "صوت 🌻", "received_on": today()}, follow=True
    )
    added = pledge.invitations.get()
    assert response.redirect_chain[-1][0] == at("invitation_detail", added)
    assert (added.title, added.state, added.kind) == ("صوت 🌻", "received", "invited")
    page = response.content.decode()
    assert "Ask back now" in page
    assert page.count('class="button button-primary"') == 2


@pytest.mark.parametrize("kind", InvitationKind)
def test_the_words_fit_the_kind(kind: InvitationKind, pledge: Pledge, as_alice: Client) -> None:
    address = f"{at('invitation_add', pledge)}?kind={kind}"
    page = as_alice.get(address).content.decode()
    assert f'name="kind" value="{kind}"' in page
    assert page.count('aria-current="page"') == 1
    as_alice.post(address, {"kind": kind, "title": "One", "received_on": today()})
    assert pledge.invitations.get().kind == kind


@pytest.mark.parametrize("kind", ["nonsense", "", "x" * 5_000])
def test_an_unknown_kind_is_an_invitation(kind: str, pledge: Pledge, as_alice: Client) -> None:
    page = as_alice.get(at("invitation_add", pledge), {"kind": kind}).content.decode()
    assert 'name="kind" value="invited"' in page


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("title", "x" * 10_000),
        ("title", ""),
        ("organiser", "x" * 10_000),
        ("note", "x" * 10_000),
        ("held_on", "tomorrow"),
        ("held_on", "9999-12-31"),
        ("received_on", "0001-01-01"),
        ("received_on", "2999-01-01"),
        ("received_on", ""),
        ("asked_on", "2001-01-01"),
        ("asked_on", "2999-01-01"),
        ("gathering", "4e1b2c3d-0000-0000-0000-000000000000"),
    ],
)
def test_a_wrong_invitation_is_refused_and_kept(
    field: str, typed: str, pledge: Pledge, harbour: Organisation, as_alice: Client
) -> None:
    GatheringFactory(organisation=harbour)
    sent = {"kind": "invited", "title": "Voices", "received_on": today()} | {field: typed}
    response = as_alice.post(at("invitation_add", pledge), sent)
    assert list(response.context["form"].errors) == [field]
    assert response.context["form"][field].value() == typed
    if field != "gathering":
        assert typed in response.content.decode()
    if field not in ("title", "organiser", "held_on"):
        assert '<details class="disclosure" open>' in response.content.decode()
    assert pledge.invitations.count() == 0


def test_a_double_click_adds_one(pledge: Pledge, as_alice: Client) -> None:
    sent = {"kind": "invited", "title": "Voices", "received_on": today()}
    first, second = (as_alice.post(at("invitation_add", pledge), sent) for _ in range(2))
    assert first["Location"] == second["Location"]
    assert pledge.invitations.count() == 1


def test_only_events_one_may_see_are_offered(
    pledge: Pledge,
    harbour: Organisation,
    northside: Organisation,
    as_alice: Client,
    as_assistant: Client,
) -> None:
    GatheringFactory(organisation=harbour, title="Ours")
    GatheringFactory(
        organisation=harbour, title="Long ago", held_on=timezone.localdate() - timedelta(days=500)
    )
    GatheringFactory(organisation=northside, title="Theirs")
    page = as_alice.get(at("invitation_add", pledge)).content.decode()
    assert ("Ours" in page, "Theirs" in page, "Long ago" in page) == (True, False, False)
    assert "Ours" not in as_assistant.get(at("invitation_add", pledge)).content.decode()
