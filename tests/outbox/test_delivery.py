"""The delivery loop against a real mail server on loopback."""

import socket
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from celery import current_app
from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from outbox import delivery
from outbox.backoff import Answer
from outbox.delivery import LEASE, claim_batch, deliver_due, finish, hold, send_batch
from outbox.enums import Kind, Phase, State
from outbox.models import Attempt, Email, Suppression
from outbox.tasks import deliver
from outbox.transport import Result, Transport
from reminders.tasks import tick
from tests.factories.organisations import UserFactory
from tests.factories.outbox import EmailFactory, SuppressionFactory
from tests.outbox.peer import mail_server, nobody_listens

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def clock(now: datetime = NOW) -> Callable[[], datetime]:
    return lambda: now


def email(**fields: Any) -> Email:
    return EmailFactory(**{"created_at": NOW - timedelta(minutes=1), **fields})


def phases(row: Email) -> list[str]:
    return list(
        Attempt.objects.filter(email_id=row.id).order_by("id").values_list("phase", flat=True)
    )


def ids(messages: list[bytes]) -> list[str]:
    return [message_from_bytes(raw, policy=policy.default)["Message-ID"] for raw in messages]


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


def test_only_the_email_sent_again_goes_to_an_address_that_refused() -> None:
    SuppressionFactory(address="bea@harbour.example")
    again = email(to_address="Bea@harbour.example", despite_refusal=True)
    other = email(to_address="bea@harbour.example")
    with mail_server() as peer:
        deliver_due(clock=clock())
    other.refresh_from_db()
    assert (ids(peer.taken), other.state) == ([again.message_id], State.SUPPRESSED)
    assert Suppression.objects.count() == 1


def test_codes_go_first() -> None:
    reminders = [email(due_at=NOW - timedelta(hours=1)) for _ in range(25)]
    code = email(sign_in=True)
    claimed = claim_batch(now=NOW, size=20).to_send
    assert (claimed[0], len(claimed), len(reminders)) == (code, 20, 25)


def test_an_unreachable_server_costs_no_attempt() -> None:
    row, code = email(), email(sign_in=True)
    with nobody_listens():
        assert deliver_due(clock=clock()) is False
    for item in (row, code):
        due_at = item.due_at
        item.refresh_from_db()
        assert (item.state, item.attempts, item.due_at) == (State.QUEUED, 0, due_at)
    with mail_server() as peer:
        deliver_due(clock=clock(NOW + timedelta(minutes=1)))
    assert len(peer.taken) == 2


def test_an_outage_adds_nothing_to_the_attempts() -> None:
    for _ in range(3):
        email()
    with nobody_listens():
        for minute in range(3):
            assert deliver_due(clock=clock(NOW + timedelta(minutes=minute))) is False
    assert Attempt.objects.count() == 0
    assert set(Email.objects.values_list("state", "lease_token")) == {(State.QUEUED, None)}


def test_nothing_due_means_no_connection() -> None:
    email(due_at=NOW + timedelta(seconds=1))
    with mail_server() as peer:
        assert deliver_due(clock=clock()) is False
    assert peer.connections == 0


def test_a_server_that_goes_away_in_the_middle_puts_the_rest_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    due = {email(due_at=NOW).due_at for _ in range(3)}
    monkeypatch.setattr("outbox.transport.MAILS_A_CONNECTION", 1)
    with mail_server() as peer, Transport() as transport:
        claimed = claim_batch(now=NOW).to_send
        send_batch(claimed[:1], transport=transport, clock=clock())
        with nobody_listens():
            assert not send_batch(claimed[1:], transport=transport, clock=clock())
    assert len(peer.taken) == 1
    left = Email.objects.filter(state=State.QUEUED)
    assert {(row.attempts, row.due_at) for row in left} == {(0, *due)}
    assert [row.last_error.partition(":")[0] for row in left] == ["ConnectionRefusedError"] * 2


class SlowServer:
    """A transport whose every email takes as long as a run may last."""

    def __init__(self) -> None:
        self.time, self.taken = 0.0, 0

    def connect(self) -> None:
        return None

    def send(self, message: Any) -> Result:
        self.time += delivery.RUN_SECONDS
        self.taken += 1
        return Result(Answer.ACCEPTED)


def test_a_slow_server_ends_the_run_after_the_email_in_hand(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for _ in range(3):
        email()
    slow = SlowServer()
    monkeypatch.setattr(delivery.time, "monotonic", lambda: slow.time)
    claimed = claim_batch(now=NOW).to_send
    end = float(delivery.RUN_SECONDS)
    assert send_batch(claimed, transport=slow, clock=clock(), end=end)  # type: ignore[arg-type]
    assert slow.taken == 1
    assert sorted(Email.objects.values_list("state", "attempts", "last_error")) == [
        (State.QUEUED, 0, ""),
        (State.QUEUED, 0, ""),
        (State.SENT, 1, ""),
    ]


def test_only_time_outs_that_work_bound_a_task() -> None:
    """Celery's own limits do nothing to a pool of threads, which is how the worker runs."""
    conf = current_app.conf
    assert (conf.task_time_limit, conf.task_soft_time_limit) == (None, None)
    for task in (deliver, tick):
        assert (task.time_limit, task.soft_time_limit) == (None, None)
    answers = 5
    assert (
        delivery.RUN_SECONDS + answers * settings.EMAIL_TIMEOUT
        < (conf.broker_transport_options["visibility_timeout"])
    )


def test_an_expired_lease_is_sent_by_the_next() -> None:
    row = email()
    lost = claim_batch(now=NOW).to_send
    assert claim_batch(now=NOW + LEASE) == delivery.Claim([], 0)
    with mail_server() as peer:
        deliver_due(clock=clock(NOW + LEASE + timedelta(seconds=1)))
    finish(lost[0], Result(Answer.ACCEPTED), now=NOW + timedelta(minutes=5))
    row.refresh_from_db()
    assert (row.state, row.attempts, ids(peer.taken)) == (State.SENT, 2, [row.message_id])
    assert phases(row) == [Phase.CLAIMED, Phase.CLAIMED, Phase.SENT, Phase.LOST_LEASE]


def test_an_expired_lease_on_a_code_fails() -> None:
    row = email(sign_in=True)
    claim_batch(now=NOW)
    with mail_server() as peer:
        deliver_due(clock=clock(NOW + LEASE + timedelta(seconds=1)))
    row.refresh_from_db()
    assert (row.state, peer.taken) == (State.FAILED, [])


def test_a_slow_batch_renews_its_lease_before_each_email() -> None:
    email()
    [row] = claim_batch(now=NOW).to_send
    assert hold(row, now=NOW + timedelta(seconds=10))
    assert row.lease_until == NOW + LEASE
    assert hold(row, now=NOW + timedelta(seconds=11))
    assert row.lease_until == NOW + timedelta(seconds=11) + LEASE
    assert Email.objects.get().lease_until == row.lease_until


def test_a_lost_lease_is_not_sent() -> None:
    email()
    mine = claim_batch(now=NOW).to_send
    late = NOW + LEASE + timedelta(seconds=1)
    claim_batch(now=late)
    with mail_server() as peer, Transport() as transport:
        assert send_batch(mine, transport=transport, clock=clock(late))
    assert peer.taken == []


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


def test_an_account_holder_gets_a_code_in_spite_of_an_old_bounce() -> None:
    SuppressionFactory(address="bea@harbour.example")
    user = UserFactory(email="bea@harbour.example")
    mine = email(sign_in=True, to_user=user, to_address=user.email)
    strangers = email(sign_in=True, to_address=user.email)
    with mail_server() as peer:
        deliver_due(clock=clock())
    strangers.refresh_from_db()
    assert (ids(peer.taken), strangers.state) == ([mine.message_id], State.SUPPRESSED)


def test_it_goes_on_after_a_batch_that_needs_no_sending() -> None:
    for _ in range(20):
        email(not_after=NOW - timedelta(days=1), due_at=NOW - timedelta(days=2))
    row = email()
    with mail_server() as peer:
        deliver_due(clock=clock())
    assert ids(peer.taken) == [row.message_id]


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


def test_a_sender_that_is_refused_says_nothing_of_the_address() -> None:
    row = email(headers={"From": "At the Table <no-reply@att.example>"})
    with mail_server(at_sender="550 5.1.8 Sender unknown"):
        deliver_due(clock=clock())
    row.refresh_from_db()
    assert (row.state, row.last_error) == (State.FAILED, "550 5.1.8 Sender unknown")
    assert Suppression.objects.count() == 0


def test_a_run_with_nothing_left_rings_for_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("outbox.tasks.nudge", lambda: pytest.fail("rung"))
    deliver()


def test_a_run_ends_and_rings_for_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[bool] = []
    monkeypatch.setattr(delivery, "RUN_SECONDS", 0)
    monkeypatch.setattr("outbox.tasks.nudge", lambda: rung.append(True))
    email()
    deliver()
    assert rung == [True]


def test_an_error_nobody_expected_leaves_the_email_in_doubt(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = email()
    with mail_server() as peer, Transport() as transport:
        assert transport.connect() is None
        monkeypatch.setattr(transport.backend, "send_messages", lambda _: 1 / 0)
        send_batch(claim_batch(now=NOW).to_send, transport=transport, clock=clock())
    row.refresh_from_db()
    assert (row.state, peer.taken) == (State.QUEUED, [])
    assert row.last_error == "ZeroDivisionError: division by zero"


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_send_each_email_once() -> None:
    for _ in range(60):
        email()
    start = threading.Barrier(2)

    def work() -> None:
        try:
            start.wait()
            deliver_due(clock=timezone.now)
        finally:
            connection.close()

    with mail_server() as peer:
        workers = [threading.Thread(target=work) for _ in range(2)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
    assert (len(peer.taken), len(set(ids(peer.taken)))) == (60, 60)
    assert set(Email.objects.values_list("state", "attempts")) == {(State.SENT, 1)}


@pytest.mark.django_db(transaction=True)
def test_a_row_under_claim_is_passed_over() -> None:
    """The second claimer comes while the first still holds its locks."""
    email()
    seen: list[int] = []

    def other() -> None:
        try:
            seen.append(len(claim_batch(now=NOW).to_send))
        finally:
            connection.close()

    with transaction.atomic():
        assert len(claim_batch(now=NOW).to_send) == 1
        thread = threading.Thread(target=other)
        thread.start()
        thread.join()
    assert seen == [0]
