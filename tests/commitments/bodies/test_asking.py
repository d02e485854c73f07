"""A membership body asks a member to show it their pledges."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from commitments.enums import BodyVerb
from commitments.models import AddressRefusal, BodyLink
from commitments.queries.bodies import LinkState
from history.models import Entry
from organisations.models import Organisation, User
from outbox.enums import Kind
from outbox.models import Email
from tests.commitments.bodies.conftest import MEMBERS, TYPED, link, seen
from tests.factories.learning import BodyLinkFactory
from tests.factories.strangers import StrangerMailFactory, mailed, stop_of


def test_asking(harbour: Organisation, alice: User, as_alice: Client) -> None:
    assert as_alice.post(f"{MEMBERS}ask/", TYPED)["Location"] == MEMBERS
    row, email = BodyLink.objects.get(), Email.objects.get()
    assert (row.body, row.member, row.asked_by) == (harbour, None, alice)
    assert row.expires_at == email.not_after == row.asked_at + timedelta(days=90)
    assert (email.kind, email.organisation, email.to_user) == (Kind.BODY_ASK, harbour, None)
    assert email.subject == "Harbour Minds asks whether it may see if Northside has made the pledge"
    for words in (email.text, email.html):
        assert link(row) in words
        assert stop_of(row.pk) in words
        assert "Alice Adeyemi" in words
    assert email.headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    entry = Entry.objects.get()
    assert (entry.verb, entry.organisation, entry.details) == (BodyVerb.ASKED, harbour, {})
    assert seen(as_alice) == [(LinkState.WAITING, None)]


def test_a_double_click_sends_one_email(as_alice: Client) -> None:
    for _ in range(2):
        assert as_alice.post(f"{MEMBERS}ask/", TYPED).status_code == 302
    assert BodyLink.objects.count() == Email.objects.count() == Entry.objects.count() == 1


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"member_name": ""}, {"member_name": ["Enter the name of the member organisation."]}),
        ({"member_name": "x" * 161},
         {"member_name": ["Use 160 characters or fewer. This has 161."]}),
        ({"member_name": "See evil.example"},
         {"member_name": ["Leave the web address out of the name."]}),
        ({"member_name": "A\nBcc: b@c.example"}, {"member_name": ["A name stands on one line."]}),
        ({"email": "office"}, {"email": ["Enter a valid email address."]}),
        ({"email": "a@b.example\r\nBcc: c@d.example"}, {"email": ["Enter a valid email address."]}),
    ],
)  # fmt: skip
def test_bad_input_is_told_at_its_field(
    typed: dict[str, str], errors: dict[str, list[str]], as_alice: Client
) -> None:
    response = as_alice.post(f"{MEMBERS}ask/", TYPED | typed)
    assert response.context["form"].errors == errors
    kept = "email" if "member_name" in typed else "member_name"
    assert response.context["form"][kept].value() == TYPED[kept]
    assert Email.objects.count() == 0
    assert as_alice.post(f"{MEMBERS}ask/", TYPED | {"email": "a\x00@b.example"}).status_code == 400


def told(client: Client) -> dict[str, list[str]]:
    found = client.post(f"{MEMBERS}ask/", TYPED).context["form"].errors
    return {name: list(errors) for name, errors in found.items()}


def test_limits(harbour: Organisation, alice: User, as_alice: Client) -> None:
    now, email = timezone.now(), TYPED["email"]
    earlier = BodyLinkFactory(body=harbour, email=email, asked_at=now - timedelta(days=89))
    assert told(as_alice) == {"email": ["You have asked this address already."]}
    BodyLink.objects.filter(pk=earlier.pk).update(expires_at=now)
    elsewhere = StrangerMailFactory(address=email.upper(), sent_at=now - timedelta(minutes=59))
    assert told(as_alice) == {
        "email": ["This address was asked less than an hour ago. Wait a little."]
    }
    elsewhere.delete()
    StrangerMailFactory.create_batch(20, by=alice, sent_at=now - timedelta(hours=23))
    assert told(as_alice) == {"email": ["You have asked 20 people in a day. Ask more tomorrow."]}


def test_no_more_to_an_address_that_refuses(
    asked: BodyLink, as_alice: Client, client: Client
) -> None:
    BodyLink.objects.update(email=TYPED["email"], ended_at=timezone.now())
    yesterday = timezone.localtime() - timedelta(days=1)
    BodyLink.objects.update(asked_at=yesterday)
    mailed(asked, TYPED["email"], by=asked.asked_by, at=yesterday)
    assert client.get(stop_of(asked.pk)).status_code == 200
    assert AddressRefusal.objects.count() == 0
    mail_program = Client(enforce_csrf_checks=True)
    assert mail_program.post(stop_of(asked.pk)).status_code == 200
    assert told(as_alice) == {
        "email": ["Whoever reads this address asked not to get these emails. Talk to them instead."]
    }
