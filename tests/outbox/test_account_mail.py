"""Every account email leaves through the outbox: at most once, and forgotten."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.conf import LazySettings
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organisations.models import User
from outbox.delivery import deliver_due
from outbox.enums import Kind, Policy, State
from outbox.models import Email
from tests.outbox.peer import mail_server

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_earlier_tries() -> None:
    cache.clear()


def ask_for_code(address: str) -> Client:
    client = Client()
    client.post(reverse("account_request_login_code"), {"email": address})
    return client


def test_a_code_arrives_and_signs_in(bea: User) -> None:
    EmailAddress.objects.create(user=bea, email=bea.email, verified=True, primary=True)
    client = ask_for_code(bea.email)
    email = Email.objects.get()
    assert (email.kind, email.policy, email.to_user) == (Kind.SIGN_IN, Policy.AT_MOST_ONCE, bea)
    assert email.subject == "Your sign-in code"
    assert email.organisation is None
    with mail_server() as peer:
        deliver_due(clock=timezone.now)
    email.refresh_from_db()
    assert (email.state, email.text, email.html) == (State.SENT, "", "")
    found = re.search(rb"is:\s+(\S+)", peer.taken[0])
    assert found is not None
    code = found[1].decode()
    response = client.post(reverse("account_confirm_login_code"), {"code": code})
    assert response.url == reverse("me")


def test_a_stranger_is_told_at_their_own_address_only() -> None:
    ask_for_code("nobody@world.example")
    email = Email.objects.get()
    assert (email.kind, email.to_user, email.to_address) == (
        Kind.SIGN_IN,
        None,
        "nobody@world.example",
    )
    assert reverse("account_signup") in email.text
    assert reverse("account_signup") in email.html


@pytest.mark.parametrize("known", [False, True])
def test_links_lead_to_this_installation_whatever_the_request_calls_it(
    bea: User, known: bool, settings: LazySettings
) -> None:
    """The Host header is the sender's to choose: behind a careless proxy it can be anything."""
    settings.SITE_URL, settings.ALLOWED_HOSTS = "https://table.example", ["*"]
    EmailAddress.objects.create(user=bea, email=bea.email, verified=True, primary=True)
    page = "account_signup" if known else "account_request_login_code"
    typed = {"email": bea.email, "display_name": "New"}
    data = typed if known else {"email": "nobody@world.example"}
    Client().post(reverse(page), data, headers={"host": "evil.example"})
    leads_to = "account_request_login_code" if known else "account_signup"
    email = Email.objects.get()
    for words in (email.text, email.html):
        assert f"https://table.example{reverse(leads_to)}" in words
        assert "evil.example" not in words


def test_signing_up_sends_a_code() -> None:
    Client().post(
        reverse("account_signup"),
        {"email": "new@world.example", "display_name": "New"},
    )
    email = Email.objects.get()
    assert (email.subject, email.to_address) == ("Confirm your email address", "new@world.example")


def test_an_address_with_an_account_is_told_so(bea: User) -> None:
    EmailAddress.objects.create(user=bea, email=bea.email, verified=True, primary=True)
    Client().post(
        reverse("account_signup"),
        {"email": bea.email, "display_name": "New"},
    )
    assert [email.subject for email in Email.objects.all()] == ["You already have an account"]


def test_a_new_password_starts_with_a_code(bea: User) -> None:
    EmailAddress.objects.create(user=bea, email=bea.email, verified=True, primary=True)
    Client().post(reverse("account_reset_password"), {"email": bea.email})
    assert [email.subject for email in Email.objects.all()] == ["Your code for a new password"]
