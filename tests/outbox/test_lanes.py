"""Much mail goes over several connections at once, each claiming for itself."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connection
from django.test import override_settings

from outbox import delivery
from outbox import lanes as lanes_module
from outbox.delivery import deliver_due
from outbox.enums import State
from outbox.lanes import Lanes, run_lanes
from outbox.models import Email
from tests.outbox.delivering import clock, email, ids
from tests.outbox.peer import mail_server

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("waiting", "lanes"), [(0, 0), (1, 1), (50, 1), (51, 2), (100, 2), (101, 3), (151, 3)]
)
@override_settings(EMAIL_CONNECTIONS=3)
def test_one_for_each_batch_up_to_three(
    waiting: int, lanes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(waiting):
        email()
    begun: list[float] = []

    def lane(*, end: float, **_: object) -> bool:
        begun.append(end)
        return False

    monkeypatch.setattr(delivery, "deliver_lane", lane)
    assert deliver_due(clock=clock()) is False
    assert len(begun) == lanes
    assert len(set(begun)) == min(lanes, 1)


@override_settings(EMAIL_CONNECTIONS=3)
def test_each_email_goes_once() -> None:
    rows = [email() for _ in range(120)]
    with mail_server() as peer:
        assert deliver_due(clock=clock()) is False
    assert sorted(ids(peer.taken)) == sorted(row.message_id for row in rows)
    assert set(Email.objects.values_list("state", "attempts")) == {(State.SENT, 1)}


@override_settings(EMAIL_CONNECTIONS=2)
def test_where_one_runs_out_of_time_the_next_run_is_rung_for(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And what breaks in one is not swallowed."""
    for _ in range(51):
        email()
    answers = [False, True]
    monkeypatch.setattr(delivery, "deliver_lane", lambda **_: answers.pop())
    assert deliver_due(clock=clock()) is True
    monkeypatch.setattr(delivery, "deliver_lane", lambda **_: {}["nothing"])
    with pytest.raises(KeyError, match="nothing"):
        deliver_due(clock=clock())


@override_settings(EMAIL_CONNECTIONS=2)
def test_no_connection_to_postgres_is_left_behind(monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(51):
        email()
    opened: list[object] = []
    meeting = threading.Barrier(2)

    def lane(**_: object) -> bool:
        Email.objects.count()
        opened.append(connection.connection)
        meeting.wait()
        return False

    monkeypatch.setattr(delivery, "deliver_lane", lane)
    deliver_due(clock=clock())
    assert [one.closed for one in opened] == [1, 1]  # type: ignore[attr-defined]


def test_no_more_than_so_many_at_once() -> None:
    lanes = Lanes()
    assert [lanes.enter(2, most=3), lanes.enter(2, most=3), lanes.enter(1, most=3)] == [2, 1, 0]
    assert lanes.running == 3


def test_who_comes_while_all_run_makes_one_look_again() -> None:
    lanes = Lanes()
    lanes.enter(2, most=2)
    lanes.enter(1, most=2)
    lanes.enter(1, most=2)
    assert [lanes.leave(), lanes.leave(), lanes.leave()] == [False, True, True]
    assert lanes.running == 0
    lanes.enter(1, most=1)
    assert lanes.leave()


def test_a_lane_that_breaks_is_free_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes_module, "LANES", lanes := Lanes())
    lanes.is_rung = True
    with pytest.raises(ZeroDivisionError):
        run_lanes(lambda: 1 // 0 == 1, wanted=1, most=1)
    with pytest.raises(ZeroDivisionError):
        run_lanes(lambda: 1 // 0 == 1, wanted=2, most=2)
    assert lanes.running == 0


@override_settings(EMAIL_CONNECTIONS=1)
def test_a_run_that_finds_all_busy_is_made_up_for(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second is over at once; the first goes round once more, for what came last."""
    monkeypatch.setattr(lanes_module, "LANES", Lanes())
    runs: list[bool] = []

    def lane(**_: object) -> bool:
        runs.append(True)
        if len(runs) == 1:
            assert deliver_due(clock=clock()) is False
        return False

    email()
    monkeypatch.setattr(delivery, "deliver_lane", lane)
    assert deliver_due(clock=clock()) is False
    assert len(runs) == 2


def test_a_thread_that_cannot_start_costs_no_lane(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lanes_module, "LANES", lanes := Lanes())
    started: list[object] = []
    really = ThreadPoolExecutor.submit

    def submit(pool: ThreadPoolExecutor, *work: Any) -> object:
        if started:
            raise RuntimeError("can't start new thread")
        started.append(really(pool, *work))
        return started[0]

    monkeypatch.setattr(lanes_module.ThreadPoolExecutor, "submit", submit)
    with pytest.raises(RuntimeError, match="start new thread"):
        run_lanes(lambda: False, wanted=3, most=3)
    assert lanes.running == 0
