"""When a later date may be asked for, and how far a date has moved."""

from datetime import date, timedelta

import pytest

from recommendations.extending import (
    DONE,
    DRAFT,
    NOT_LATER,
    ONE_OPEN,
    PASSED,
    Standing,
    moves_of,
    why_not_ask,
    why_not_now,
)
from ui.dates import TOO_FAR

TARGET = date(2026, 9, 30)
DAY = timedelta(days=1)
STANDS = Standing(TARGET, is_accepted=True)


@pytest.mark.parametrize(
    ("standing", "today", "said"),
    [
        (STANDS, TARGET - DAY, ""),
        (STANDS, TARGET, ""),
        (STANDS, TARGET + DAY, PASSED),
        (Standing(TARGET, is_accepted=False), TARGET, DRAFT),
        (Standing(None, is_accepted=False), TARGET, DRAFT),
        (Standing(TARGET, is_accepted=True, is_proven=True), TARGET, DONE),
        (Standing(TARGET, is_accepted=True, is_asked=True), TARGET, ONE_OPEN),
    ],
)
def test_until_when_one_may_ask(standing: Standing, today: date, said: str) -> None:
    assert why_not_now(standing, today=today) == said


@pytest.mark.parametrize("today", [TARGET, TARGET + DAY, TARGET + 400 * DAY])
def test_the_committee_may_move_it_of_its_own_motion(today: date) -> None:
    assert why_not_now(STANDS, today=today, is_own_motion=True) == ""


@pytest.mark.parametrize(
    ("standing", "said"),
    [
        (Standing(TARGET, is_accepted=False), DRAFT),
        (Standing(TARGET, is_accepted=True, is_proven=True), DONE),
        (Standing(TARGET, is_accepted=True, is_asked=True), ONE_OPEN),
    ],
)
def test_its_own_motion_is_held_to_the_rest(standing: Standing, said: str) -> None:
    assert why_not_now(standing, today=TARGET, is_own_motion=True) == said


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (TARGET - DAY, NOT_LATER),
        (TARGET, NOT_LATER),
        (TARGET + DAY, ""),
        (date(2036, 9, 1), ""),
        (date(2036, 9, 2), TOO_FAR),
    ],
)
def test_which_date(wanted: date, said: str) -> None:
    assert why_not_ask(wanted, STANDS, today=date(2026, 9, 1)) == said


def test_what_stands_in_the_way_comes_first() -> None:
    assert why_not_ask(TARGET, STANDS, today=TARGET + DAY) == PASSED


@pytest.mark.parametrize(
    ("moves", "said"),
    [
        ([], "moved 0 times, 0 days"),
        ([1], "moved once, 1 day"),
        ([30, 14], "moved twice, 44 days"),
        ([100, 100, 14], "moved 3 times, 214 days"),
    ],
)
def test_how_far_it_has_moved(moves: list[int], said: str) -> None:
    day, spans = TARGET, []
    for each in moves:
        spans.append((day, day + each * DAY))
        day += each * DAY
    assert str(moves_of(spans)) == said
