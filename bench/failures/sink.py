"""A mail server on loopback that keeps and counts whatever it takes, and can misbehave."""

import asyncio
import socket
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from bench.failures.codes import is_code


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass(frozen=True)
class Manners:
    """Towards the first `first` emails; later ones are taken at once."""

    first: int = 0
    answer: str = ""
    seconds: float = 0.0
    drops_in_data: bool = False
    drops_after_keeping: bool = False


@dataclass
class Taken:
    """Every message, by its Message-ID and to whom."""

    messages: dict[str, list[bytes]] = field(default_factory=lambda: defaultdict(list))
    people: Counter[str] = field(default_factory=Counter)
    codes: set[str] = field(default_factory=set)

    def add(self, address: str, message: bytes) -> None:
        identity = message_from_bytes(message, policy=policy.default)["Message-ID"]
        self.messages[identity].append(message)
        self.people[address] += 1
        if is_code(address):
            self.codes.add(identity)

    @property
    def count(self) -> int:
        return sum(len(copies) for copies in self.messages.values())

    @property
    def sent_anew(self) -> int:
        """Copies beyond the first, by Message-ID, but for those of codes."""
        return self.count - len(self.messages) - self.codes_sent_anew

    @property
    def codes_sent_anew(self) -> int:
        return sum(len(self.messages[identity]) - 1 for identity in self.codes)

    @property
    def told_twice(self) -> int:
        """Emails beyond the first to one person that are not the same email."""
        return len(self.messages) - len(self.people)

    @property
    def copies_are_alike(self) -> bool:
        return all(len(set(copies)) == 1 for copies in self.messages.values())


def hang_up(server: SMTP) -> None:
    if isinstance(server.transport, asyncio.WriteTransport):
        server.transport.abort()


class Server(SMTP):
    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802 - aiosmtpd looks for this name
        manners = self.event_handler.manners_now()
        if manners.drops_in_data:
            self.event_handler.begun += 1
            await self.push("354 End data with <CR><LF>.<CR><LF>")
            await self._reader.readline()
            hang_up(self)
            return
        await super().smtp_DATA(arg)


class Line(Controller):
    def factory(self) -> SMTP:
        return Server(self.handler, **self.SMTP_kwargs)


class Sink:
    def __init__(self, manners: Manners | None = None) -> None:
        self.manners = manners or Manners()
        self.port = free_port()
        self.begun = 0
        self.taken = Taken()
        self.line: Line | None = None

    def open(self) -> None:
        self.line = Line(self, hostname="127.0.0.1", port=self.port, ready_timeout=30)
        self.line.start()

    def close(self) -> None:
        if self.line is not None:
            self.line.stop()
            self.line = None

    def manners_now(self) -> Manners:
        return self.manners if self.begun < self.manners.first else Manners()

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        manners = self.manners_now()
        self.begun += 1
        await asyncio.sleep(manners.seconds)
        if manners.answer:
            return manners.answer
        self.taken.add(envelope.rcpt_tos[0], envelope.original_content or b"")
        if manners.drops_after_keeping:
            hang_up(server)
        return "250 Message kept"
