"""What is queued and not wanted, or not true any more, does not leave; nobody is told twice."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine

from organisations.models import Organisation, User
from outbox.delivery import deliver_due
from outbox.enums import State as MailState
from outbox.models import Email
from outbox.tasks import deliver
from recommendations.enums import Response
from reminders import actions
from reminders.actions import (
    NOT_WANTED,
    choose_emails,
    pause_reminders,
    remind,
    unsubscribe,
    withdraw_if_behind,
)
from reminders.emails import Unsubscribe
from reminders.enums import Choice, ReminderKind
from reminders.models import Reminder
from reminders.queries import TICK_MAY_WAIT
from reminders.tasks import tick
from tests.factories.committees import GroupFactory, GroupMemberFactory, MeetingFactory
from tests.reminders.facts.asking import turn_down
from tests.reminders.planning import MONDAY, MORNING, action, plan

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(hours=3)


def subjects() -> list[str]:
    rows = Email.objects.filter(state=MailState.QUEUED)
    return sorted(rows.values_list("subject", flat=True))


# After hours without a worker


@pytest.mark.parametrize("task", [tick, deliver], ids=["tick", "deliver"])
def test_what_no_longer_holds_is_taken_back_before_anything_leaves(
    task: Callable[[], None], harbour: Organisation, bea: User, mailoutbox: list[Any]
) -> None:
    of = action(harbour, bea)
    assert plan() == 1
    turn_down(of.recommendation)
    with time_machine.travel(LATER, tick=False):
        task()
    assert mailoutbox == []
    assert Email.objects.get().state == MailState.CANCELLED


def test_a_tick_of_late_has_seen_to_it(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[bool] = []
    monkeypatch.setattr(actions, "withdraw_stale", lambda **_: looked.append(True))
    actions.beat("tick", now=MORNING)
    withdraw_if_behind(MORNING + timedelta(seconds=TICK_MAY_WAIT))
    assert looked == []
    withdraw_if_behind(MORNING + timedelta(seconds=TICK_MAY_WAIT + 1))
    assert looked == [True]


def test_mail_leaves_even_where_looking_breaks(
    monkeypatch: pytest.MonkeyPatch, harbour: Organisation, bea: User, mailoutbox: list[Any]
) -> None:
    action(harbour, bea)
    plan()
    monkeypatch.setattr(actions, "withdraw_stale", lambda **_: 1 / 0)
    deliver_due(clock=lambda: LATER)
    assert [mail.to for mail in mailoutbox] == [[bea.email]]


def test_nobody_is_told_twice_of_what_was_taken_in_that_very_moment(
    harbour: Organisation, bea: User, monkeypatch: pytest.MonkeyPatch, mailoutbox: list[Any]
) -> None:
    """Another worker sends it between the two statements; the next day it holds again."""
    of = action(harbour, bea)
    plan()
    turn_down(of.recommendation)
    really = actions.cancel_queued

    def too_late(*args: Any, **named: Any) -> int:
        Email.objects.update(state=MailState.SENT, sent_at=LATER)
        return really(*args, **named)

    monkeypatch.setattr(actions, "cancel_queued", too_late)
    remind(now=LATER)
    assert Reminder.objects.get().withdrawn_at is None
    of.recommendation.response, of.recommendation.response_reason = Response.ACCEPTED, ""
    of.recommendation.save()
    assert remind(now=MORNING + timedelta(days=1)) == 0


# Stopped and paused


def stop(user: User) -> None:
    unsubscribe(Unsubscribe(user.pk, (ReminderKind.ACTION_DUE,)), now=LATER)


def switch_off(user: User) -> None:
    choose_emails(choices={ReminderKind.ACTION_DUE: Choice.OFF}, by=user, now=LATER)


def pause(user: User) -> None:
    pause_reminders(until=MONDAY + timedelta(days=60), by=user, now=LATER)


@pytest.mark.parametrize("how", [stop, switch_off, pause])
def test_what_waits_is_not_sent_to_whoever_stops_it(
    how: Callable[[User], None],
    harbour: Organisation,
    bea: User,
    alice: User,
    mailoutbox: list[Any],
) -> None:
    action(harbour, bea)
    action(harbour, alice)
    assert plan() == 2
    how(bea)
    assert Email.objects.get(to_user=bea).last_error == NOT_WANTED
    remind(now=LATER)
    deliver_due(clock=lambda: LATER)
    assert [mail.to for mail in mailoutbox] == [[alice.email]]


def test_what_else_it_was_to_say_comes_all_the_same(harbour: Organisation, bea: User) -> None:
    group = GroupFactory(organisation=harbour)
    GroupMemberFactory(group=group, user=bea, from_date=MONDAY)
    MeetingFactory(group=group, date=MONDAY + timedelta(days=7))
    action(harbour, bea)
    plan()
    assert subjects() == ["2 things need you at Harbour Minds"]
    stop(bea)
    assert subjects() == []
    assert remind(now=LATER) == 1
    [subject] = subjects()
    assert "meeting" in subject.lower()


def test_choosing_once_a_week_leaves_what_is_on_its_way(harbour: Organisation, bea: User) -> None:
    action(harbour, bea)
    plan()
    choose_emails(choices={ReminderKind.ACTION_DUE: Choice.DIGEST}, by=bea, now=LATER)
    assert len(subjects()) == 1


def test_a_choice_that_breaks_half_way_stops_nothing(
    harbour: Organisation, bea: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    action(harbour, bea)
    plan()
    monkeypatch.setattr(actions.Preference.objects, "bulk_create", lambda *_, **__: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        switch_off(bea)
    monkeypatch.setattr(actions.MailPause.objects, "update_or_create", lambda **_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        pause(bea)
    assert len(subjects()) == 1
