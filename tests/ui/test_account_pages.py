"""Every page of allauth that a person can open is drawn by our base page."""

import re

import pytest
from django.test import Client
from django.urls import reverse

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
    assert heading(html) == "Two-factor authentication"
    title = re.search(r"<title>(.*?)</title>", html, re.DOTALL)
    assert title is not None
    assert " ".join(title[1].split()) == "Two-factor authentication · At the Table"
    assert '<a href="/accounts/2fa/" aria-current="page">Passkeys and codes</a>' in html


def test_a_failed_sign_in_lists_its_problems_and_keeps_the_address(
    client: Client, db: None
) -> None:
    html = client.post(reverse("account_login"), {"login": "a@b.example"}).content.decode()
    assert '<li><a href="#id_password">Password: This field is required.</a></li>' in html
    assert 'value="a@b.example"' in html
