"""Once a day it plans, every minute it delivers, and it leaves a heartbeat."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import override_settings

from organisations.models import Organisation, User
from outbox.actions import beat
from outbox.models import Heartbeat
from reminders.actions import plan_if_due, remind
from reminders.models import Reminder
from reminders.tasks import tick
from tests.reminders.planning import MORNING, action

pytestmark = pytest.mark.django_db


@override_settings(REMINDERS_HOUR=8)
def test_the_day_is_planned_once(harbour: Organisation, bea: User, alice: User) -> None:
    action(harbour, bea)
    assert plan_if_due(now=MORNING - timedelta(seconds=1)) == 0
    assert plan_if_due(now=MORNING) == 1
    action(harbour, alice)
    assert plan_if_due(now=MORNING + timedelta(hours=1)) == 0
    assert plan_if_due(now=MORNING + timedelta(days=1)) == 1


@override_settings(REMINDERS_HOUR=8)
def test_a_tick_plans_delivers_and_leaves_a_heartbeat(
    harbour: Organisation, bea: User, mailoutbox: list[Any]
) -> None:
    action(harbour, bea)
    with time_machine.travel(MORNING, tick=False):
        tick()
    assert [mail.to for mail in mailoutbox] == [[bea.email]]
    assert sorted(Heartbeat.objects.values_list("name", "at")) == [
        ("plan", MORNING),
        ("tick", MORNING),
    ]


def test_a_tick_delivers_even_where_planning_breaks(
    monkeypatch: pytest.MonkeyPatch, harbour: Organisation
) -> None:
    delivered: list[bool] = []
    monkeypatch.setattr("reminders.tasks.remind", lambda now: 1 / 0)
    monkeypatch.setattr("reminders.tasks.deliver_due", lambda clock: delivered.append(True))
    with pytest.raises(ZeroDivisionError):
        tick()
    assert delivered == [True]
    assert not Heartbeat.objects.filter(name="tick").exists()


def test_a_tick_plans_even_where_delivery_breaks(
    monkeypatch: pytest.MonkeyPatch, harbour: Organisation, bea: User
) -> None:
    action(harbour, bea)
    monkeypatch.setattr("reminders.tasks.deliver_due", lambda clock: 1 / 0)
    with time_machine.travel(MORNING, tick=False), pytest.raises(ZeroDivisionError):
        tick()
    assert Reminder.objects.count() == 1
    assert not Heartbeat.objects.filter(name="tick").exists()


@override_settings(REMINDERS_HOUR=8)
def test_what_waits_is_paid_once_the_day_is_planned(harbour: Organisation, bea: User) -> None:
    """Not in the night before, though it was written down the day before."""
    action(harbour, bea)
    assert plan_if_due(now=MORNING) == 1
    tomorrow = MORNING + timedelta(days=1)
    assert remind(now=tomorrow - timedelta(hours=1)) == 0
    assert remind(now=tomorrow) == 1


def test_a_long_tick_rings_for_more(monkeypatch: pytest.MonkeyPatch) -> None:
    rung: list[bool] = []
    monkeypatch.setattr("reminders.tasks.deliver_due", lambda clock: True)
    monkeypatch.setattr("reminders.tasks.nudge", lambda: rung.append(True))
    tick()
    assert rung == [True]


def test_a_heartbeat_moves_on() -> None:
    beat("tick", now=MORNING)
    beat("tick", now=MORNING + timedelta(minutes=1))
    assert [(row.name, row.at) for row in Heartbeat.objects.all()] == [
        ("tick", MORNING + timedelta(minutes=1))
    ]
