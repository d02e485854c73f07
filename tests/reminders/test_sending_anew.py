"""A reminder that failed is sent anew, for as long as it holds."""

from datetime import timedelta
from unittest.mock import patch

import pytest

from history.models import Entry
from organisations.models import Organisation, User
from outbox.enums import State
from outbox.models import Email
from recommendations.models import Recommendation
from reminders.actions import remind, send_anew
from reminders.models import Reminder
from tests.reminders.facts.asking import turn_down
from tests.reminders.planning import MORNING, action, plan

pytestmark = pytest.mark.django_db
LATER = MORNING + timedelta(hours=3)


@pytest.fixture
def about(harbour: Organisation, bea: User) -> Recommendation:
    return action(harbour, bea).recommendation


@pytest.fixture
def failed(about: Recommendation) -> Email:
    plan()
    Email.objects.update(state=State.FAILED, attempts=8)
    return Email.objects.get()


def test_the_new_one_stands_for_what_the_old_one_owed(failed: Email, alice: User) -> None:
    assert send_anew([failed], by=alice, now=LATER) == 1
    again = Email.objects.exclude(pk=failed.pk).get()
    assert (again.state, again.subject) == (State.QUEUED, failed.subject)
    assert Reminder.objects.get().email == again
    assert send_anew([failed], by=alice, now=LATER) == 0


def test_what_is_over_is_not_sent(failed: Email, about: Recommendation) -> None:
    turn_down(about)
    assert send_anew([failed], by=None, now=LATER) == 0
    assert not Email.objects.filter(state=State.QUEUED).exists()


def test_it_is_taken_back_when_it_is_over(failed: Email, about: Recommendation) -> None:
    assert send_anew([failed], by=None, now=LATER) == 1
    turn_down(about)
    remind(now=LATER + timedelta(minutes=1))
    assert Email.objects.exclude(pk=failed.pk).get().state == State.CANCELLED


def test_all_or_nothing(failed: Email, alice: User) -> None:
    before = Entry.objects.count()
    with (
        patch("reminders.actions.withdraw_stale", side_effect=RuntimeError),
        pytest.raises(RuntimeError),
    ):
        send_anew([failed], by=alice, now=LATER)
    assert (Email.objects.count(), Entry.objects.count()) == (1, before)
    assert Reminder.objects.get().email == failed
