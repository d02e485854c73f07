"""Postgres goes away between a mail server's yes and our note of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError, connection

from outbox import finishing
from outbox.delivery import LEASE, claim_batch, send_batch
from outbox.enums import Phase, State
from outbox.models import Email
from outbox.transport import Transport
from tests.outbox.delivering import NOW, clock, email, ids, phases
from tests.outbox.peer import mail_server

pytestmark = pytest.mark.django_db(transaction=True)


class Away:
    """Postgres for `write_down`: away so many times, each before or after it has written."""

    def __init__(
        self, times: int, *, afterwards: bool, error: type[Exception] = OperationalError
    ) -> None:
        self.left, self.afterwards, self.error = times, afterwards, error
        self.asked = 0
        self.really = finishing.write_down

    def __call__(self, row: Email, result: Any, *, now: Any) -> None:
        self.asked += 1
        if self.left and self.afterwards:
            self.really(row, result, now=now)
        if self.left:
            self.left -= 1
            raise self.error("server closed the connection unexpectedly")
        self.really(row, result, now=now)


@pytest.fixture(autouse=True)
def naps(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Time that passes while nobody waits for it."""
    slept: list[float] = []
    monkeypatch.setattr(finishing.time, "sleep", slept.append)
    monkeypatch.setattr(finishing.time, "monotonic", lambda: 1_000 + sum(slept))
    return slept


def sent_while(away: Away, monkeypatch: pytest.MonkeyPatch, **fields: Any) -> tuple[Email, int]:
    row = email(**fields)
    monkeypatch.setattr(finishing, "write_down", away)
    with mail_server() as peer, Transport() as transport:
        send_batch(claim_batch(now=NOW).to_send, transport=transport, clock=clock())
    row.refresh_from_db()
    return row, len(ids(peer.taken))


@pytest.mark.parametrize("afterwards", [False, True])
@pytest.mark.parametrize("sign_in", [False, True])
def test_it_is_written_once_postgres_is_back(
    afterwards: bool, sign_in: bool, monkeypatch: pytest.MonkeyPatch, naps: list[float]
) -> None:
    row, taken = sent_while(Away(3, afterwards=afterwards), monkeypatch, sign_in=sign_in)
    assert (row.state, row.sent_at, taken) == (State.SENT, NOW, 1)
    assert phases(row) == [Phase.CLAIMED, Phase.SENT]
    assert naps == [finishing.PAUSE] * 3


@pytest.mark.parametrize("error", [OperationalError, InterfaceError, DatabaseError])
def test_whatever_a_broken_line_is_called(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    row, taken = sent_while(Away(1, afterwards=False, error=error), monkeypatch)
    assert (row.state, taken) == (State.SENT, 1)


def test_it_is_tried_on_a_new_connection(monkeypatch: pytest.MonkeyPatch) -> None:
    closed: list[bool] = []
    monkeypatch.setattr(connection, "close", lambda: closed.append(True))
    sent_while(Away(1, afterwards=False), monkeypatch)
    assert closed[0]


def test_it_is_given_up_where_the_lease_is_over(
    monkeypatch: pytest.MonkeyPatch, naps: list[float]
) -> None:
    """Whoever claims it then sends the same email again."""
    with pytest.raises(OperationalError):
        sent_while(Away(1_000, afterwards=False), monkeypatch)
    assert sum(naps) == LEASE.total_seconds()
    assert Email.objects.get().state == State.LEASED
    assert claim_batch(now=NOW + LEASE + timedelta(seconds=1)).to_send


@pytest.mark.parametrize("error", [IntegrityError, ZeroDivisionError])
def test_any_other_error_is_not_repeated(
    error: type[Exception], monkeypatch: pytest.MonkeyPatch, naps: list[float]
) -> None:
    with pytest.raises(error):
        sent_while(Away(1, afterwards=False, error=error), monkeypatch)
    assert naps == []
