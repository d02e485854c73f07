"""A real mail server on loopback that can be told to misbehave."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from django.test import override_settings

BACKEND = "django.core.mail.backends.smtp.EmailBackend"


@dataclass
class Peer:
    """Its answers to an email, step by step; None accepts, "drop" hangs up in mid-air."""

    at_sender: str | None = None
    at_recipient: str | None = None
    at_data: str | None = None
    taken: list[bytes] = field(default_factory=list)
    connections: int = 0

    async def handle_EHLO(  # noqa: N802 - aiosmtpd looks for these names
        self, server: SMTP, session: Session, envelope: Envelope, host: str, responses: list[str]
    ) -> list[str]:
        self.connections += 1
        session.host_name = host
        return responses

    async def handle_MAIL(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.at_sender is not None:
            return self.at_sender
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.at_recipient is not None:
            return self.at_recipient
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        if self.at_data == "drop":
            server.transport.abort()
            return "250 nobody hears this"
        if self.at_data is not None:
            return self.at_data
        self.taken.append(envelope.original_content or b"")
        return "250 Message kept"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def nobody_listens() -> Iterator[None]:
    with override_settings(EMAIL_BACKEND=BACKEND, EMAIL_HOST="127.0.0.1", EMAIL_PORT=free_port()):
        yield


@contextmanager
def mail_server(**answers: Any) -> Iterator[Peer]:
    """Running, and the place where Django's own SMTP backend delivers."""
    peer = Peer(**answers)
    port = free_port()
    controller = Controller(peer, hostname="127.0.0.1", port=port, ready_timeout=10)
    controller.start()
    try:
        with override_settings(EMAIL_BACKEND=BACKEND, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port):
            yield peer
    finally:
        controller.stop()
