"""Every email as it leaves: in one place, alike in both its forms, and small."""

import html
import re
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from django.test import Client, override_settings

from outbox.transport import OutboxMessage
from reminders.enums import ReminderKind
from reminders.gallery import TITLES, Sample, samples
from tests.house_rules.tree import ROOT
from tests.ui.rendering import text_of

pytestmark = pytest.mark.django_db
TEMPLATES = ROOT / "templates"
SUBJECTS = {"emails": ".subject.txt", "account/email": "_subject.txt"}
ADDRESS = re.compile(r"https?://[^\s<>)]*[^\s<>).,]")
BREAKS = "\r\n\u2028\u2029\x85\x0b\x0c"


def wrong(is_wrong: Callable[[Sample], object]) -> list[str]:
    return [sample.name for sample in samples() if is_wrong(sample)]


def parsed(sample: Sample) -> EmailMessage:
    return message_from_bytes(
        OutboxMessage(sample.email).message().as_bytes(), policy=policy.default
    )


def words_of_html(source: str) -> list[str]:
    """Without the name at the top, which stands in the sender of the text, and the preheader."""
    body = re.split(r"<body\b[^>]*>", source)[1]
    beside = r'<p class="name">.*?</p>|<div class="preheader">.*?</div>'
    body = re.sub(beside, "", body, flags=re.DOTALL)
    return words_of(html.unescape(re.sub(r"<[^>]+>", " ", body)))


def words_of(text: str) -> list[str]:
    """Without the addresses, which stand behind words in HTML and after them in text."""
    return re.findall(r"\w+", ADDRESS.sub(" ", text))


def test_every_template_is_shown() -> None:
    there = {
        path.name.removesuffix(end)
        for folder, end in SUBJECTS.items()
        for path in (TEMPLATES / folder).glob(f"*{end}")
    }
    assert {sample.template for sample in samples()} == there


def test_every_kind_of_reminder_is_shown() -> None:
    names = [sample.name for sample in samples()]
    assert set(TITLES) == set(ReminderKind)
    assert {kind.value.replace("_", "-") for kind in ReminderKind} <= set(names)
    assert len(names) == len(set(names))


def test_text_and_html_say_the_same() -> None:
    for sample in samples():
        assert words_of(sample.email.text) == words_of_html(sample.email.html), sample.name


def test_nothing_is_fetched_and_nothing_is_tracked() -> None:
    fetched = re.compile(r"<(img|script|iframe|link|object|video)\b|url\(|@import|\sstyle=")
    assert wrong(lambda sample: fetched.search(sample.email.html)) == []
    assert wrong(lambda sample: any(set("?&#") & set(link) for link in links(sample))) == []


def links(sample: Sample) -> set[str]:
    return {html.unescape(found) for found in re.findall(r'href="([^"]*)"', sample.email.html)}


def test_links_are_the_same_in_both() -> None:
    assert wrong(lambda sample: links(sample) != set(ADDRESS.findall(sample.email.text))) == []
    assert wrong(lambda sample: sample.email.html.count('class="main"') > 1) == []


def test_the_messages_as_built() -> None:
    for sample in samples():
        message = parsed(sample)
        assert message["Auto-Submitted"] == "auto-generated"
        assert message["Message-ID"] == sample.email.message_id
        assert message["Date"].datetime == sample.email.date_header
        assert ("List-Unsubscribe" in message) == ("List-Unsubscribe-Post" in message)
        assert len(message.as_bytes()) < 100_000
        assert message["Subject"]
        assert not set(str(message["Subject"])) & set(f"!{BREAKS}")


def test_the_layout_of_the_text() -> None:
    """One empty line between paragraphs, none at an end of a line, one foot."""
    assert wrong(lambda sample: "\n\n\n" in sample.email.text) == []
    assert wrong(lambda sample: re.search(r"[ \t]+$", sample.email.text, re.MULTILINE)) == []
    assert wrong(lambda sample: sample.email.text.count("\n\n--\n") != 1) == []
    assert wrong(lambda sample: "!" in sample.email.text) == []


def test_pages_are_for_development_only(as_alice: Client) -> None:
    assert as_alice.get("/dev/mail/gallery/").status_code == 404
    assert as_alice.get("/dev/mail/gallery/several/").status_code == 404


@override_settings(IS_DEVELOPMENT=True)
def test_the_pages() -> None:
    page = Client().get("/dev/mail/gallery/")
    shown = text_of(page)
    for each in samples():
        assert each.title in shown
    assert "List-Unsubscribe=One-Click" in shown
    alone = Client().get("/dev/mail/gallery/several/")
    assert b"7 things are waiting for you at <bdi>Harbour Minds</bdi>." in alone.content
    rules = alone.headers["Content-Security-Policy"]
    assert rules.startswith("sandbox; default-src 'none'; style-src 'sha256-")
    assert Client().get("/dev/mail/gallery/nothing/").status_code == 404
    assert Client().post("/dev/mail/gallery/").status_code == 405
    assert Client().post("/dev/mail/gallery/several/").status_code == 405
