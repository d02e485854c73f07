"""Where an indicator stands, and whether it has moved."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest

from recommendations.effect import (
    Figure,
    Movement,
    Reached,
    Recorded,
    Standing,
    Terms,
    figures,
    flat_in_words,
    percent,
    plain,
    standing,
    standing_in_words,
)
from recommendations.enums import Better

JAN, JUL = date(2026, 1, 31), date(2026, 7, 31)
NOW = datetime(2026, 8, 1, 9, tzinfo=UTC)
SHARE = Terms(is_share=True, unit="", better=Better.HIGHER, stamp=1)
DAYS = Terms(is_share=False, unit="days", better=Better.LOWER, stamp=1)


def share_row(day: date, part: int, whole: int, *, minute: int = 0, stamp: int = 1) -> Recorded:
    at = NOW + timedelta(minutes=minute)
    return Recorded(day, "", part, whole, None, stamp, "Survey", at)


def value_row(day: date, value: str, category: str = "", *, minute: int = 0) -> Recorded:
    at = NOW + timedelta(minutes=minute)
    return Recorded(day, category, None, None, Decimal(value), 1, "", at)


def stands(terms: Terms, *rows: Recorded) -> Standing:
    return standing(figures(rows, terms), terms)


def test_the_newest_set_of_a_day_counts() -> None:
    shown = figures([share_row(JAN, 30, 90), share_row(JAN, 45, 90, minute=5)], SHARE)
    assert [figure.everybody.number for figure in shown if figure.everybody] == [50]


def test_figures_are_by_day_however_they_were_recorded() -> None:
    shown = figures([share_row(JUL, 45, 90), share_row(JAN, 30, 90, minute=5)], SHARE)
    assert [figure.day for figure in shown] == [JAN, JUL]


def test_a_number_by_category_is_never_shown() -> None:
    shown = figures([value_row(JAN, "12.5"), value_row(JAN, "3", "Black")], DAYS)
    assert [list(figure.amounts) for figure in shown] == [[""]]


@pytest.mark.parametrize(
    ("part", "better", "reached"),
    [
        (50, Better.HIGHER, Reached.YES),
        (49, Better.HIGHER, Reached.NO),
        (50, Better.LOWER, Reached.YES),
        (51, Better.LOWER, Reached.NO),
    ],
)
def test_the_target_is_judged_by_the_exact_share(
    part: int, better: Better, reached: Reached
) -> None:
    terms = replace(SHARE, better=better, target=Decimal(50))
    assert stands(terms, share_row(JAN, part, 100)).reached == reached


def test_a_rounded_percentage_reaches_nothing() -> None:
    terms = replace(SHARE, target=Decimal(50))
    assert stands(terms, share_row(JAN, 4999, 10_000)).reached == Reached.NO


def test_without_target_or_figure_nothing_is_judged() -> None:
    assert stands(SHARE, share_row(JAN, 50, 100)).reached == Reached.NO_TARGET
    assert stands(replace(SHARE, target=Decimal(5))).reached == Reached.NOT_KNOWN


@pytest.mark.parametrize(
    ("then", "now", "movement"),
    [
        (500, 510, Movement.RIGHT_WAY),
        (500, 509, Movement.NOT_MOVED),
        (500, 500, Movement.NOT_MOVED),
        (500, 491, Movement.NOT_MOVED),
        (500, 490, Movement.WRONG_WAY),
    ],
)
def test_a_share_moves_by_a_whole_point(then: int, now: int, movement: Movement) -> None:
    found = stands(SHARE, share_row(JAN, then, 1000), share_row(JUL, now, 1000, minute=1))
    assert found.movement == movement
    assert found.movement.is_flat is (movement != Movement.RIGHT_WAY)


def test_lower_may_be_better() -> None:
    found = stands(DAYS, value_row(JAN, "20"), value_row(JUL, "19.5", minute=1))
    assert found.movement == Movement.RIGHT_WAY


def test_the_baseline_that_was_set_comes_before_the_first_figure() -> None:
    terms = replace(SHARE, baseline=Decimal(60), baseline_on=date(2025, 1, 1))
    found = stands(terms, share_row(JAN, 30, 100), share_row(JUL, 50, 100, minute=1))
    assert (found.movement, found.before) == (Movement.WRONG_WAY, "60%")


def test_one_figure_alone_has_not_moved_yet() -> None:
    found = stands(SHARE, share_row(JAN, 50, 100))
    assert found.movement == Movement.NOT_KNOWN
    assert found.movement.is_flat is False


def test_a_hidden_figure_is_not_judged() -> None:
    terms = replace(SHARE, target=Decimal(50), baseline=Decimal(5), baseline_on=JAN)
    found = stands(terms, share_row(JUL, 9, 100))
    assert (found.reached, found.movement) == (Reached.NOT_KNOWN, Movement.NOT_KNOWN)
    assert standing_in_words(found, terms) == "No figure to show yet."


def test_figures_of_another_definition_are_not_compared() -> None:
    terms = replace(SHARE, stamp=2)
    found = stands(terms, share_row(JAN, 20, 100), share_row(JUL, 50, 100, minute=1, stamp=2))
    assert found.movement == Movement.NOT_KNOWN
    assert found.newest is not None
    assert found.newest.day == JUL


def test_what_is_said_beside_a_closed_recommendation() -> None:
    found = stands(SHARE, share_row(JAN, 50, 100), share_row(JUL, 50, 100, minute=1))
    assert flat_in_words("Belonging", found, SHARE) == (
        "Closed, but “Belonging” has not moved in the right direction since 31 January 2026: "
        "50% then, 50 of 100 (50%) on 31 July 2026."
    )
    better = stands(SHARE, share_row(JAN, 50, 100), share_row(JUL, 70, 100, minute=1))
    assert flat_in_words("Belonging", better, SHARE) == ""


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (Fraction(4999, 100), "49.9%"),
        (Fraction(50), "50%"),
        (Fraction(-5, 100), "0%"),
        (Fraction(1, 3), "0.3%"),
    ],
)
def test_percentages_are_cut_off(number: Fraction, words: str) -> None:
    assert percent(number) == words


def test_numbers_without_noise() -> None:
    assert [plain(Decimal(text)) for text in ("12.50", "1200.00", "-0.00", "0.25")] == [
        "12.5",
        "1,200",
        "0",
        "0.25",
    ]


def test_a_figure_without_everybody_has_none() -> None:
    assert Figure(JAN, 1, "", {"Black": None}).everybody is None
