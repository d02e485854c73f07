"""Codes to sign in and links to join: sent first, never twice, and forgotten."""

import socket
from datetime import timedelta

import pytest

from outbox.backoff import Answer
from outbox.delivery import LEASE, claim_batch, deliver_due, finish, send_batch
from outbox.enums import Kind, State
from outbox.transport import Result, Transport
from tests.factories.organisations import UserFactory
from tests.factories.outbox import SuppressionFactory
from tests.outbox.delivering import NOW, clock, email, ids
from tests.outbox.peer import mail_server

pytestmark = pytest.mark.django_db


def test_a_code_in_doubt_is_never_sent_again() -> None:
    row = email(sign_in=True)
    with mail_server(at_data="drop") as peer:
        deliver_due(clock=clock())
        peer.at_data = None
        deliver_due(clock=clock(NOW + timedelta(hours=1)))
    row.refresh_from_db()
    assert (row.state, peer.taken, row.text, row.html) == (State.FAILED, [], "", "")


def test_a_code_is_forgotten_once_sent() -> None:
    row = email(sign_in=True, text="Your code: ABC123\n")
    with mail_server() as peer:
        deliver_due(clock=clock())
    row.refresh_from_db()
    assert (row.state, row.text, row.html) == (State.SENT, "", "")
    assert b"ABC123" in peer.taken[0]


@pytest.mark.parametrize("kind", [Kind.MEMBER_INVITE, Kind.SIGN_IN])
@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (Result(Answer.ACCEPTED), State.SENT),
        (Result(Answer.REFUSED, "550 no"), State.FAILED),
    ],
)
def test_a_link_to_join_is_forgotten_whatever_the_server_answers(
    kind: Kind, answer: Result, state: State
) -> None:
    email(kind=kind)
    [row] = claim_batch(now=NOW).to_send
    finish(row, answer, now=NOW)
    row.refresh_from_db()
    assert (row.state, row.text, row.html) == (state, "", "")


def test_a_link_to_join_is_forgotten_where_it_is_never_tried() -> None:
    SuppressionFactory(address="gone@example.org")
    held_back = email(kind=Kind.MEMBER_INVITE, to_address="gone@example.org")
    late = email(kind=Kind.MEMBER_INVITE, not_after=NOW - timedelta(seconds=1))
    reminder = email(not_after=NOW - timedelta(seconds=1))
    assert claim_batch(now=NOW).settled == 3
    for row, state in ((held_back, State.SUPPRESSED), (late, State.CANCELLED)):
        row.refresh_from_db()
        assert (row.state, row.text, row.html) == (state, "", "")
    reminder.refresh_from_db()
    assert (reminder.state, reminder.text != "") == (State.CANCELLED, True)


def test_a_link_to_join_is_kept_while_it_waits_for_another_try() -> None:
    email(kind=Kind.MEMBER_INVITE, text="The link\n")
    [row] = claim_batch(now=NOW).to_send
    finish(row, Result(Answer.PUT_OFF, "451 later"), now=NOW)
    row.refresh_from_db()
    assert (row.state, row.text) == (State.QUEUED, "The link\n")


def test_codes_go_first() -> None:
    reminders = [email(due_at=NOW - timedelta(hours=1)) for _ in range(25)]
    code = email(sign_in=True)
    claimed = claim_batch(now=NOW, size=20).to_send
    assert claimed == [code]
    assert len(claim_batch(now=NOW, size=20).to_send) == 20 < len(reminders)


def test_an_expired_lease_on_a_code_fails() -> None:
    row = email(sign_in=True)
    claim_batch(now=NOW)
    with mail_server() as peer:
        deliver_due(clock=clock(NOW + LEASE + timedelta(seconds=1)))
    row.refresh_from_db()
    assert (row.state, peer.taken) == (State.FAILED, [])


def test_an_account_holder_gets_a_code_in_spite_of_an_old_bounce() -> None:
    SuppressionFactory(address="bea@harbour.example")
    user = UserFactory(email="bea@harbour.example")
    mine = email(sign_in=True, to_user=user, to_address=user.email)
    strangers = email(sign_in=True, to_address=user.email)
    with mail_server() as peer:
        deliver_due(clock=clock())
    strangers.refresh_from_db()
    assert (ids(peer.taken), strangers.state) == ([mine.message_id], State.SUPPRESSED)


def test_a_code_is_not_risked_on_a_connection_that_has_gone() -> None:
    email()
    with mail_server() as peer, Transport() as transport:
        claimed = claim_batch(now=NOW).to_send
        send_batch(claimed, transport=transport, clock=clock())
        transport.backend.connection.sock.shutdown(socket.SHUT_RDWR)
        email(sign_in=True)
        send_batch(claim_batch(now=NOW).to_send, transport=transport, clock=clock())
    assert (len(peer.taken), peer.connections) == (2, 2)


def test_a_code_goes_over_a_connection_that_is_still_there() -> None:
    email()
    with mail_server() as peer, Transport() as transport:
        send_batch(claim_batch(now=NOW).to_send, transport=transport, clock=clock())
        email(sign_in=True)
        send_batch(claim_batch(now=NOW).to_send, transport=transport, clock=clock())
    assert (len(peer.taken), peer.connections) == (2, 1)
