"""The page that shows a developer what this machine has sent."""

import base64
import hashlib
import re
from pathlib import Path

import pytest
from django.test import Client, override_settings

from outbox.rendering import render_email
from outbox.transport import OutboxMessage
from tests.factories.outbox import EmailFactory
from tests.ui.rendering import text_of

pytestmark = pytest.mark.django_db


def test_caught_mail_is_for_development_only(as_alice: Client) -> None:
    assert as_alice.get("/dev/mail/").status_code == 404
    assert as_alice.get("/dev/mail/1.eml/").status_code == 404


@override_settings(IS_DEVELOPMENT=True)
def test_caught_mail(tmp_path: Path) -> None:
    with override_settings(DEV_MAIL_DIR=tmp_path):
        empty = text_of(Client().get("/dev/mail/"))
        assert "Emails sent by this machine" in empty
        assert "No emails yet" in empty
        for number, subject in enumerate(["Older <b>", "Newer"]):
            email = EmailFactory(
                subject=subject, text="Your code: ABC123\n", html="<style>p{}</style><p>Hi</p>"
            )
            path = tmp_path / f"2026110{number}-1.eml"
            path.write_bytes(OutboxMessage(email).message().as_bytes(linesep="\r\n"))
        (tmp_path / "half.part").write_bytes(b"")
        page = Client().get("/dev/mail/")
        assert [mail.subject for mail in page.context["mails"]] == ["Newer", "Older <b>"]
        assert "ABC123" in text_of(page)
        assert "<p>Hi</p>" not in text_of(page)
        alone = Client().get("/dev/mail/20261101-1.eml/")
        assert alone.content == b"<style>p{}</style><p>Hi</p>"
        rules = alone.headers["Content-Security-Policy"]
        assert rules.startswith("sandbox; default-src 'none'; style-src 'sha256-")
        for name in ("missing.eml", "half.part", "..%2F20261101-1.eml"):
            assert Client().get(f"/dev/mail/{name}/").status_code == 404
        assert Client().post("/dev/mail/").status_code == 405


@override_settings(IS_DEVELOPMENT=True)
def test_it_is_shown_in_its_own_style(tmp_path: Path) -> None:
    """A browser takes the style's digest after it has made each line end one character."""
    rendered = render_email("reply_came", {"link": "https://table.example/"})
    email = EmailFactory(subject=rendered.subject, text=rendered.text, html=rendered.html)
    message = OutboxMessage(email).message().as_bytes(linesep="\r\n")
    (tmp_path / "1.eml").write_bytes(message)
    with override_settings(DEV_MAIL_DIR=tmp_path):
        page = Client().get("/dev/mail/1.eml/")
    assert b"\r" not in page.content
    styles = re.findall(rb"<style>(.*?)</style>", page.content, re.DOTALL)
    digests = [base64.b64encode(hashlib.sha256(style).digest()).decode() for style in styles]
    allowed = " ".join(f"'sha256-{digest}'" for digest in digests)
    assert page.headers["Content-Security-Policy"] == (
        f"sandbox; default-src 'none'; style-src {allowed}"
    )
    assert len(styles) == 3
