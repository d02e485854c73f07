"""What becomes of an email, by what a real mail server on loopback answers."""

from datetime import timedelta

import pytest

from outbox.delivery import deliver_due
from outbox.enums import Phase, State
from outbox.models import Email, Suppression
from tests.factories.outbox import SuppressionFactory
from tests.outbox.delivering import NOW, clock, email, ids, phases
from tests.outbox.peer import mail_server

pytestmark = pytest.mark.django_db


def test_it_arrives() -> None:
    row = email()
    with mail_server() as peer:
        assert deliver_due(clock=clock()) is False
    assert ids(peer.taken) == [row.message_id]
    row.refresh_from_db()
    assert (row.state, row.sent_at, row.attempts) == (State.SENT, NOW, 1)
    assert (row.lease_token, row.lease_until, row.last_error) == (None, None, "")
    assert phases(row) == [Phase.CLAIMED, Phase.SENT]


def test_a_second_run_sends_nothing() -> None:
    email()
    with mail_server() as peer:
        deliver_due(clock=clock())
        deliver_due(clock=clock())
    assert len(peer.taken) == 1


def test_many_go_over_one_connection() -> None:
    for _ in range(45):
        email()
    with mail_server() as peer:
        deliver_due(clock=clock())
    assert (len(peer.taken), len(set(ids(peer.taken))), peer.connections) == (45, 45, 1)


def test_a_long_run_changes_the_connection() -> None:
    for _ in range(51):
        email()
    with mail_server() as peer:
        deliver_due(clock=clock())
    assert (len(peer.taken), peer.connections) == (51, 2)


def test_what_is_due_later_waits() -> None:
    email(due_at=NOW + timedelta(seconds=1))
    with mail_server() as peer:
        deliver_due(clock=clock())
        assert peer.taken == []
        deliver_due(clock=clock(NOW + timedelta(seconds=1)))
        assert len(peer.taken) == 1


def test_put_off_is_tried_again_later() -> None:
    row = email()
    with mail_server(at_recipient="451 4.7.1 Greylisted") as peer:
        deliver_due(clock=clock())
        row.refresh_from_db()
        assert (row.state, row.attempts) == (State.QUEUED, 1)
        assert row.last_error == "451 4.7.1 Greylisted"
        assert timedelta(seconds=60) <= row.due_at - NOW <= timedelta(seconds=72)
        assert phases(row) == [Phase.CLAIMED, Phase.DEFERRED]
        peer.at_recipient = None
        deliver_due(clock=clock(NOW + timedelta(seconds=73)))
    row.refresh_from_db()
    assert (row.state, row.attempts, len(peer.taken)) == (State.SENT, 2, 1)


def test_it_gives_up_after_eight_attempts() -> None:
    row = email()
    now = NOW
    with mail_server(at_data="452 4.3.1 Disk full"):
        for _ in range(9):
            deliver_due(clock=clock(now))
            now += timedelta(hours=5)
    row.refresh_from_db()
    assert (row.state, row.attempts) == (State.FAILED, 8)
    assert Suppression.objects.count() == 0


def test_a_refused_address_is_failed_and_suppressed() -> None:
    row = email(to_address="Gone@example.org")
    later = email(to_address="gone@EXAMPLE.org", due_at=NOW + timedelta(hours=1))
    with mail_server(at_recipient="550 5.1.1 No such user") as peer:
        deliver_due(clock=clock())
        peer.at_recipient = None
        deliver_due(clock=clock(NOW + timedelta(hours=1)))
    row.refresh_from_db()
    later.refresh_from_db()
    assert (row.state, row.last_error) == (State.FAILED, "550 5.1.1 No such user")
    assert [(s.address, s.reason) for s in Suppression.objects.all()] == [
        ("Gone@example.org", "550 5.1.1 No such user")
    ]
    assert (later.state, later.attempts, peer.taken) == (State.SUPPRESSED, 0, [])
    assert phases(later) == [Phase.CANCELLED]


def test_a_refused_message_does_not_suppress_the_address() -> None:
    row = email()
    with mail_server(at_data="554 5.7.1 Looks like spam"):
        deliver_due(clock=clock())
    row.refresh_from_db()
    assert (row.state, Suppression.objects.count()) == (State.FAILED, 0)


def test_one_refusal_does_not_stop_the_others() -> None:
    bad = email(subject="one\ntwo")
    good = email()
    with mail_server() as peer:
        deliver_due(clock=clock())
    bad.refresh_from_db()
    assert (bad.state, ids(peer.taken)) == (State.FAILED, [good.message_id])


def test_a_dropped_connection_is_in_doubt_and_sent_again_byte_for_byte() -> None:
    row = email()
    with mail_server(at_data="drop") as peer:
        deliver_due(clock=clock())
        row.refresh_from_db()
        assert (row.state, row.attempts) == (State.QUEUED, 1)
        peer.at_data = None
        deliver_due(clock=clock(NOW + timedelta(minutes=2)))
    with mail_server() as twin:
        Email.objects.filter(pk=row.pk).update(state=State.QUEUED, sent_at=None)
        deliver_due(clock=clock(NOW + timedelta(minutes=3)))
    assert ids(peer.taken) == [row.message_id]
    assert twin.taken == peer.taken


def test_only_the_email_sent_again_goes_to_an_address_that_refused() -> None:
    SuppressionFactory(address="bea@harbour.example")
    again = email(to_address="Bea@harbour.example", despite_refusal=True)
    other = email(to_address="bea@harbour.example")
    with mail_server() as peer:
        deliver_due(clock=clock())
    other.refresh_from_db()
    assert (ids(peer.taken), other.state) == ([again.message_id], State.SUPPRESSED)
    assert Suppression.objects.count() == 1


def test_too_late_is_cancelled() -> None:
    row = email(not_after=NOW - timedelta(seconds=1))
    with mail_server() as peer:
        deliver_due(clock=clock())
    row.refresh_from_db()
    assert (row.state, row.last_error, peer.taken) == (
        State.CANCELLED,
        "Too late to be of use.",
        [],
    )


def test_it_goes_on_after_a_batch_that_needs_no_sending() -> None:
    for _ in range(20):
        email(not_after=NOW - timedelta(days=1), due_at=NOW - timedelta(days=2))
    row = email()
    with mail_server() as peer:
        deliver_due(clock=clock())
    assert ids(peer.taken) == [row.message_id]


def test_a_sender_that_is_refused_says_nothing_of_the_address() -> None:
    row = email(headers={"From": "At the Table <no-reply@att.example>"})
    with mail_server(at_sender="550 5.1.8 Sender unknown"):
        deliver_due(clock=clock())
    row.refresh_from_db()
    assert (row.state, row.last_error) == (State.FAILED, "550 5.1.8 Sender unknown")
    assert Suppression.objects.count() == 0
