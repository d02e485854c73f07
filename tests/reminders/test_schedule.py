"""Windows, not moments: which rung of a ladder is due on a day."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest

from organisations.enums import Nation
from reminders.enums import Audience, ReminderKind
from reminders.holidays import bank_holidays
from reminders.rules import RULE_OF
from reminders.schedule import (
    LONGEST_BREAK,
    Ladder,
    Window,
    is_working,
    rung_day,
    window_of,
    windows,
    working_day_after,
    working_day_before,
)

A_DAY = timedelta(days=1)
# A Wednesday; no bank holiday in England from a month before it to six weeks after it.
ANCHOR = date(2026, 7, 15)
ENGLAND = bank_holidays(Nation.ENGLAND, 2026)
ACTION = Ladder(Audience.LEAD, (-30, -7, 0, 7), lasts=21)
AFTER = Ladder(Audience.LEAD, (0, 14), lasts=30)

K, A = ReminderKind, Audience
HANDOVER = ([(0, "07-15"), (14, "07-29")], "08-28")
ADVICE = ([(-14, "07-01"), (-3, "07-10"), (1, "07-16")], "07-30")
QUARTER = ([(0, "07-15")], "08-05")
RUNGS = {
    (K.ACTION_DUE, A.LEAD): (
        [(-30, "06-15"), (-7, "07-08"), (0, "07-15"), (7, "07-22")],
        "08-12",
    ),
    (K.ACTION_LATE, A.SPONSOR): ([(14, "07-29")], "08-14"),
    (K.ACTION_LATE, A.CHAIR): ([(30, "08-14")], "09-13"),
    (K.DATE_ENDING, A.LEAD): ([(-3, "07-10")], "07-15"),
    (K.SILENT, A.OWNERS): ([(0, "07-15"), (30, "08-14")], "09-13"),
    (K.NOT_ACCEPTED, A.LEAD): ([(3, "07-20"), (10, "07-27")], "08-14"),
    (K.NOT_ACCEPTED, A.SPONSOR): ([(14, "07-29")], "08-14"),
    (K.HANDOVER, A.SPONSOR): HANDOVER,
    (K.HANDOVER, A.COORDINATOR): HANDOVER,
    (K.CLOSURE, A.COMMITTEE): ([(3, "07-20"), (14, "07-29"), (28, "08-12")], "09-09"),
    (K.RETURNED, A.OWNERS): ([(0, "07-15")], "07-29"),
    (K.RECHECK, A.COMMITTEE): ([(0, "07-15"), (14, "07-29")], "08-28"),
    (K.CADENCE, A.LEAD): ([(0, "07-15"), (7, "07-22")], "08-12"),
    (K.CADENCE, A.SPONSOR): ([(14, "07-29")], "08-14"),
    (K.MEETING, A.GROUP): ([(-7, "07-08"), (-1, "07-14")], "07-15"),
    (K.PACK, A.READERS): ([(0, "07-15")], "07-22"),
    (K.ADVICE, A.COORDINATOR): ADVICE,
    (K.ADVICE, A.CHAIR): ADVICE,
    (K.CHECK_IN_DUE, A.LEADER): ([(0, "07-15"), (7, "07-22")], "08-05"),
    (K.EVENT_BEFORE, A.LEADER): ([(-21, "06-24"), (-7, "07-08")], "07-15"),
    (K.EVENT_AFTER, A.LEADER): ([(2, "07-17")], "07-31"),
    (K.ROUND_CLOSING, A.ORGANISER): ([(-3, "07-10")], "07-15"),
    (K.ANNIVERSARY, A.LEADER): ([(0, "07-15"), (30, "08-14")], "09-13"),
    (K.QUARTER, A.COMMITTEE): QUARTER,
    (K.QUARTER, A.LEADER): QUARTER,
    (K.INVITE, A.COORDINATOR): ([(7, "07-22")], "08-05"),
}
"""Of each kind about 15 July 2026: the first day of each rung, and the first day of no use."""


def of_july(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def ladder_of(kind: ReminderKind, audience: Audience) -> Ladder:
    [found] = [each for each in RULE_OF[kind].ladders if each.audience == audience]
    return found


def rung_on(today: date, ladder: Ladder = ACTION, anchor: date = ANCHOR) -> int | None:
    window = window_of(ladder, anchor, today=today, holidays=ENGLAND)
    return window.offset if window else None


def test_every_ladder_is_in_the_list() -> None:
    assert [*RUNGS] == [
        (rule.kind, ladder.audience) for rule in RULE_OF.values() for ladder in rule.ladders
    ]


@pytest.mark.parametrize(("step", "expected"), RUNGS.items(), ids=lambda value: str(value)[:60])
def test_the_bounds_of_every_rung(
    step: tuple[ReminderKind, Audience], expected: tuple[Sequence[tuple[int, str]], str]
) -> None:
    ladder, (rungs, end) = ladder_of(*step), expected
    first_days = [(rung, of_july(day)) for rung, day in rungs]
    before: int | None = None
    for rung, day in first_days:
        assert (rung_on(day - A_DAY, ladder), rung_on(day, ladder)) == (before, rung)
        before = rung
    assert (rung_on(of_july(end) - A_DAY, ladder), rung_on(of_july(end), ladder)) == (before, None)
    assert rung_on(of_july(end) + timedelta(days=366), ladder) is None


def test_a_window_says_until_when() -> None:
    def window(today: date) -> Window | None:
        return window_of(ACTION, ANCHOR, today=today, holidays=ENGLAND)

    assert window(date(2026, 7, 8)) == Window(ANCHOR, -7, until=ANCHOR)
    assert window(date(2026, 7, 21)) == Window(ANCHOR, 0, until=date(2026, 7, 22))
    assert window(date(2026, 7, 22)) == Window(ANCHOR, 7, until=date(2026, 8, 12))


def test_what_is_of_use_until_its_day_stays_so_over_a_weekend() -> None:
    """Three days before Wednesday is a Sunday: sent on Friday, and as good on Tuesday."""
    ladder = ladder_of(ReminderKind.DATE_ENDING, Audience.LEAD)
    expected = Window(ANCHOR, -3, until=ANCHOR)
    for day in (10, 13, 14):
        today = date(2026, 7, day)
        assert window_of(ladder, ANCHOR, today=today, holidays=ENGLAND) == expected


def test_a_week_away_is_caught_up_by_the_newest_rung_alone() -> None:
    """Nothing ran from the first rung to a day after the date: one reminder, not three."""
    found = windows(ACTION, today=date(2026, 7, 16), holidays=ENGLAND)
    assert [each.offset for each in found if each.anchor == ANCHOR] == [0]


@pytest.mark.parametrize("today", [date(2026, 7, 18), date(2026, 7, 19), date(2026, 8, 31)])
def test_nobody_is_written_to_on_a_day_off(today: date) -> None:
    assert windows(ACTION, today=today, holidays=ENGLAND) == []


# Where a rung falls


@pytest.mark.parametrize(
    ("anchor", "offset", "day"),
    [
        # The date is a Sunday: the Friday before it.
        (date(2026, 7, 19), 0, date(2026, 7, 17)),
        # Good Friday 2026 is 3 April: the Thursday before it.
        (date(2026, 4, 3), 0, date(2026, 4, 2)),
        # Easter Monday: still the Thursday.
        (date(2026, 4, 6), 0, date(2026, 4, 2)),
        # A week after Friday 27 March falls on Good Friday: the Tuesday after Easter Monday.
        (date(2026, 3, 27), 7, date(2026, 4, 7)),
        # A week before Monday 4 January 2027 is a bank holiday after Christmas: Christmas Eve.
        (date(2027, 1, 4), -7, date(2026, 12, 24)),
        # Christmas Day and the days after it: until Tuesday 29 December.
        (date(2026, 12, 18), 7, date(2026, 12, 29)),
        # 27 and 28 December 2027 stand in for Christmas at a weekend.
        (date(2027, 12, 18), 7, date(2027, 12, 29)),
        # New Year's Day 2027 is a Friday.
        (date(2026, 12, 25), 7, date(2027, 1, 4)),
        # Thirty days before 30 March 2028 is 29 February, a Tuesday.
        (date(2028, 3, 30), -30, date(2028, 2, 29)),
        # From 29 February on, and to it from a week before.
        (date(2028, 2, 29), 7, date(2028, 3, 7)),
        (date(2028, 2, 22), 7, date(2028, 2, 29)),
        # In other years the day before 1 March is the 28th.
        (date(2027, 3, 31), -30, date(2027, 3, 1)),
        (date(2027, 3, 30), -30, date(2027, 2, 26)),
        # Over the ends of months of 31 and 30 days.
        (date(2026, 8, 31), -30, date(2026, 7, 31)),
        (date(2026, 9, 30), 7, date(2026, 10, 7)),
        # Over the days on which the clocks change: calendar days, not hours.
        (date(2026, 4, 1), -7, date(2026, 3, 25)),
        (date(2026, 10, 21), 7, date(2026, 10, 28)),
    ],
)
def test_a_rung_moves_to_a_working_day(anchor: date, offset: int, day: date) -> None:
    assert rung_day(ACTION, anchor, offset, bank_holidays(Nation.ENGLAND, anchor.year)) == day


@pytest.mark.parametrize(
    ("anchor", "before", "after"),
    [
        (date(2026, 7, 18), date(2026, 7, 17), date(2026, 7, 20)),
        (date(2026, 12, 25), date(2026, 12, 24), date(2026, 12, 29)),
    ],
)
def test_what_only_follows_its_day_is_never_before_it(
    anchor: date, before: date, after: date
) -> None:
    assert rung_day(ACTION, anchor, 0, ENGLAND) == before
    assert rung_day(AFTER, anchor, 0, ENGLAND) == after


# Days off


@pytest.mark.parametrize(
    ("nation", "day", "works"),
    [
        # 2 January is Scotland's own; so is St Andrew's Day.
        (Nation.SCOTLAND, date(2026, 1, 2), False),
        (Nation.ENGLAND, date(2026, 1, 2), True),
        (Nation.SCOTLAND, date(2026, 11, 30), False),
        (Nation.WALES, date(2026, 11, 30), True),
        # St Patrick's Day and 12 July (a Sunday in 2026, so the Monday) are Northern Ireland's.
        (Nation.NORTHERN_IRELAND, date(2026, 3, 17), False),
        (Nation.WALES, date(2026, 3, 17), True),
        (Nation.NORTHERN_IRELAND, date(2026, 7, 13), False),
        (Nation.SCOTLAND, date(2026, 7, 13), True),
        # Easter Monday is none of Scotland's; Good Friday is everybody's.
        (Nation.ENGLAND, date(2026, 4, 6), False),
        (Nation.SCOTLAND, date(2026, 4, 6), True),
        (Nation.SCOTLAND, date(2026, 4, 3), False),
        # The summer holiday: at the beginning of August in Scotland, at its end elsewhere.
        (Nation.SCOTLAND, date(2026, 8, 3), False),
        (Nation.ENGLAND, date(2026, 8, 3), True),
        (Nation.SCOTLAND, date(2026, 8, 31), True),
        (Nation.NORTHERN_IRELAND, date(2026, 8, 31), False),
        # Boxing Day 2026 is a Saturday: the Monday, for all four.
        *((nation, date(2026, 12, 28), False) for nation in Nation),
        *((nation, date(2026, 12, 29), True) for nation in Nation),
    ],
)
def test_the_bank_holidays_of_four_nations(nation: Nation, day: date, works: bool) -> None:
    assert is_working(day, bank_holidays(nation, day.year)) is works


def test_another_nation_has_another_day() -> None:
    """Neither 2 January nor the day before it is a working day in Scotland."""
    due = date(2026, 1, 2)
    found = {nation: rung_day(ACTION, due, 0, bank_holidays(nation, due.year)) for nation in Nation}
    assert found == {
        Nation.ENGLAND: due,
        Nation.WALES: due,
        Nation.SCOTLAND: date(2025, 12, 31),
        Nation.NORTHERN_IRELAND: due,
    }


@pytest.mark.parametrize("nation", Nation)
def test_no_row_of_days_off_is_longer_than_reckoned_with(nation: Nation) -> None:
    day, last = date(2024, 1, 1), date(2045, 12, 31)
    while day < last:
        days_off = bank_holidays(nation, day.year)
        before, after = working_day_before(day, days_off), working_day_after(day, days_off)
        assert day - LONGEST_BREAK < before <= day <= after < day + LONGEST_BREAK
        assert is_working(before, days_off)
        assert is_working(after, days_off)
        day += A_DAY
