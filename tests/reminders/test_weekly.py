"""Whoever hears once a week still hears of everything, and nobody on a day off."""

from datetime import date, timedelta
from functools import cache

import pytest

from commitments.enums import PledgeState
from organisations.enums import Nation
from organisations.models import Organisation, User
from outbox.models import Email
from reminders.actions import pause_reminders, plan_if_due, remind
from reminders.composing import compose_due
from reminders.enums import Choice, ReminderKind
from reminders.holidays import bank_holidays
from reminders.models import Preference, Reminder
from reminders.rules import MANDATORY, RULES
from reminders.schedule import (
    Ladder,
    is_digest_day,
    is_working,
    next_digest_day,
    start_of,
    window_of,
)
from tests.factories.commitments import InvitationFactory, PledgeFactory
from tests.factories.committees import GroupFactory, GroupMemberFactory, MeetingFactory
from tests.factories.reminders import PreferenceFactory
from tests.reminders.planning import MONDAY, MORNING, action

DAY = timedelta(days=1)
LONG_AGO = date(2025, 1, 1)


@cache
def week_of(day: date, nation: Nation) -> tuple[bool, date]:
    """Whether it is the day of the week, and the next one."""
    days_off = bank_holidays(nation, day.year)
    return is_digest_day(day, days_off), next_digest_day(day, days_off)


def hears(ladder: Ladder, anchor: date, nation: Nation, *, first: date) -> tuple[bool, bool]:
    """Somebody who hears on the day, and somebody who hears once a week; planned from `first`."""
    told_daily = told_weekly = False
    rungs: dict[int, date] = {}
    day = first
    while day < anchor + ladder.reach + 3 * DAY:
        days_off = bank_holidays(nation, day.year)
        window = window_of(ladder, anchor, today=day, holidays=days_off)
        if window is not None and is_working(day, days_off):
            rungs.setdefault(window.offset, window.until)
            told_daily = True
        comes, following = week_of(day, nation)
        is_over = anchor + ladder.reach <= following
        if any(until > day for until in rungs.values()) and (comes or is_over):
            told_weekly = True
        day += DAY
    return told_daily, told_weekly


@pytest.mark.parametrize("nation", Nation)
@pytest.mark.parametrize(
    "rule", [rule for rule in RULES if rule.kind not in MANDATORY], ids=lambda rule: rule.kind
)
def test_whoever_would_hear_on_the_day_hears_once_a_week(rule: object, nation: Nation) -> None:
    """Every other day of a year, known long before, and only after it should have been told."""
    silent = [
        (ladder.audience, anchor, late)
        for ladder in rule.ladders  # type: ignore[attr-defined]
        for late in (12, -1)
        for anchor in (date(2026, 1, 1) + n * DAY for n in range(0, 365, 2))
        if hears(ladder, anchor, nation, first=anchor + (ladder.offsets[0] - late) * DAY)
        == (True, False)
    ]
    assert silent == []


def run(first: date, last: date) -> list[date]:
    """Eight in the morning of each day; those on which an email was made."""
    days = [first + number * DAY for number in range((last - first).days + 1)]
    return [day for day in days if remind(now=start_of(day) + timedelta(hours=8))]


def sit(organisation: Organisation, user: User, day: date) -> None:
    group = GroupFactory(organisation=organisation, created_at=start_of(LONG_AGO))
    GroupMemberFactory(group=group, user=user, from_date=LONG_AGO)
    MeetingFactory(group=group, date=day)
    PreferenceFactory(user=user, kind=ReminderKind.MEETING, choice=Choice.DIGEST)


@pytest.mark.django_db
@pytest.mark.parametrize("day", [date(2026, 4, 7), date(2026, 9, 1), date(2026, 11, 17)])
def test_of_a_meeting_also_right_after_a_bank_holiday(
    day: date, harbour: Organisation, bea: User
) -> None:
    sit(harbour, bea, day)
    made = run(day - 21 * DAY, day + DAY)
    assert made
    assert made[-1] < day


@pytest.mark.django_db
def test_of_a_meeting_called_this_week(harbour: Organisation, bea: User) -> None:
    sit(harbour, bea, date(2026, 11, 6))
    assert run(date(2026, 11, 3), date(2026, 11, 10)) == [
        date(2026, 11, 3),
        date(2026, 11, 5),
    ]


@pytest.mark.django_db
def test_of_an_event_that_was_entered_late(harbour: Organisation, bea: User) -> None:
    PreferenceFactory(user=bea, kind=ReminderKind.EVENT_BEFORE, choice=Choice.DIGEST)
    tuesday = date(2026, 11, 3)
    pledge = PledgeFactory(
        leader=bea,
        organisation=harbour,
        state=PledgeState.PUBLISHED,
        published_at=start_of(tuesday - 5 * DAY),
    )
    InvitationFactory(pledge=pledge, held_on=tuesday + 4 * DAY, received_on=tuesday)
    run(tuesday, tuesday + 4 * DAY)
    assert Reminder.objects.get(kind=ReminderKind.EVENT_BEFORE).email is not None


@pytest.mark.django_db
def test_a_pause_that_ends_on_a_saturday_waits_for_monday(harbour: Organisation, bea: User) -> None:
    pause_reminders(until=MONDAY + 5 * DAY, by=bea, now=MORNING)
    action(harbour, bea)
    assert run(MONDAY, MONDAY + 7 * DAY) == [MONDAY + 7 * DAY]


@pytest.mark.django_db
def test_a_choice_changed_on_a_saturday_sends_nothing_that_day(
    harbour: Organisation, bea: User
) -> None:
    PreferenceFactory(user=bea, kind=ReminderKind.ACTION_DUE, choice=Choice.DIGEST)
    action(harbour, bea, days=8)
    assert run(MONDAY + DAY, MONDAY + 4 * DAY) == []
    Preference.objects.update(choice=Choice.AT_ONCE)
    assert run(MONDAY + 5 * DAY, MONDAY + 6 * DAY) == []
    assert run(MONDAY + 7 * DAY, MONDAY + 7 * DAY) == [MONDAY + 7 * DAY]


@pytest.mark.django_db
def test_where_monday_is_a_holiday_nobody_hears_on_it(harbour: Organisation, bea: User) -> None:
    """A reminder from the week before, whose pause is over on the bank holiday of 31 August."""
    holiday = date(2026, 8, 31)
    pause_reminders(until=holiday, by=bea, now=MORNING)
    action(harbour, bea, days=(holiday - MONDAY).days + 5)
    assert run(holiday - 4 * DAY, holiday + DAY) == [holiday + DAY]


@pytest.mark.django_db
def test_what_goes_before_its_day_is_not_called_the_week(harbour: Organisation, bea: User) -> None:
    PreferenceFactory(user=bea, kind=ReminderKind.ACTION_DUE, choice=Choice.DIGEST)
    wednesday = start_of(MONDAY + 2 * DAY) + timedelta(hours=8)
    for days in (7, 8):
        action(harbour, bea, days=days)
    plan_if_due(now=wednesday)
    # Of no use by Monday any more, so that they do not wait for it.
    Reminder.objects.update(due_date=MONDAY - 24 * DAY)
    compose_due(today=MONDAY + 2 * DAY, now=wednesday)
    assert "week" not in Email.objects.get().subject
