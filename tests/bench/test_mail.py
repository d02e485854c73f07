"""What the bench of mail stands on: all that it seeds is due, and its lines say the ratio."""

from datetime import date, datetime, time

import pytest
from django.test import override_settings
from django.utils import timezone

from bench import mail, reminders
from bench.mail_sink import mail_sink
from organisations.enums import Nation
from outbox.enums import State
from outbox.models import Email
from outbox.wire import written
from reminders.actions import remind
from reminders.holidays import bank_holidays
from reminders.models import Reminder
from reminders.schedule import is_working
from tests.outbox.peer import BACKEND


@pytest.fixture
def ours(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Through the test's own connection, so that it is thrown away with the test."""
    monkeypatch.setattr(reminders, "OWNER", "default")
    monkeypatch.setattr(reminders, "analyse", lambda: None)


def test_it_is_no_day_off() -> None:
    day = reminders.planning_day()
    assert day >= timezone.localdate()
    assert is_working(day, bank_holidays(Nation.ENGLAND, day.year))


@pytest.mark.parametrize("day", [date(2026, 11, 23), date(2026, 12, 29), date(2028, 2, 29)])
def test_all_that_is_seeded_is_due_and_arrives(ours: None, day: date) -> None:
    about = reminders.day_reminded_of(day)
    reminders.seed_reminders(organisations=2, people=4, actions=3, day=about)
    now = timezone.make_aware(datetime.combine(day, time(9)))
    assert remind(now=now) == 4
    assert Reminder.objects.count() == 12
    messages = [(email.to_address, written(email)) for email in Email.objects.all()]
    with (
        mail_sink() as port,
        override_settings(EMAIL_BACKEND=BACKEND, EMAIL_HOST="127.0.0.1", EMAIL_PORT=port),
    ):
        mail.bare_loop(messages, port=port)
        mail.deliver(1, clock=lambda: now)
    assert set(Email.objects.values_list("state", flat=True)) == {State.SENT}


def test_the_lines() -> None:
    rates = {"bare": 200.0, "one": 170.0, "two": 165.0}
    assert [line.split() for line in mail.words(rates, count=1000)] == [
        ["1,000", "emails,", "a", "bare", "loop", "200", "a", "second"],
        ["delivered", "by", "one", "170", "a", "second", "85%", "of", "it",
         "(aim:", "80%", "or", "more)"],
        ["delivered", "by", "two", "165", "a", "second", "82%", "of", "it",
         "(aim:", "85%", "or", "more)", "under"],
    ]  # fmt: skip
