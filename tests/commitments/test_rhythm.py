"""When check-ins open, stay open, and are missed."""

from datetime import date

import pytest

from commitments.enums import Cadence
from commitments.rhythm import (
    due_period,
    first_opening_words,
    next_opening,
    open_period,
    passed_periods,
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
        done={date(2026, 2, 1)},
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
        done={date(2026, 4, 1)},
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
