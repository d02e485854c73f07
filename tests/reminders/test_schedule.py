"""Windows, not moments: what is due follows from how things stand."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from organisations.enums import Nation
from reminders.enums import ReminderKind
from reminders.queries import bank_holidays
from reminders.schedule import (
    ActionFact,
    CheckInFact,
    Due,
    action_due,
    check_in_due,
    due_on,
    is_time_to_plan,
    is_working,
    london_date,
    rung_day,
    start_of,
    working_day_after,
    working_day_before,
)

LEAD, ACTION, PLEDGE, ORGANISATION = uuid4(), uuid4(), uuid4(), uuid4()
# A Wednesday, with no bank holiday within a month on either side.
TARGET = date(2026, 7, 15)
ENGLAND = bank_holidays(Nation.ENGLAND, 2026)


def action(**changes: Any) -> ActionFact:
    facts = {
        "id": ACTION,
        "title": "Publish the figures",
        "lead": LEAD,
        "organisation": ORGANISATION,
        "target_date": TARGET,
        "accepted": True,
        "proven": False,
    }
    return ActionFact(**(facts | changes))


def check_in(**changes: Any) -> CheckInFact:
    facts = {
        "pledge": PLEDGE,
        "title": "October 2026",
        "leader": LEAD,
        "organisation": None,
        "period": date(2026, 10, 1),
        "opens_on": date(2026, 11, 1),
        "closes_on": date(2026, 12, 1),
    }
    return CheckInFact(**(facts | changes))


def rung_on(today: date, **changes: Any) -> str | None:
    due = action_due(action(**changes), today=today, holidays=ENGLAND)
    return due.key.rpartition(":")[2] if due else None


@pytest.mark.parametrize(
    ("today", "rung"),
    [
        (date(2026, 6, 14), None),
        (date(2026, 6, 15), "t-30"),
        (date(2026, 7, 7), "t-30"),
        (date(2026, 7, 8), "t-7"),
        (date(2026, 7, 14), "t-7"),
        (date(2026, 7, 15), "t+0"),
        (date(2026, 7, 21), "t+0"),
        (date(2026, 7, 22), "t+7"),
        (date(2027, 7, 22), "t+7"),
    ],
)
def test_the_ladder(today: date, rung: str | None) -> None:
    assert rung_on(today) == rung


def test_the_key_is_the_meaning() -> None:
    due = action_due(action(), today=date(2026, 7, 8), holidays=ENGLAND)
    assert due == Due(
        kind=ReminderKind.ACTION_DUE,
        key=f"action-due:{ACTION}:2026-07-15:{LEAD}:t-7",
        user=LEAD,
        organisation=ORGANISATION,
        subject=ACTION,
        title="Publish the figures",
        on=TARGET,
        until=date(2026, 7, 15),
    )


@pytest.mark.parametrize("changes", [{"accepted": False}, {"proven": True}])
def test_nothing_before_it_is_accepted_or_after_it_is_done(changes: dict[str, bool]) -> None:
    assert rung_on(TARGET, **changes) is None


def test_another_date_or_another_lead_starts_anew() -> None:
    keys = {
        action_due(fact, today=TARGET, holidays=ENGLAND).key  # type: ignore[union-attr]
        for fact in (
            action(),
            action(lead=uuid4()),
            action(target_date=TARGET + timedelta(days=1)),
        )
    }
    assert len(keys) == 3


def test_a_week_away_is_caught_up_by_the_newest_rung_alone() -> None:
    """Nothing ran from the first rung to a day after the date: one reminder, not three."""
    due = due_on(
        date(2026, 7, 16), actions=[action()], check_ins=[], holidays=ENGLAND, opted_out=set()
    )
    assert [item.key.rpartition(":")[2] for item in due] == ["t+0"]


@pytest.mark.parametrize(
    ("target", "offset", "day"),
    [
        # The date is a Sunday: the Friday before it.
        (date(2026, 7, 19), 0, date(2026, 7, 17)),
        # Good Friday 2026 is 3 April: the Thursday before it.
        (date(2026, 4, 3), 0, date(2026, 4, 2)),
        # A week after Friday 27 March falls on Good Friday: the Tuesday after Easter Monday.
        (date(2026, 3, 27), 7, date(2026, 4, 7)),
        # A week before Monday 4 January 2027 is a bank holiday after Christmas: Christmas Eve.
        (date(2027, 1, 4), -7, date(2026, 12, 24)),
        # Thirty days before 30 March 2028 is 29 February, a Tuesday.
        (date(2028, 3, 30), -30, date(2028, 2, 29)),
    ],
)
def test_a_rung_moves_to_a_working_day(target: date, offset: int, day: date) -> None:
    assert rung_day(target, offset, bank_holidays(Nation.ENGLAND, target.year)) == day


@pytest.mark.parametrize(
    ("nation", "day", "works"),
    [
        (Nation.SCOTLAND, date(2026, 1, 2), False),
        (Nation.ENGLAND, date(2026, 1, 2), True),
        (Nation.NORTHERN_IRELAND, date(2026, 3, 17), False),
        (Nation.WALES, date(2026, 3, 17), True),
        (Nation.ENGLAND, date(2026, 4, 6), False),
        (Nation.SCOTLAND, date(2026, 4, 6), True),
    ],
)
def test_the_bank_holidays_of_four_nations(nation: Nation, day: date, works: bool) -> None:
    assert is_working(day, bank_holidays(nation, day.year)) is works


@given(target=st.dates(date(2020, 1, 1), date(2040, 1, 1)), days=st.integers(-60, 60))
def test_the_window_holds_today_and_only_working_days_are_used(target: date, days: int) -> None:
    today = target + timedelta(days=days)
    due = action_due(action(target_date=target), today=today, holidays=frozenset())
    if due is not None:
        assert today < due.until
        assert is_working(due.until, frozenset()) or due.key.endswith("t+7")


@given(day=st.dates(date(2020, 1, 1), date(2040, 1, 1)))
def test_moves_are_short_and_in_their_direction(day: date) -> None:
    before, after = working_day_before(day, frozenset()), working_day_after(day, frozenset())
    assert day - timedelta(days=2) <= before <= day <= after <= day + timedelta(days=2)


# Check-ins


@pytest.mark.parametrize(
    ("today", "is_due"),
    [
        # 1 November 2026 is a Sunday.
        (date(2026, 11, 1), False),
        (date(2026, 11, 2), True),
        (date(2026, 11, 30), True),
        (date(2026, 12, 1), False),
    ],
)
def test_a_check_in_waits_for_a_working_day_and_ends_with_the_next(
    today: date, is_due: bool
) -> None:
    due = check_in_due(check_in(), today=today, holidays=ENGLAND)
    assert (due is not None) is is_due


def test_the_key_of_a_check_in() -> None:
    due = check_in_due(check_in(), today=date(2026, 11, 2), holidays=ENGLAND)
    assert due is not None
    assert due.key == f"check-in-due:{PLEDGE}:2026-10-01:{LEAD}"
    assert (due.organisation, due.subject, due.until) == (None, PLEDGE, date(2026, 12, 1))


# Everything of a day


@pytest.mark.parametrize("today", [date(2026, 7, 18), date(2026, 8, 31)])
def test_nobody_is_written_to_on_a_day_off(today: date) -> None:
    facts = [action(target_date=today)]
    assert due_on(today, actions=facts, check_ins=[], holidays=ENGLAND, opted_out=set()) == []


def test_who_opted_out_of_one_kind_still_gets_the_other() -> None:
    other = uuid4()
    due = due_on(
        date(2026, 11, 2),
        actions=[action(target_date=date(2026, 11, 2)), action(lead=other)],
        check_ins=[check_in()],
        holidays=ENGLAND,
        opted_out={(LEAD, ReminderKind.ACTION_DUE)},
    )
    assert [(item.user, item.kind, item.subject) for item in due] == [
        (other, ReminderKind.ACTION_DUE, ACTION),
        (LEAD, ReminderKind.CHECK_IN_DUE, PLEDGE),
    ]


# The clock


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
        # The days on which the clocks change.
        (datetime(2026, 3, 29, 7, 0, tzinfo=UTC), datetime(2026, 3, 28, 8, 0, tzinfo=UTC), True),
        (datetime(2026, 10, 25, 7, 0, tzinfo=UTC), datetime(2026, 10, 24, 7, 0, tzinfo=UTC), False),
        (datetime(2026, 10, 25, 8, 0, tzinfo=UTC), datetime(2026, 10, 24, 7, 0, tzinfo=UTC), True),
    ],
)
def test_the_hour_to_plan(now: datetime, last: datetime | None, due: bool) -> None:
    assert is_time_to_plan(now, hour=8, last_planned=last) is due


def test_london_days() -> None:
    assert london_date(datetime(2026, 7, 6, 23, 30, tzinfo=UTC)) == date(2026, 7, 7)
    assert london_date(datetime(2026, 1, 6, 23, 30, tzinfo=UTC)) == date(2026, 1, 6)
    assert start_of(date(2026, 7, 7)) == datetime(2026, 7, 6, 23, 0, tzinfo=UTC)
    assert start_of(date(2026, 1, 7)) == datetime(2026, 1, 7, tzinfo=ZoneInfo("UTC"))
