"""People with actions due, and the day on which they are reminded of them."""

from datetime import date, timedelta
from pathlib import Path

from django.db import connections, transaction
from django.utils import timezone

from bench.seed import OWNER, QUIET_TRIGGERS, SQL, analyse
from organisations.enums import Nation
from reminders.enums import ReminderKind
from reminders.holidays import bank_holidays
from reminders.rules import RULE_OF
from reminders.schedule import is_working, windows

PEOPLE_WITH_ACTIONS = Path(__file__).parent / "raw" / "reminders.sql"


def planning_day() -> date:
    """Today, or the next day that is none off."""
    day = timezone.localdate()
    while not is_working(day, bank_holidays(Nation.ENGLAND, day.year)):
        day += timedelta(days=1)
    return day


def day_reminded_of(today: date) -> date:
    """One of the dates of actions that their leads hear of today."""
    ladder = RULE_OF[ReminderKind.ACTION_DUE].ladders[0]
    found = windows(ladder, today=today, holidays=bank_holidays(Nation.ENGLAND, today.year))
    return max(found, key=lambda window: window.anchor).anchor


def seed_reminders(*, organisations: int, people: int, actions: int, day: date) -> None:
    """So many actions for each person, all due on that day."""
    sizes: dict[str, int | date] = {
        "organisations": organisations,
        "people": people,
        "actions": actions,
        "day": day,
    }
    with transaction.atomic(using=OWNER), connections[OWNER].cursor() as cursor:
        cursor.execute(QUIET_TRIGGERS)
        cursor.execute((SQL / "00_ids.sql").read_text(), sizes)
        cursor.execute(PEOPLE_WITH_ACTIONS.read_text(), sizes)
    analyse()
