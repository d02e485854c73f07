"""When a group is late, and when a meeting is missed."""

from datetime import date, timedelta

import pytest

from committees.cadence import (
    GroupFacts,
    can_be_held,
    is_missed,
    late_after,
    often,
    standing,
)
from committees.enums import MeetingState

TODAY = date(2026, 3, 10)
DAY = timedelta(days=1)


def facts(**changes: object) -> GroupFacts:
    usual = {
        "meets_every_months": 3,
        "started": date(2025, 1, 1),
        "last_held": date(2025, 12, 1),
        "next_planned": None,
        "missed": 0,
        "tolerance_days": 14,
    }
    return GroupFacts(**(usual | changes))  # type: ignore[arg-type]


def test_a_fortnight_s_grace_counts_from_the_last_meeting_held() -> None:
    assert late_after(facts()) == date(2026, 3, 15)


@pytest.mark.parametrize(
    ("days", "last"), [(0, date(2026, 3, 1)), (1, date(2026, 3, 2)), (60, date(2026, 4, 30))]
)
def test_or_as_many_days_as_the_group_has(days: int, last: date) -> None:
    assert late_after(facts(tolerance_days=days)) == last
    assert standing(facts(tolerance_days=days), today=last).is_late is False
    assert standing(facts(tolerance_days=days), today=last + DAY).is_late is True


def test_a_closed_group_is_never_late() -> None:
    found = standing(facts(is_closed=True, missed=2), today=date(2027, 1, 1))
    assert (found.is_late, found.missed) == (False, 0)


def test_or_from_the_day_it_was_set_up() -> None:
    assert late_after(facts(last_held=None)) == date(2025, 4, 15)


@pytest.mark.parametrize(("today", "late"), [(date(2026, 3, 15), False), (date(2026, 3, 16), True)])
def test_late_begins_the_day_after(today: date, late: bool) -> None:
    assert standing(facts(), today=today).is_late is late


def test_a_standing_passes_the_dates_on() -> None:
    found = standing(facts(next_planned=TODAY, missed=2), today=TODAY)
    assert (found.last_held, found.next_planned, found.missed) == (date(2025, 12, 1), TODAY, 2)


@pytest.mark.parametrize(
    ("planned_for", "state", "missed"),
    [
        (TODAY - DAY, MeetingState.PLANNED, True),
        (TODAY, MeetingState.PLANNED, False),
        (TODAY + DAY, MeetingState.PLANNED, False),
        (TODAY - DAY, MeetingState.HELD, False),
        (TODAY - DAY, MeetingState.CANCELLED, False),
    ],
)
def test_a_planned_meeting_is_missed_once_its_day_is_over(
    planned_for: date, state: str, missed: bool
) -> None:
    assert is_missed(planned_for=planned_for, state=state, today=TODAY) is missed


@pytest.mark.parametrize(
    ("planned_for", "can"), [(TODAY - DAY, True), (TODAY, True), (TODAY + DAY, False)]
)
def test_nobody_has_held_a_meeting_still_to_come(planned_for: date, can: bool) -> None:
    assert can_be_held(planned_for=planned_for, today=TODAY) is can


@pytest.mark.parametrize(
    ("months", "words"), [(1, "every month"), (3, "every 3 months"), (12, "once a year")]
)
def test_in_words(months: int, words: str) -> None:
    assert often(months) == words
