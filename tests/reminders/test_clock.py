"""When planning is done: once a day, by the days and hours of London."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from organisations.enums import Nation
from reminders.holidays import bank_holidays
from reminders.schedule import (
    LONDON,
    is_digest_day,
    is_time_to_plan,
    london_date,
    start_of,
)

SPRING, AUTUMN = date(2026, 3, 29), date(2026, 10, 25)
"""The days on which the clocks change: of 23 and of 25 hours."""
A_DAY = timedelta(days=1)


def london(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=LONDON).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "last", "due"),
    [
        # Winter: London is UTC.
        (datetime(2026, 1, 5, 7, 59, tzinfo=UTC), None, False),
        (datetime(2026, 1, 5, 8, 0, tzinfo=UTC), None, True),
        # Summer: an hour ahead.
        (datetime(2026, 7, 6, 6, 59, tzinfo=UTC), None, False),
        (datetime(2026, 7, 6, 7, 0, tzinfo=UTC), None, True),
        # Late is better than not at all.
        (datetime(2026, 7, 6, 22, 59, tzinfo=UTC), None, True),
        (datetime(2026, 7, 6, 23, 0, tzinfo=UTC), None, False),
        # Once a day, by London's days.
        (datetime(2026, 7, 6, 8, 0, tzinfo=UTC), datetime(2026, 7, 6, 7, 0, tzinfo=UTC), False),
        (datetime(2026, 7, 7, 7, 0, tzinfo=UTC), datetime(2026, 7, 6, 7, 0, tzinfo=UTC), True),
        # Half past eleven at night in UTC is the next day in London's summer.
        (datetime(2026, 7, 7, 7, 0, tzinfo=UTC), datetime(2026, 7, 6, 23, 30, tzinfo=UTC), False),
    ],
)
def test_the_hour_to_plan(now: datetime, last: datetime | None, due: bool) -> None:
    assert is_time_to_plan(now, hour=8, last_planned=last) is due


@pytest.mark.parametrize("day", [SPRING, AUTUMN])
@pytest.mark.parametrize(
    ("hour", "minute", "due"), [(7, 59, False), (8, 0, True), (9, 30, True), (23, 59, True)]
)
def test_the_days_on_which_the_clocks_change(day: date, hour: int, minute: int, due: bool) -> None:
    now = london(day, hour, minute)
    for last in (None, london(day - A_DAY, 8), london(day - A_DAY, 23, 59)):
        assert is_time_to_plan(now, hour=8, last_planned=last) is due
    assert not is_time_to_plan(now, hour=8, last_planned=london(day, 8))


@pytest.mark.parametrize(("day", "utc"), [(SPRING, 7), (AUTUMN, 8)])
def test_eight_o_clock_on_those_days(day: date, utc: int) -> None:
    """Already summer time at eight in March, already winter time at eight in October."""
    assert london(day, 8) == datetime(day.year, day.month, day.day, utc, tzinfo=UTC)


@pytest.mark.parametrize("day", [SPRING, AUTUMN])
def test_each_day_is_planned_once_though_a_tick_comes_every_minute(day: date) -> None:
    """Three days around the change, tick by tick; no hour is skipped and none planned twice."""
    now, end = start_of(day - A_DAY).astimezone(UTC), start_of(day + 2 * A_DAY)
    planned: list[datetime] = []
    while now < end:
        if is_time_to_plan(now, hour=8, last_planned=planned[-1] if planned else None):
            planned.append(now)
        now += timedelta(minutes=1)
    assert planned == [london(day + days * A_DAY, 8) for days in (-1, 0, 1)]


@pytest.mark.parametrize(
    ("day", "hours"), [(SPRING, 23), (AUTUMN, 25), (date(2026, 7, 6), 24), (date(2026, 2, 28), 24)]
)
def test_how_long_a_day_is(day: date, hours: int) -> None:
    begins, ends = start_of(day).astimezone(UTC), start_of(day + A_DAY).astimezone(UTC)
    assert ends - begins == timedelta(hours=hours)
    assert london_date(begins) == london_date(ends - timedelta(seconds=1)) == day
    assert london_date(ends) == day + A_DAY


def test_london_days() -> None:
    assert london_date(datetime(2026, 7, 6, 23, 30, tzinfo=UTC)) == date(2026, 7, 7)
    assert london_date(datetime(2026, 1, 6, 23, 30, tzinfo=UTC)) == date(2026, 1, 6)
    assert start_of(date(2026, 7, 7)) == datetime(2026, 7, 6, 23, 0, tzinfo=UTC)
    assert start_of(date(2026, 1, 7)) == datetime(2026, 1, 7, tzinfo=ZoneInfo("UTC"))
    assert start_of(SPRING) == datetime(2026, 3, 29, tzinfo=UTC)
    assert start_of(AUTUMN) == datetime(2026, 10, 24, 23, 0, tzinfo=UTC)
    assert start_of(date(2028, 2, 29)) == datetime(2028, 2, 29, tzinfo=UTC)


@pytest.mark.parametrize(
    ("monday", "digest"),
    [
        (date(2026, 11, 2), date(2026, 11, 2)),
        # Easter Monday, and the Monday after Boxing Day.
        (date(2026, 4, 6), date(2026, 4, 7)),
        (date(2026, 12, 28), date(2026, 12, 29)),
        # Monday and Tuesday stand in for Christmas at a weekend.
        (date(2027, 12, 27), date(2027, 12, 29)),
    ],
)
def test_the_digest_leaves_once_a_week(monday: date, digest: date) -> None:
    england = bank_holidays(Nation.ENGLAND, monday.year)
    week = [monday + timedelta(days=days) for days in range(7)]
    assert [day for day in week if is_digest_day(day, england)] == [digest]
