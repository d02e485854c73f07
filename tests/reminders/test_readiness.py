"""Whether the site is at work, as its keeper's machines ask."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import Error
from django.test import Client

from outbox.actions import beat
from outbox.enums import Phase
from outbox.models import Attempt
from reminders import queries
from reminders.queries import (
    MAIL_MAY_BE_BEHIND,
    MAIL_MAY_WAIT,
    MANY_PUT_OFF,
    PUT_OFF_MAY_WAIT,
    TICK_MAY_WAIT,
)
from tests.factories.outbox import EmailFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def beat_ago(seconds: int) -> None:
    beat("tick", now=NOW - timedelta(seconds=seconds))


def sent_ago(seconds: int) -> None:
    email = EmailFactory(sent=True)
    at = NOW - timedelta(seconds=seconds)
    Attempt.objects.create(email_id=email.id, at=at, phase=Phase.SENT)


def is_ready() -> bool:
    return Client().get("/readyz").status_code == 200


def test_ready() -> None:
    beat_ago(10)
    sent_ago(20)
    response = Client().get("/readyz")
    assert response.status_code == 200
    assert response.json() == {
        "ready": True,
        "database": True,
        "oldest_mail_waiting_seconds": None,
        "mail_put_off": 0,
        "last_mail_seconds_ago": 20,
        "last_tick_seconds_ago": 10,
        "plan_is_missing": False,
    }
    assert Client().post("/readyz").status_code == 405


def test_a_missed_tick_shows_within_a_minute() -> None:
    assert TICK_MAY_WAIT == 60 + 60
    assert Client().get("/readyz").status_code == 503
    beat_ago(TICK_MAY_WAIT)
    assert is_ready()
    beat_ago(TICK_MAY_WAIT + 1)
    assert Client().get("/readyz").status_code == 503


@pytest.mark.parametrize(("waited", "ready"), [(MAIL_MAY_WAIT, True), (MAIL_MAY_WAIT + 1, False)])
@pytest.mark.parametrize("last_sent", [None, MAIL_MAY_WAIT + 1])
def test_not_ready_while_mail_is_stuck(waited: int, ready: bool, last_sent: int | None) -> None:
    assert MAIL_MAY_WAIT == 60
    beat_ago(1)
    if last_sent is not None:
        sent_ago(last_sent)
    EmailFactory(due_at=NOW - timedelta(seconds=waited))
    EmailFactory(sent=True, due_at=NOW - timedelta(days=1))
    assert is_ready() is ready


@pytest.mark.parametrize(
    ("waited", "ready"), [(MAIL_MAY_BE_BEHIND, True), (MAIL_MAY_BE_BEHIND + 1, False)]
)
def test_much_mail_may_take_longer_as_long_as_it_leaves(waited: int, ready: bool) -> None:
    beat_ago(1)
    sent_ago(MAIL_MAY_WAIT)
    EmailFactory(due_at=NOW - timedelta(seconds=waited))
    assert is_ready() is ready


@pytest.mark.parametrize(
    ("many", "age", "last_sent", "ready"),
    [
        (MANY_PUT_OFF, PUT_OFF_MAY_WAIT + 1, None, False),
        (MANY_PUT_OFF, PUT_OFF_MAY_WAIT + 1, PUT_OFF_MAY_WAIT + 1, False),
        (MANY_PUT_OFF, PUT_OFF_MAY_WAIT + 1, PUT_OFF_MAY_WAIT, True),
        (MANY_PUT_OFF, PUT_OFF_MAY_WAIT, None, True),
        (MANY_PUT_OFF - 1, PUT_OFF_MAY_WAIT + 1, None, True),
        (MANY_PUT_OFF + 20, 3600, 3600, False),
    ],
)
def test_not_ready_while_a_server_puts_everything_off(
    many: int, age: int, last_sent: int | None, ready: bool
) -> None:
    """Each is due in a while, so that none seems late."""
    beat_ago(1)
    if last_sent is not None:
        sent_ago(last_sent)
    for _ in range(many):
        created = NOW - timedelta(seconds=age)
        EmailFactory(created_at=created, due_at=NOW + timedelta(minutes=9), attempts=2)
    EmailFactory(created_at=NOW - timedelta(days=1), due_at=NOW + timedelta(minutes=9))
    assert is_ready() is ready


def test_what_was_only_tried_has_not_left() -> None:
    beat_ago(1)
    row = EmailFactory(due_at=NOW - timedelta(seconds=MAIL_MAY_WAIT + 1))
    Attempt.objects.create(email_id=row.id, at=NOW, phase=Phase.CLAIMED)
    assert not is_ready()


@pytest.mark.parametrize(
    ("now", "planned", "ready"),
    [
        # Monday in winter, when London keeps UTC.
        (datetime(2026, 11, 2, 8, 59, tzinfo=UTC), None, True),
        (datetime(2026, 11, 2, 9, 0, tzinfo=UTC), None, False),
        (datetime(2026, 11, 2, 9, 0, tzinfo=UTC), datetime(2026, 11, 1, 8, 0, tzinfo=UTC), False),
        (datetime(2026, 11, 2, 9, 0, tzinfo=UTC), datetime(2026, 11, 2, 8, 0, tzinfo=UTC), True),
        # In summer it is an hour ahead.
        (datetime(2026, 6, 1, 7, 59, tzinfo=UTC), None, True),
        (datetime(2026, 6, 1, 8, 0, tzinfo=UTC), None, False),
        # A Saturday, a Sunday and a bank holiday wait.
        (datetime(2026, 10, 31, 12, 0, tzinfo=UTC), None, True),
        (datetime(2026, 11, 1, 12, 0, tzinfo=UTC), None, True),
        (datetime(2026, 12, 25, 12, 0, tzinfo=UTC), None, True),
    ],
)
def test_not_ready_while_the_days_reminders_are_missing(
    now: datetime, planned: datetime | None, ready: bool
) -> None:
    if planned:
        beat("plan", now=planned)
    beat("tick", now=now)
    with time_machine.travel(now, tick=False):
        assert is_ready() is ready


def test_not_ready_without_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(now: Any) -> None:
        raise Error("gone")

    monkeypatch.setattr(queries, "health", broken)
    response = Client().get("/readyz")
    assert (response.status_code, response.json()) == (503, {"ready": False, "database": False})


def test_up_is_not_ready() -> None:
    """The process answers while nothing ticks: it is no reason to start it anew."""
    assert Client().get("/healthz").status_code == 200
    assert not is_ready()
