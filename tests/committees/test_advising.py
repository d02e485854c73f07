"""When advice, and an answer to it, are owed."""

from datetime import date, timedelta

import pytest

from committees.advising import AdviceFacts, answer_due, standing

DAY = timedelta(days=1)
GIVEN, MEETS = date(2026, 1, 31), date(2026, 3, 10)


def facts(**changes: object) -> AdviceFacts:
    usual = {
        "asked_on": None,
        "reply_by": None,
        "given_on": GIVEN,
        "answered_on": None,
        "next_meeting": MEETS,
        "meets_every_months": 3,
    }
    return AdviceFacts(**(usual | changes))  # type: ignore[arg-type]


@pytest.mark.parametrize(("today", "late"), [(MEETS - DAY, False), (MEETS, True)])
def test_an_answer_is_owed_before_the_next_meeting(today: date, late: bool) -> None:
    found = standing(facts(), today=today)
    assert (found.due, found.is_late, found.was_late) == (MEETS, late, False)


def test_without_a_planned_meeting_it_counts_from_how_often_they_meet() -> None:
    assert answer_due(facts(next_meeting=None)) == date(2026, 4, 30)
    assert answer_due(facts(next_meeting=None, meets_every_months=1)) == date(2026, 2, 28)


@pytest.mark.parametrize(("answered", "late"), [(MEETS - DAY, False), (MEETS, True)])
def test_what_was_answered_late_stays_late(answered: date, late: bool) -> None:
    found = standing(facts(answered_on=answered), today=date(2030, 1, 1))
    assert (found.is_late, found.was_late) == (False, late)


@pytest.mark.parametrize(("today", "late"), [(MEETS, False), (MEETS + DAY, True)])
def test_advice_that_was_asked_for_is_owed_by_its_day(today: date, late: bool) -> None:
    found = standing(facts(given_on=None, asked_on=GIVEN, reply_by=MEETS), today=today)
    assert (found.due, found.is_late) == (MEETS, late)


def test_asked_without_a_day_it_is_never_late() -> None:
    found = standing(facts(given_on=None, asked_on=GIVEN), today=date(2030, 1, 1))
    assert (found.due, found.is_late) == (None, False)
