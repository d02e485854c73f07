"""The bytes of an email: what Django's own classes would say, in lines that any server takes."""

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, Message
from typing import Any, cast
from uuid import UUID

import pytest
from django.core.mail import BadHeaderError
from hypothesis import example, given
from hypothesis import strategies as st

from outbox.models import Email
from outbox.transport import OutboxMessage
from outbox.wire import recipient_of, written

FROM = "Harbour Minds (At the Table) <no-reply@attable.example>"
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=400)
LINE = st.text(st.characters(exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=250)
COMPARED = ("Subject", "From", "To", "Date", "Message-ID", "List-Unsubscribe", "Reply-To")


def email(**fields: Any) -> Email:
    return Email(
        **{
            "id": UUID(int=7),
            "subject": "An update is due",
            "text": "Hello\n",
            "html": "<p>Hello</p>\n",
            "to_address": "bea@harbour.example",
            "headers": {"From": FROM, "Auto-Submitted": "auto-generated"},
            "message_id": "<7@attable.example>",
            "date_header": datetime(2026, 3, 2, 8, 0, tzinfo=UTC),
            **fields,
        }
    )


def read(words: bytes) -> EmailMessage:
    return cast(EmailMessage, message_from_bytes(words, policy=policy.default))


def parts(message: EmailMessage) -> list[tuple[str, str]]:
    whole = message.iter_parts() if message.is_multipart() else [message]
    return [(part.get_content_type(), part.get_content().replace("\r\n", "\n")) for part in whole]


def with_one_line_end(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


@given(text=TEXT, html=TEXT)
@example(text="a" * 2_000, html="x\r\n.\r\n\r\nFrom here\n.\n")
@example(text="tab at the end\t\nspace \n", html="=\n==3D\x00\x0b\x85\u2028 é\U0001f600")
@example(text="lone\rreturn", html="")
def test_both_texts_arrive_whole(text: str, html: str) -> None:
    words = written(email(text=text, html=html))
    found = parts(read(words))
    wanted = [("text/plain", text), *([("text/html", html)] if html else [])]
    assert found == [(kind, with_one_line_end(said)) for kind, said in wanted]
    assert words.isascii()
    assert max(len(line) for line in words.split(b"\r\n")) <= 78
    assert words.replace(b"\r\n", b"").count(b"\n") == words.replace(b"\r\n", b"").count(b"\r") == 0


def unfolded(message: Message) -> dict[str, str]:
    """As RFC 5322 takes a folded line: without its ends."""
    found = {each: message[each] for each in COMPARED}
    return {each: said.replace("\r\n", "").strip() for each, said in found.items()}


@given(subject=LINE, name=LINE, address=st.emails())
@example(subject="An update is due: " + "x" * 300, name='"Quoted", Ltd', address="a@b.example")
@example(subject="  spaces  ", name="", address="å@ö.example")
@example(subject="=?utf-8?q?not_ours?=", name="مجموعة", address="a@b.example")
def test_headers_are_those_of_django(subject: str, name: str, address: str) -> None:
    headers = {
        "From": FROM,
        "List-Unsubscribe": f"<https://attable.example/stop/{'t' * 120}/>",
        "Reply-To": f"{name.replace('<', '').replace('@', '')} <{address}>" if name else address,
    }
    row = email(subject=subject, headers=headers)
    try:
        wanted = message_from_bytes(OutboxMessage(row).message().as_bytes(linesep="\r\n"))
    except ValueError:
        with pytest.raises(ValueError):  # noqa: PT011 - as many kinds as Django's own
            written(row)
        return
    found = message_from_bytes(written(row))
    assert unfolded(found) == unfolded(wanted)
    assert sorted(found.keys()) == sorted(wanted.keys())


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
@pytest.mark.parametrize("header", ["subject", "From", "List-Unsubscribe", "to_address"])
def test_a_header_that_is_more_than_one_is_refused(header: str, end: str) -> None:
    bad = f"x{end}Bcc: everybody@harbour.example"
    row = email(**{header: bad}) if header.islower() else email(headers={"From": FROM, header: bad})
    with pytest.raises((BadHeaderError, ValueError)):
        written(row)


@pytest.mark.parametrize("text_only", [True, False])
def test_the_same_row_makes_the_same_bytes(text_only: bool) -> None:
    row = email(**({"html": ""} if text_only else {}))
    assert written(row) == written(row)
    assert read(written(row)).is_multipart() is not text_only


@pytest.mark.parametrize(
    ("address", "sent_to"),
    [("a.b+c@d-e.example", "a.b+c@d-e.example"), ("a@bücher.example", "a@xn--bcher-kva.example")],
)
def test_addresses(address: str, sent_to: str) -> None:
    assert recipient_of(email(to_address=address)) == sent_to


@pytest.mark.parametrize("address", ["a@b@c", "@c.example", ""])
def test_no_address(address: str) -> None:
    with pytest.raises(ValueError, match="nvalid"):
        recipient_of(email(to_address=address))
