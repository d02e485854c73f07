"""A run of deliveries: a server that is away or slow, and how a run ends."""

from datetime import timedelta
from typing import Any

import pytest
from celery import current_app
from django.conf import settings

from outbox import delivery
from outbox.backoff import Answer
from outbox.delivery import claim_batch, deliver_due, send_batch
from outbox.enums import State
from outbox.models import Attempt, Email
from outbox.tasks import deliver
from outbox.transport import Result, Transport
from reminders.tasks import tick
from tests.outbox.delivering import NOW, clock, email
from tests.outbox.peer import mail_server, nobody_listens

pytestmark = pytest.mark.django_db


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
        monkeypatch.setattr(transport.backend.connection, "sendmail", lambda *_: 1 / 0)
        send_batch(claim_batch(now=NOW).to_send, transport=transport, clock=clock())
    row.refresh_from_db()
    assert (row.state, peer.taken) == (State.QUEUED, [])
    assert row.last_error == "ZeroDivisionError: division by zero"
