"""Closing the link of a letter, and wanting no more of them."""

from datetime import timedelta

import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django.fixtures import Settings

from commitments.models import AddressRefusal, AskLetter, Pledge
from commitments.queries.strangers import stop_link
from organisations.models import User
from organisations.tokens import derived_token
from outbox.models import Email
from tests.commitments.letter_pages.conftest import READ, TO, at, send
from tests.conftest import signed_in_as


def test_closing_the_link(letter: AskLetter, as_alice: Client) -> None:
    for _ in range(2):
        response = as_alice.post(at("letter_revoke", letter))
        assert response["Location"] == at("invitation_detail", letter)
    letter.refresh_from_db()
    assert letter.revoked_at is not None
    as_alice.post(at("letter_make", letter))
    assert letter.invitation.letters.count() == 2


def test_a_link_of_an_older_key_says_so(letter: AskLetter, alice: User, settings: Settings) -> None:
    settings.SECRET_KEY = "another"
    page = signed_in_as(alice).get(at("letter_write", letter)).content.decode()
    assert "Its reply link no longer works" in page


def test_a_closed_pledge_sends_nothing(letter: AskLetter, as_alice: Client) -> None:
    Pledge.objects.update(state="closed", closed_at=timezone.now())
    for name in ("letter_write", "letter_send", "letter_revoke", "letter_make"):
        assert as_alice.post(at(name, letter), {"to_address": TO, **READ}).status_code == 302, name
    assert Email.objects.count() == 0
    assert letter.invitation.letters.get().revoked_at is None


def test_no_more_letters(letter: AskLetter, alice: User, client: Client) -> None:
    """A mail program posts at once, without a cookie; a scanner's GET changes nothing."""
    address = stop_link(letter.pk)
    assert client.get(address).status_code == 404
    send(letter, alice)
    for method in (client.get, client.head):
        assert method(address).status_code == 200
    assert AddressRefusal.objects.count() == 0
    strict = Client(enforce_csrf_checks=True)
    for _ in range(2):
        assert strict.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert AddressRefusal.objects.count() == 1
    assert client.put(address).status_code == 405
    for token in ("nobody-knows-this", derived_token("reply", letter.pk)):
        assert client.post(reverse("mail_stop", args=[token])).status_code == 404


def test_it_is_never_too_late_to_want_no_more(
    letter: AskLetter, alice: User, client: Client
) -> None:
    send(letter, alice)
    AskLetter.objects.update(expires_at=timezone.now(), revoked_at=timezone.now())
    with time_machine.travel(timezone.localtime() + timedelta(days=800)):
        assert client.post(stop_link(letter.pk)).status_code == 200
    assert AddressRefusal.objects.count() == 1
