"""An email as the bytes that go over SMTP.

Django writes the same email with its own classes, which is what providers are given; at the rate
of a mail server that would cost more than the sending. Django cleans and encodes the headers here
too, and the standard library folds them, wherever they are not plain and short.
"""

import re
from binascii import b2a_qp
from collections.abc import Iterator
from email.policy import Compat32
from email.utils import format_datetime, parseaddr
from functools import lru_cache

from django.conf import settings
from django.core.mail.message import forbid_multi_line_headers, sanitize_address

from outbox.failpoints import failpoint
from outbox.models import Email

LINE = "\r\n"
# RFC 5322 wants lines of no more than 78 characters; the standard library folds none as short.
SHORT = 76
LONGEST = 900
PLAIN_ADDRESS = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9.-]+", re.IGNORECASE)


FOLDING = Compat32(linesep=LINE)


def header(name: str, value: str) -> bytes:
    """The libraries are slow, and asked only about what they would change.

    Raises ValueError for a header that is more than one.
    """
    line = f"{name}: {value}"
    # What has no gap cannot be folded, only moved to a line of its own.
    fits = len(line) <= SHORT or (len(line) <= LONGEST and " " not in value)
    if fits and line.isascii() and line.isprintable() and line == line.strip():
        return f"{line}{LINE}".encode("ascii")
    return FOLDING.fold_binary(*forbid_multi_line_headers(name, value, "utf-8"))


def sender_of(email: Email) -> str:
    return email.headers.get("From") or settings.DEFAULT_FROM_EMAIL


@lru_cache(maxsize=1024)
def envelope_of(sender: str) -> str:
    """The address alone; there are as many senders as organisations."""
    return parseaddr(sender)[1]


def recipient_of(email: Email) -> str:
    """Raises ValueError where it is no address."""
    if PLAIN_ADDRESS.fullmatch(email.to_address):
        return email.to_address
    return sanitize_address(email.to_address, "utf-8")


def written(email: Email) -> bytes:
    """The same row makes the same bytes. Raises ValueError for a header that is more than one."""
    top = b"".join(header(name, value) for name, value in headers_of(email))
    text = part("plain", email.text)
    failpoint("after_rendering")
    if not email.html:
        return top + text
    edge = f"=_{email.id.hex}"
    kind = f'Content-Type: multipart/alternative;{LINE} boundary="{edge}"{LINE}{LINE}'.encode()
    between, last = f"--{edge}{LINE}".encode(), f"--{edge}--{LINE}".encode()
    html, end = part("html", email.html), LINE.encode()
    return b"".join([top, kind, between, text, end, between, html, end, last])


def headers_of(email: Email) -> Iterator[tuple[str, str]]:
    yield "MIME-Version", "1.0"
    yield "Subject", email.subject
    yield "From", sender_of(email)
    yield "To", recipient_of(email)
    yield from ((name, value) for name, value in email.headers.items() if name != "From")
    yield "Date", format_datetime(email.date_header)
    yield "Message-ID", email.message_id


def part(kind: str, text: str) -> bytes:
    """One of the two, with its own headers, in lines short enough for any server."""
    headers = (
        f'Content-Type: text/{kind}; charset="utf-8"{LINE}'
        f"Content-Transfer-Encoding: quoted-printable{LINE}{LINE}"
    )
    words = text.replace(LINE, "\n").replace("\r", "\n").encode()
    return headers.encode() + b2a_qp(words, istext=True).replace(b"\n", LINE.encode())
