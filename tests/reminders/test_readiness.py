"""Whether the site is at work, as its keeper's machines ask."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import Error
from django.test import Client

from outbox.actions import beat
from reminders import views
from reminders.queries import MAIL_MAY_WAIT, TICK_MAY_WAIT
from tests.factories.outbox import EmailFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def beat_ago(seconds: int) -> None:
    beat("tick", now=NOW - timedelta(seconds=seconds))


def test_ready() -> None:
    beat_ago(10)
    response = Client().get("/readyz")
    assert response.status_code == 200
    assert response.json() == {
        "ready": True,
        "database": True,
        "last_tick_seconds_ago": 10,
        "oldest_mail_waiting_seconds": None,
    }
    assert Client().post("/readyz").status_code == 405


def test_not_ready_before_the_first_tick_or_after_the_last() -> None:
    assert Client().get("/readyz").status_code == 503
    beat_ago(TICK_MAY_WAIT)
    assert Client().get("/readyz").status_code == 200
    beat_ago(TICK_MAY_WAIT + 1)
    assert Client().get("/readyz").status_code == 503


@pytest.mark.parametrize(("waited", "status"), [(MAIL_MAY_WAIT, 200), (MAIL_MAY_WAIT + 1, 503)])
def test_not_ready_while_mail_is_stuck(waited: int, status: int) -> None:
    beat_ago(1)
    EmailFactory(due_at=NOW - timedelta(seconds=waited))
    EmailFactory(sent=True, due_at=NOW - timedelta(days=1))
    assert Client().get("/readyz").status_code == status


def test_not_ready_without_a_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(now: Any) -> None:
        raise Error("gone")

    monkeypatch.setattr(views.queries, "health", broken)
    response = Client().get("/readyz")
    assert (response.status_code, response.json()) == (503, {"ready": False, "database": False})
