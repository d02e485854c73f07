"""Much mail goes over several connections at once, each claiming for itself."""

import threading

import pytest
from django.db import connection
from django.test import override_settings

from outbox import delivery
from outbox.delivery import deliver_due
from outbox.enums import State
from outbox.models import Email
from tests.outbox.delivering import clock, email, ids
from tests.outbox.peer import mail_server

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize(
    ("waiting", "lanes"), [(0, 1), (50, 1), (51, 2), (100, 2), (101, 3), (151, 3)]
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
    assert (len(begun), len(set(begun))) == (lanes, 1)


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
