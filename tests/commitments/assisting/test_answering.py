"""Whoever was asked says yes, or no, and only while the link holds."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commitments.actions import assisting as actions
from commitments.actions.assisting import AddressNotConfirmed, AssistingRefused
from commitments.enums import PledgeVerb
from commitments.models import AddressRefusal, Assistant, Pledge
from history.models import Entry
from history.queries import lines_about
from organisations.models import User
from tests.commitments.assisting.conftest import ADDRESS, everything, text_of
from tests.conftest import signed_in_as
from tests.factories.assisting import AssistantFactory, token_of
from tests.factories.organisations import UserFactory
from tests.factories.strangers import mailed, stop_of


def link_of(asked: Assistant) -> str:
    return reverse("assistant_accept", args=[token_of(asked)])


def test_the_link_says_who_asks_and_for_what(asked: Assistant, client: Client) -> None:
    before = everything()
    response = client.get(link_of(asked))
    client.head(link_of(asked))
    shown = text_of(response)
    assert response.status_code == 200
    assert "Alice Adeyemi" in shown
    assert "a…@harbour.example" in shown
    assert ADDRESS not in shown
    assert 'content="noindex"' in shown
    assert f"next={link_of(asked).replace('/', '%2F')}" in shown
    assert client.post(link_of(asked)).status_code == 200
    assert client.put(link_of(asked)).status_code == 405
    assert everything() == before


def test_saying_yes(asked: Assistant, newcomer: User) -> None:
    client = signed_in_as(newcomer)
    assert "Yes, I will help" in text_of(client.get(link_of(asked)))
    response = client.post(link_of(asked), follow=True)
    assert "You help Alice Adeyemi from now on." in text_of(response)
    asked.refresh_from_db()
    assert (asked.user, asked.ended_at) == (newcomer, None)
    after = everything()
    assert client.post(link_of(asked))["Location"] == reverse("me")
    assert everything() == after
    assert [line.text for line in lines_about(asked.pledge)] == ["Adaeze Obi became an assistant"]


def test_the_link_is_for_one_address(
    asked: Assistant, as_chidi: Client, chidi: User, newcomer: User
) -> None:
    newcomer.emailaddress_set.update(verified=False)
    before = everything()
    for client in (as_chidi, signed_in_as(newcomer)):
        shown = text_of(client.post(link_of(asked)))
        assert "which is not a confirmed address of your account" in shown
    with pytest.raises(AddressNotConfirmed):
        actions.become_assistant(asked=asked, by=chidi, now=timezone.now())
    assert everything() == before


def test_a_leader_who_opens_the_link_is_told(asked: Assistant, as_alice: Client) -> None:
    assert "This is your own pledge." in text_of(as_alice.get(link_of(asked)))
    as_alice.post(link_of(asked))
    asked.refresh_from_db()
    assert asked.user is None


def test_nobody_helps_twice(asked: Assistant, newcomer: User) -> None:
    AssistantFactory(pledge=asked.pledge, user=newcomer, email="adaeze@home.example")
    with pytest.raises(AssistingRefused, match="You help with this pledge already"):
        actions.become_assistant(asked=asked, by=newcomer, now=timezone.now())


@pytest.mark.parametrize("why", ["expired", "ended", "closed", "used"])
def test_a_link_that_is_over_says_so(why: str, asked: Assistant, newcomer: User) -> None:
    now = timezone.now()
    changes: dict[str, Any] = {
        "expired": {"expires_at": now},
        "ended": {"ended_at": now},
        "closed": {},
        "used": {"user": UserFactory(), "accepted_at": now},
    }[why]
    Assistant.objects.filter(pk=asked.pk).update(**(changes or {"email": asked.email}))
    if why == "closed":
        Pledge.objects.filter(pk=asked.pledge_id).update(state="closed", closed_at=now)
    before = everything()
    client = signed_in_as(newcomer)
    for response in (
        client.get(link_of(asked)),
        client.post(link_of(asked)),
        Client().get(link_of(asked)),
    ):
        assert response.status_code == 410
        assert "This link no longer works" in text_of(response)
    assert everything() == before


@pytest.mark.parametrize(
    ("token", "status"), [("x", 404), ("x" * 5_000, 404), ("\u202e\u0623", 404), ("a%00b", 400)]
)
@pytest.mark.parametrize("name", ["assistant_accept", "mail_stop"])
def test_a_link_that_never_was(
    name: str, token: str, status: int, client: Client, db: None
) -> None:
    address = reverse(name, args=["TOKEN"]).replace("TOKEN", token)
    assert client.get(address).status_code == status
    assert client.post(address).status_code == status


def test_no_and_no_more_mail(asked: Assistant, alice: User, client: Client) -> None:
    address = stop_of(mailed(asked, ADDRESS, by=alice, at=asked.invited_at).pk)
    before = everything()
    assert client.get(address).status_code == 200
    assert client.head(address).status_code == 200
    assert everything() == before
    mailer = Client(enforce_csrf_checks=True)
    assert mailer.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    mailer.post(address)
    asked.refresh_from_db()
    assert asked.ended_at is not None
    assert AddressRefusal.objects.count() == 1
    assert Entry.objects.filter(verb=PledgeVerb.ASSISTANT_DECLINED).count() == 1
    assert client.get(link_of(asked)).status_code == 410


def test_an_old_link_ends_nobodys_access(pledge: Pledge, adaeze: User, client: Client) -> None:
    there = pledge.assistants.get()
    mailed(there, ADDRESS, by=pledge.leader, at=there.invited_at)
    assert client.post(stop_of(there.pk)).status_code == 200
    there.refresh_from_db()
    assert there.ended_at is None
