"""When check-ins open, stay open, and are missed."""

from datetime import date, timedelta

import pytest

from commitments.enums import Cadence
from commitments.rhythm import (
    Change,
    due_period,
    first_opening_words,
    next_opening,
    next_quarter,
    open_period,
    passed_periods,
    period_between,
    period_holding,
)

MONTHLY, QUARTERLY = Cadence.MONTHLY, Cadence.QUARTERLY


@pytest.mark.parametrize(
    ("today", "cadence", "first", "words"),
    [
        (date(2026, 3, 1), MONTHLY, date(2026, 2, 1), "February 2026"),
        (date(2026, 3, 31), MONTHLY, date(2026, 2, 1), "February 2026"),
        (date(2026, 1, 1), MONTHLY, date(2025, 12, 1), "December 2025"),
        (date(2026, 3, 31), QUARTERLY, date(2025, 10, 1), "October to December 2025"),
        (date(2026, 4, 1), QUARTERLY, date(2026, 1, 1), "January to March 2026"),
    ],
)
def test_the_open_period_is_the_last_that_ended(
    today: date, cadence: Cadence, first: date, words: str
) -> None:
    period = open_period(today, cadence)
    assert period.first == first
    assert period.words == words


def test_a_period_opens_for_looking_back_the_day_after_it() -> None:
    assert period_holding(date(2026, 12, 31), MONTHLY).opens_on == date(2027, 1, 1)
    assert period_holding(date(2026, 11, 5), QUARTERLY).opens_on == date(2027, 1, 1)


@pytest.mark.parametrize(
    ("made_on", "is_due"), [(date(2026, 4, 17), True), (date(2026, 4, 18), False)]
)
def test_a_pledge_younger_than_fourteen_days_is_spared(made_on: date, is_due: bool) -> None:
    period = due_period(made_on=made_on, today=date(2026, 5, 1), cadence=MONTHLY)
    assert (period is not None) == is_due


@pytest.mark.parametrize(
    ("made_on", "today", "opens"),
    [
        (date(2026, 4, 17), date(2026, 4, 17), date(2026, 5, 1)),
        (date(2026, 4, 18), date(2026, 4, 18), date(2026, 6, 1)),
        (date(2026, 4, 18), date(2026, 5, 31), date(2026, 6, 1)),
        (date(2026, 1, 1), date(2026, 5, 1), date(2026, 6, 1)),
    ],
)
def test_the_next_opening_is_later_than_today(made_on: date, today: date, opens: date) -> None:
    assert next_opening(made_on=made_on, today=today, cadence=MONTHLY) == opens


def test_every_period_since_it_was_made_newest_first() -> None:
    passed = passed_periods(
        made_on=date(2026, 1, 10),
        today=date(2026, 5, 3),
        cadence=MONTHLY,
        done={period_holding(date(2026, 2, 1), MONTHLY)},
    )
    assert [(p.period.words, p.done, p.missed, p.is_open) for p in passed] == [
        ("April 2026", False, False, True),
        ("March 2026", False, True, False),
        ("February 2026", True, False, False),
        ("January 2026", False, True, False),
    ]


def test_the_open_one_is_neither_open_nor_missed_for_whoever_has_done_it() -> None:
    passed = passed_periods(
        made_on=date(2026, 4, 1),
        today=date(2026, 5, 3),
        cadence=MONTHLY,
        done={period_holding(date(2026, 4, 1), MONTHLY)},
    )
    assert [(p.done, p.missed) for p in passed] == [(True, False)]


def test_nothing_has_passed_on_the_day_it_is_made() -> None:
    assert (
        passed_periods(
            made_on=date(2026, 5, 3), today=date(2026, 5, 3), cadence=QUARTERLY, done=set()
        )
        == []
    )


@pytest.mark.parametrize(
    ("today", "cadence", "opens"),
    [
        (date(2026, 12, 3), MONTHLY, "1 January"),
        (date(2026, 12, 30), MONTHLY, "1 February"),
        (date(2026, 11, 5), QUARTERLY, "1 January"),
    ],
)
def test_whoever_makes_a_pledge_is_told_when_the_first_one_opens(
    today: date, cadence: Cadence, opens: str
) -> None:
    said = first_opening_words(today, cadence)
    assert said == f"Publish today, and your first check-in opens on {opens}."


def spoken(cadence: Cadence, *changes: Change, today: date) -> list[str]:
    """What passed of a pledge made on the tenth of November 2025, oldest first."""
    passed = passed_periods(
        made_on=date(2025, 11, 10), today=today, cadence=cadence, done=(), changes=changes
    )
    return [f"{each.period.words}{' open' * each.is_open}" for each in reversed(passed)]


MONTHS = ["November 2025", "December 2025", "January 2026", "February 2026", "March 2026"]
QUARTERS = ["October to December 2025", "January to March 2026"]


@pytest.mark.parametrize(
    ("cadence", "changes", "expected"),
    [
        (MONTHLY, [], MONTHS),
        (QUARTERLY, [], QUARTERS),
        # On the first day of a quarter it still holds for that quarter; a day later no more.
        (QUARTERLY, [(date(2026, 1, 1), MONTHLY)], [*MONTHS[:2], QUARTERS[1]]),
        (QUARTERLY, [(date(2026, 1, 2), MONTHLY)], MONTHS),
        (MONTHLY, [(date(2026, 1, 1), QUARTERLY)], [QUARTERS[0], *MONTHS[2:]]),
        (MONTHLY, [(date(2026, 1, 2), QUARTERLY)], QUARTERS),
        # On the day it was made, and the day after.
        (QUARTERLY, [(date(2025, 11, 10), MONTHLY)], QUARTERS),
        (QUARTERLY, [(date(2025, 11, 11), MONTHLY)], [*MONTHS[:2], QUARTERS[1]]),
        # There and back.
        (MONTHLY, [(date(2026, 2, 3), MONTHLY), (date(2026, 2, 20), QUARTERLY)], MONTHS),
        (
            MONTHLY,
            [(date(2025, 12, 20), MONTHLY), (date(2026, 1, 20), QUARTERLY)],
            [*MONTHS[:2], QUARTERS[1]],
        ),
    ],
)
def test_a_quarter_is_looked_back_on_as_was_chosen_when_it_began(
    cadence: Cadence, changes: list[tuple[date, Cadence]], expected: list[str]
) -> None:
    chosen = [Change(*each) for each in changes]
    today = date(2026, 4, 30)
    assert spoken(cadence, *chosen, today=today) == [*expected[:-1], f"{expected[-1]} open"]


def choices(day: date) -> list[tuple[Cadence, list[Change]]]:
    """Histories of a rhythm up to that day: none, there, and there and back."""
    before = day - timedelta(days=40)
    return [
        (cadence, list(changes))
        for cadence, other in [(MONTHLY, QUARTERLY), (QUARTERLY, MONTHLY)]
        for changes in [(), (Change(before, other),), (Change(before, cadence), Change(day, other))]
    ]


@pytest.mark.parametrize("today", [date(2026, 1, 1), date(2026, 2, 14), date(2026, 6, 30)])
def test_switching_never_changes_what_has_passed(today: date) -> None:
    """Whatever is chosen today, what passed and what is open stay as they were."""
    for cadence, changes in choices(today - timedelta(days=1)):
        other = QUARTERLY if cadence == MONTHLY else MONTHLY
        before = spoken(cadence, *changes, today=today)
        after = spoken(other, *changes, Change(today, cadence), today=today)
        assert after == before


@pytest.mark.parametrize("today", [date(2026, 3, 31), date(2026, 7, 1), date(2026, 12, 9)])
def test_no_period_overlaps_another_and_none_is_skipped(today: date) -> None:
    made_on = date(2025, 1, 5)
    for day in (date(2025, 4, 1), date(2025, 8, 15), date(2026, 1, 31)):
        for cadence, changes in choices(day):
            passed = passed_periods(
                made_on=made_on, today=today, cadence=cadence, done=(), changes=changes
            )
            periods = [each.period for each in reversed(passed)]
            assert periods[0].first == date(2025, 1, 1)
            assert [p.opens_on for p in periods[:-1]] == [p.first for p in periods[1:]]
            due = due_period(made_on=made_on, today=today, cadence=cadence, changes=changes)
            assert periods[-1] == due
            opens = next_opening(made_on=made_on, today=today, cadence=cadence, changes=changes)
            assert due.opens_on <= today < opens


def test_another_rhythm_holds_from_the_next_quarter_on() -> None:
    assert next_quarter(date(2026, 3, 31)) == date(2026, 4, 1)
    assert next_quarter(date(2026, 4, 1)) == date(2026, 7, 1)


@pytest.mark.parametrize("cadence", [MONTHLY, QUARTERLY])
def test_a_period_is_known_by_its_days(cadence: Cadence) -> None:
    period = period_holding(date(2026, 4, 9), cadence)
    assert period_between(period.first, period.opens_on) == period
