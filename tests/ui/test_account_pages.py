"""Every page of allauth that a person can open is drawn by our base page."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.test import Client
from django.urls import reverse

from organisations.models import User
from outbox.enums import Kind
from outbox.models import Email

ANYBODY = [
    "account_login",
    "account_signup",
    "account_request_login_code",
    "account_reset_password",
    "account_inactive",
]
SIGNED_IN = [
    "account_email",
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "mfa_index",
    "mfa_list_webauthn",
]


def heading(html: str) -> str:
    found = re.findall(r"<h1[^>]*>\s*(.*?)\s*</h1>", html, re.DOTALL)
    assert len(found) == 1
    return found[0]


@pytest.mark.parametrize("name", ANYBODY)
def test_anybody_meets_our_look(client: Client, name: str, db: None) -> None:
    html = client.get(reverse(name)).content.decode()
    assert 'class="site-header"' in html
    assert heading(html)


@pytest.mark.parametrize("name", SIGNED_IN)
def test_somebody_signed_in_meets_our_look(as_bea: Client, name: str) -> None:
    html = as_bea.get(reverse(name), follow=True).content.decode()
    assert 'class="site-header"' in html
    assert 'hx-headers=\'{"X-CSRFToken": "' in html
    assert heading(html)


def test_headings_of_libraries_are_put_in_sentence_case(as_bea: Client) -> None:
    html = as_bea.get(reverse("mfa_index")).content.decode()
    assert heading(html) == "Passkeys and codes"
    title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
    assert title is not None
    assert " ".join(title[1].split()) == "Passkeys and codes · At the Table"
    assert '<a href="/accounts/2fa/" aria-current="page">Passkeys and codes</a>' in html


def test_a_failed_sign_in_lists_its_problems_and_keeps_the_address(
    client: Client, db: None
) -> None:
    html = client.post(reverse("account_login"), {"login": "a@b.example"}).content.decode()
    assert html.count('id="error-summary"') == 1
    assert html.index('id="error-summary"') < html.index("<h1")
    assert '<li><a href="#id_password">Enter your password.</a></li>' in html
    assert 'value="a@b.example"' in html


def test_the_page_for_a_code_says_how_long_it_works_and_sends_another(
    client: Client, bea: User
) -> None:
    EmailAddress.objects.create(user=bea, email=bea.email, verified=True, primary=True)
    page = client.post(reverse("account_request_login_code"), {"email": bea.email}, follow=True)
    html = page.content.decode()
    assert heading(html) == "Enter the sign-in code"
    assert "The code works for 10 minutes." in html
    assert "Send another code</button>" in html
    assert "Use a different address" not in html
    address = reverse("account_confirm_login_code")
    html = client.post(address, {"action": "resend"}, follow=True).content.decode()
    assert heading(html) == "Enter the sign-in code"
    assert Email.objects.filter(kind=Kind.SIGN_IN).count() == 2
    html = client.post(address, {"code": ""}).content.decode()
    assert '<li><a href="#id_code">Enter your code.</a></li>' in html


def test_a_new_account_may_mend_its_address(client: Client, db: None) -> None:
    typed = {"display_name": "Ines", "email": "inse@quay.example"}
    page = client.post(reverse("account_signup"), typed, follow=True)
    html = page.content.decode()
    assert heading(html) == "Confirm your email address"
    assert "The code works for 10 minutes." in html
    address = page.redirect_chain[-1][0]
    mended = {"action": "change", "email": "ines@quay.example"}
    html = client.post(address, mended, follow=True).content.decode()
    assert "We emailed a code to <bdi>ines@quay.example</bdi>." in html
    assert Email.objects.filter(to_address="ines@quay.example").exists()


def test_whoever_opens_what_guards_the_account_is_told_why(as_bea: Client) -> None:
    html = as_bea.get(reverse("account_reauthenticate"), follow=True).content.decode()
    assert "Please reauthenticate" not in html


def test_whoever_has_no_password_may_set_one(client: Client, db: None) -> None:
    client.force_login(User.objects.create_user("ines@quay.example", display_name="Ines"))
    page = client.get(reverse("account_change_password"), follow=True)
    html = page.content.decode()
    assert page.redirect_chain[-1][0] == reverse("account_set_password")
    assert heading(html) == "Set a password"
    html = client.post(reverse("account_set_password"), {"password1": "short"}).content.decode()
    assert 'id="error-summary"' in html
    new = "a long walk by the harbour"
    client.post(reverse("account_set_password"), {"password1": new, "password2": new})
    assert User.objects.get().check_password(new)


@pytest.mark.parametrize("name", ["account_signup", "account_login", "account_reset_password"])
def test_no_placeholder_repeats_a_label(client: Client, name: str, db: None) -> None:
    assert "placeholder=" not in client.get(reverse(name)).content.decode()
