"""A leader asks somebody to be their assistant, and nobody else does."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from commitments.actions.assisting import AssistingRefused
from commitments.enums import PledgeVerb
from commitments.mail_limits import MOST_A_DAY
from commitments.models import AddressRefusal, Pledge
from commitments.queries.refusals import address_digest
from commitments.sharing import MOST_ASSISTANTS
from history.models import Entry
from organisations.models import User
from outbox.enums import Kind
from outbox.models import Email
from outbox.transport import OutboxMessage
from tests.commitments.assisting.conftest import ADDRESS, ask, everything, page_of, text_of
from tests.factories.assisting import AssistantFactory, token_of
from tests.factories.commitments import PledgeFactory
from tests.factories.organisations import ConfirmedAddressFactory
from tests.factories.strangers import StrangerMailFactory

# Who may

LIST = 5


def test_assistants_are_the_leaders_to_choose(
    pledge: Pledge,
    as_alice: Client,
    as_adaeze: Client,
    as_another_assistant: Client,
    as_bea: Client,
    as_chidi: Client,
    client: Client,
) -> None:
    there = pledge.assistants.get()
    end = reverse("assistant_end", args=[pledge.pk, there.pk])
    before = everything()
    assert as_alice.get(page_of(pledge)).status_code == 200
    assert as_alice.delete(page_of(pledge)).status_code == 405
    assert as_alice.get(end).status_code == 405
    for address in (page_of(pledge), end):
        assert as_adaeze.post(address, {"email": "x@y.example"}).status_code == 403
        for stranger in (as_another_assistant, as_bea, as_chidi):
            assert stranger.post(address, {"email": "x@y.example"}).status_code == 404
        assert client.post(address)["Location"].startswith("/accounts/login/")
    assert as_adaeze.get(page_of(pledge)).status_code == 403
    assert as_alice.get(reverse("assistants", args=[uuid4()])).status_code == 404
    assert everything() == before


def test_an_assistant_of_another_pledge_is_not_ended_here(
    pledge: Pledge, foreign: Pledge, as_alice: Client
) -> None:
    other = AssistantFactory(pledge=foreign)
    address = reverse("assistant_end", args=[pledge.pk, other.pk])
    assert as_alice.post(address).status_code == 404
    other.refresh_from_db()
    assert other.ended_at is None


# Asking


def test_asking_somebody(pledge: Pledge, as_alice: Client) -> None:
    response = as_alice.post(page_of(pledge), {"email": " Adaeze@Harbour.example "})
    assert response["Location"] == page_of(pledge)
    as_alice.post(page_of(pledge), {"email": "adaeze@harbour.example"})
    there = pledge.assistants.get()
    assert (there.email, there.user, there.ended_at) == (ADDRESS, None, None)
    assert there.expires_at - there.invited_at == timedelta(days=30)
    mail = Email.objects.get(kind=Kind.ASSISTANT_INVITE)
    assert mail.to_address == ADDRESS
    assert mail.subject == "Alice Adeyemi asks you to help with their pledge"
    link = reverse("assistant_accept", args=[token_of(there)])
    assert link in mail.text
    assert link in mail.html
    assert mail.text.startswith("Hello\n\nAlice Adeyemi, Chief executive, Harbour Minds has made")
    assert mail.text.count("Do not email this address again") == 1
    assert mail.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert str(there.token_sha256) not in mail.text
    entry = Entry.objects.get(verb=PledgeVerb.ASSISTANT_INVITED)
    assert (entry.organisation, entry.details) == (None, {"assistant": str(there.pk)})
    assert "Asked" in text_of(as_alice.get(page_of(pledge)))


def test_a_mail_is_built_whatever_the_name(pledge: Pledge, alice: User) -> None:
    name = "Zoë\r\nBcc: all@evil.example \u202eأليس"
    Pledge.objects.filter(pk=pledge.pk).update(leader_name="Zoë\r\nBcc: all أليس")
    ask(pledge, alice)
    mail = Email.objects.get(kind=Kind.ASSISTANT_INVITE)
    message = OutboxMessage(mail).message()
    assert message["Bcc"] is None
    assert "\n" not in mail.subject
    Pledge.objects.filter(pk=pledge.pk).update(leader_name=name)
    with pytest.raises(AssistingRefused, match="web address"):
        ask(pledge, alice, "other@harbour.example")


@pytest.mark.parametrize(
    "typed",
    ["", "nobody", "a@b", "x" * 10_000 + "@a.example", "a@b.example\nBcc: c@d.example", "<script>"],
)
def test_a_wrong_address_is_refused_and_kept(typed: str, pledge: Pledge, as_alice: Client) -> None:
    response = as_alice.post(page_of(pledge), {"email": typed})
    assert list(response.context["form"].errors) == ["email"]
    assert response.context["form"]["email"].value() == typed
    assert (pledge.assistants.count(), Email.objects.count()) == (0, 0)


def test_nobody_is_their_own_assistant(pledge: Pledge, alice: User, as_alice: Client) -> None:
    ConfirmedAddressFactory(user=alice, email="alice@home.example", primary=False)
    for own in ("ALICE@harbour.example", "alice@home.example"):
        response = as_alice.post(page_of(pledge), {"email": own})
        assert "This is your own address." in text_of(response)
    assert pledge.assistants.count() == 0


def test_one_question_to_an_address_at_a_time(pledge: Pledge, alice: User) -> None:
    now = timezone.now()
    first = ask(pledge, alice, now=now)
    assert ask(pledge, alice, now=now + timedelta(seconds=59)) == first
    with pytest.raises(AssistingRefused, match="less than an hour ago"):
        ask(pledge, alice, now=now + timedelta(minutes=59))
    second = ask(pledge, alice, now=now + timedelta(minutes=60))
    first.refresh_from_db()
    assert (first.ended_at, second.ended_at) == (now + timedelta(minutes=60), None)


@pytest.mark.usefixtures("adaeze")
def test_whoever_helps_is_not_asked_again(pledge: Pledge, alice: User) -> None:
    with pytest.raises(AssistingRefused, match="helps you already"):
        ask(pledge, alice, ADDRESS.upper())


def test_so_many_at_once_and_so_many_a_day(pledge: Pledge, alice: User, wording: Any) -> None:
    AssistantFactory.create_batch(MOST_ASSISTANTS - 1, pledge=pledge)
    ask(pledge, alice)
    with pytest.raises(AssistingRefused, match="You have 10 assistants"):
        ask(pledge, alice, "one-more@harbour.example")
    now = timezone.now()
    pledge.assistants.update(ended_at=now)
    StrangerMailFactory.create_batch(MOST_A_DAY - 2, by=alice, sent_at=now)
    other = PledgeFactory(leader=alice, signing=wording)
    ask(other, alice, "last@harbour.example")
    with pytest.raises(AssistingRefused, match="20 people in a day"):
        ask(pledge, alice, "too-many@harbour.example")


def test_an_address_that_wants_no_mail_gets_none(pledge: Pledge, alice: User) -> None:
    AddressRefusal.objects.create(address_digest=address_digest(ADDRESS), at=timezone.now())
    before = everything()
    with pytest.raises(AssistingRefused, match="asked not to get these emails"):
        ask(pledge, alice)
    assert everything() == before


def test_a_closed_pledge_asks_nobody(pledge: Pledge, alice: User, as_alice: Client) -> None:
    Pledge.objects.filter(pk=pledge.pk).update(state="closed", closed_at=timezone.now())
    assert "Ask somebody to help" not in text_of(as_alice.get(page_of(pledge)))
    with pytest.raises(AssistingRefused, match="This pledge is closed"):
        ask(pledge, alice)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_with_any_rows(
    rows: int, pledge: Pledge, as_alice: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    now = timezone.now()
    for _ in range(rows):
        AssistantFactory(pledge=pledge)
        AssistantFactory(pledge=pledge, asked=True)
        AssistantFactory(pledge=pledge, asked=True, invited_at=now - timedelta(days=31))
        AssistantFactory(pledge=pledge, ended_at=now)
        AssistantFactory(pledge=pledge, asked=True, ended_at=now)
    with django_assert_num_queries(LIST):
        response = as_alice.get(page_of(pledge))
    shown = text_of(response)
    counts = [
        shown.count(f"</svg>{word}</span>") for word in ("Helps", "Asked", "Expired", "Ended")
    ]
    assert counts == [rows] * 4
