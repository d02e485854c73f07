"""Where a process can be made to die: each place is passed, and only where it may be."""

import os
import signal
from datetime import timedelta
from typing import Any

import pytest
from django.test import override_settings

from bench.failures.scenarios import FAILPOINTS, SCENARIOS
from organisations.models import Organisation, User
from outbox import failpoints
from outbox.checks import nothing_is_to_die
from outbox.delivery import LEASE, claim_batch, deliver_due
from outbox.enums import State
from outbox.models import Email
from outbox.tasks import deliver
from reminders.actions import remind
from tests.outbox.peer import mail_server
from tests.reminders.planning import MORNING, action


class Died(BaseException):
    """As a kill: nothing in the product catches it."""


@pytest.fixture(autouse=True)
def afresh(monkeypatch: pytest.MonkeyPatch) -> None:
    failpoints.passed.clear()

    def fall() -> None:
        raise Died

    monkeypatch.setattr(failpoints, "die", fall)


def due_later() -> Any:
    return lambda: MORNING + LEASE + timedelta(seconds=1)


@pytest.mark.django_db(transaction=True)
@override_settings(FAILPOINT="nowhere")
def test_a_run_passes_every_one(harbour: Organisation, bea: User) -> None:
    action(harbour, bea)
    assert remind(now=MORNING) == 1
    claim_batch(now=MORNING)
    with mail_server() as peer:
        assert deliver_due(clock=due_later()) is False
        deliver()
    assert len(peer.taken) == 1
    assert set(failpoints.passed) == set(failpoints.POINTS)


@pytest.mark.django_db(transaction=True)
@override_settings(FAILPOINT="before_finish")
def test_killed_before_it_is_written_down(harbour: Organisation, bea: User) -> None:
    """The one window: it is sent again, byte for byte."""
    action(harbour, bea)
    remind(now=MORNING)
    with mail_server() as peer:
        with pytest.raises(Died):
            deliver_due(clock=lambda: MORNING)
        assert Email.objects.get().state == State.LEASED
        deliver_due(clock=due_later())
    [first, second] = peer.taken
    assert first == second
    assert Email.objects.get().state == State.SENT


@pytest.mark.django_db(transaction=True)
@override_settings(FAILPOINT="in_data")
def test_killed_in_the_middle_of_its_words(harbour: Organisation, bea: User) -> None:
    action(harbour, bea)
    remind(now=MORNING)
    with mail_server() as peer:
        with pytest.raises(Died):
            deliver_due(clock=lambda: MORNING)
        deliver_due(clock=due_later())
    assert len(peer.taken) == 1


@pytest.mark.django_db(transaction=True)
@override_settings(FAILPOINT="before_composing_commit")
def test_killed_before_emails_are_kept(harbour: Organisation, bea: User) -> None:
    action(harbour, bea)
    with pytest.raises(Died):
        remind(now=MORNING)
    assert Email.objects.count() == 0
    assert remind(now=MORNING) == 1


def test_each_is_a_scenario() -> None:
    assert set(FAILPOINTS) | {"taking_over_a_lease"} == set(failpoints.POINTS)
    assert len({scenario.name for scenario in SCENARIOS}) == len(SCENARIOS)


class TestPassing:
    def test_does_nothing_unless_one_is_named(self) -> None:
        failpoints.failpoint("before_finish")
        assert failpoints.passed == {}

    @override_settings(FAILPOINT="before_finish:2")
    def test_the_second_time(self) -> None:
        failpoints.failpoint("before_finish")
        failpoints.failpoint("after_finish")
        with pytest.raises(Died):
            failpoints.failpoint("before_finish")


def test_dying_leaves_no_time_for_anything(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.undo()
    killed = []
    monkeypatch.setattr(os, "kill", lambda *args: killed.append(args))
    failpoints.die()
    assert killed == [(os.getpid(), signal.SIGKILL)]


class TestCheck:
    def test_refuses_the_environment(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("FAILPOINT", "in_data")
        [error] = nothing_is_to_die(None)
        assert (error.id, error.msg) == ("outbox.E002", "FAILPOINT is set to in_data.")

    @override_settings(FAILPOINT="in_data")
    def test_refuses_a_setting(self) -> None:
        assert len(nothing_is_to_die(None)) == 1

    @override_settings(FAILPOINT="in_data", IS_DEVELOPMENT=True)
    def test_development_may(self) -> None:
        assert nothing_is_to_die(None) == []

    def test_nothing_is_named(self) -> None:
        assert nothing_is_to_die(None) == []
