"""A mail server that says what it says bit by bit, and never falls silent for long."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest
from django.test import override_settings

from outbox import patience
from outbox.delivery import claim_batch, send_batch
from outbox.enums import State
from outbox.transport import Transport
from tests.outbox.delivering import NOW, clock, email
from tests.outbox.peer import BACKEND

pytestmark = pytest.mark.django_db

PIECES, PAUSE = 40, 0.05


@dataclass
class Dribbling:
    """Takes the words, then answers in so many lines, as RFC 5321 lets it, or byte by byte."""

    answer: bytes
    pieces: list[bytes] = field(default_factory=list)
    taken: int = 0

    def talk(self, line: socket.socket) -> None:
        words = line.makefile("rb")
        line.sendall(b"220 hello\r\n")
        while said := words.readline():
            if said.upper().startswith(b"DATA"):
                line.sendall(b"354 go on\r\n")
                while words.readline() not in (b".\r\n", b""):
                    pass
                self.taken += 1
                for piece in self.pieces:
                    line.sendall(piece)
                    time.sleep(PAUSE)
                line.sendall(self.answer)
            else:
                line.sendall(b"250 yes\r\n")

    def serve(self, sock: socket.socket) -> None:
        while True:
            try:
                line, _ = sock.accept()
            except OSError:
                return
            try:
                with line:
                    self.talk(line)
            except OSError:
                continue


@contextmanager
def dribbling(answer: bytes, pieces: list[bytes]) -> Iterator[Dribbling]:
    peer = Dribbling(answer, pieces)
    with socket.create_server(("127.0.0.1", 0)) as sock:
        thread = threading.Thread(target=peer.serve, args=(sock,), daemon=True)
        thread.start()
        address = {"EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": sock.getsockname()[1]}
        with override_settings(EMAIL_BACKEND=BACKEND, EMAIL_TIMEOUT=5, **address):
            yield peer
        sock.shutdown(socket.SHUT_RDWR)
    thread.join(5)


@pytest.mark.parametrize(
    "pieces", [[b"250-looking\r\n"] * PIECES, [b"2", b"5", b"0", b" "] + [b"."] * PIECES]
)
def test_it_is_left_before_the_lease_is_over(
    pieces: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each piece comes well within what the socket waits for; all together take too long."""
    monkeypatch.setattr(patience, "PATIENCE", PAUSE * PIECES / 4)
    row = email()
    with dribbling(b"250 kept\r\n", pieces) as peer, Transport() as transport:
        began = time.monotonic()
        send_batch(claim_batch(now=NOW).to_send, transport=transport, clock=clock())
        took = time.monotonic() - began
        assert transport.backend is None
    row.refresh_from_db()
    assert (row.state, row.attempts, peer.taken) == (State.QUEUED, 1, 1)
    assert row.last_error.endswith(("took too long over one email.", "timed out"))
    assert took < PAUSE * PIECES


def test_each_email_has_its_own_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "PATIENCE", 2.5 * PAUSE * 4)
    rows = [email() for _ in range(4)]
    with dribbling(b"250 kept\r\n", [b"250-looking\r\n"] * 4) as peer, Transport() as transport:
        send_batch(claim_batch(now=NOW).to_send, transport=transport, clock=clock())
    for row in rows:
        row.refresh_from_db()
    assert ([row.state for row in rows], peer.taken) == ([State.SENT] * 4, 4)
