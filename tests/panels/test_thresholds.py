from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panels.enums import Measure
from panels.thresholds import (
    MINORITISED,
    WOMEN,
    SeatStep,
    Threshold,
    Thresholds,
    measures_set_lower,
    needed,
    next_rise,
    next_step,
)

thresholds = st.integers(1, 40).flatmap(
    lambda denominator: st.builds(Threshold, st.integers(1, denominator), st.just(denominator))
)


def test_the_defaults_are_half_and_a_fifth() -> None:
    assert Threshold(1, 2) == WOMEN
    assert Threshold(1, 5) == MINORITISED
    assert Thresholds() == Thresholds(WOMEN, MINORITISED)
    assert Thresholds().of(Measure.WOMEN) == WOMEN
    assert Thresholds().of(Measure.MINORITISED) == MINORITISED


@pytest.mark.parametrize(("numerator", "denominator"), [(0, 5), (-1, 5), (3, 2), (1, 0), (1, -2)])
def test_a_threshold_outside_nobody_to_everybody_is_refused(
    numerator: int, denominator: int
) -> None:
    with pytest.raises(ValueError, match="above 0 and reaches at most everybody"):
        Threshold(numerator, denominator)


@pytest.mark.parametrize(
    ("threshold", "words"),
    [(WOMEN, "50%"), (MINORITISED, "20%"), (Threshold(1, 1), "100%"), (Threshold(1, 3), "1 in 3")],
)
def test_a_threshold_is_never_printed_rounded(threshold: Threshold, words: str) -> None:
    assert str(threshold) == words


@pytest.mark.parametrize(
    ("n", "women", "minoritised"),
    [
        (0, 0, 0),
        (2, 1, 1),
        (3, 2, 1),
        (4, 2, 1),
        (5, 3, 1),
        (6, 3, 2),
        (7, 4, 2),
        (8, 4, 2),
        (9, 5, 2),
        (10, 5, 2),
        (11, 6, 3),
        (12, 6, 3),
        (15, 8, 3),
        (16, 8, 4),
        (20, 10, 4),
    ],
)
def test_needed(n: int, women: int, minoritised: int) -> None:
    assert (needed(n, WOMEN), needed(n, MINORITISED)) == (women, minoritised)


@pytest.mark.parametrize("n", range(2, 200))
def test_needed_is_the_whole_number_formula(n: int) -> None:
    assert (needed(n, WOMEN), needed(n, MINORITISED)) == ((n + 1) // 2, (n + 4) // 5)


@given(thresholds, st.integers(0, 500), st.integers(0, 500))
def test_a_threshold_agrees_with_exact_fractions(threshold: Threshold, yes: int, n: int) -> None:
    share = Fraction(threshold.numerator, threshold.denominator)
    assert threshold.is_reached_by(yes, n) is (yes >= share * n)


@given(thresholds, thresholds)
def test_lower_agrees_with_exact_fractions(one: Threshold, other: Threshold) -> None:
    first = Fraction(one.numerator, one.denominator)
    assert one.is_lower_than(other) is (first < Fraction(other.numerator, other.denominator))


@given(thresholds, st.integers(0, 500))
def test_needed_is_the_fewest(threshold: Threshold, n: int) -> None:
    fewest = needed(n, threshold)
    assert threshold.is_reached_by(fewest, n)
    assert fewest == 0 or not threshold.is_reached_by(fewest - 1, n)


@pytest.mark.parametrize(
    ("n", "threshold", "step"),
    [
        (4, MINORITISED, SeatStep(seat=5, needed=1, adds=0)),
        (5, MINORITISED, SeatStep(seat=6, needed=2, adds=1)),
        (6, MINORITISED, SeatStep(seat=7, needed=2, adds=0)),
        (4, WOMEN, SeatStep(seat=5, needed=3, adds=1)),
        (5, WOMEN, SeatStep(seat=6, needed=3, adds=0)),
    ],
)
def test_what_the_next_seat_asks_for(n: int, threshold: Threshold, step: SeatStep) -> None:
    assert next_step(n, threshold) == step


@pytest.mark.parametrize(
    ("n", "threshold", "step"),
    [
        (5, MINORITISED, SeatStep(seat=6, needed=2, adds=1)),
        (6, MINORITISED, SeatStep(seat=11, needed=3, adds=1)),
        (10, MINORITISED, SeatStep(seat=11, needed=3, adds=1)),
        (5, WOMEN, SeatStep(seat=7, needed=4, adds=1)),
        (0, WOMEN, SeatStep(seat=1, needed=1, adds=1)),
    ],
)
def test_which_seat_adds_the_next_one(n: int, threshold: Threshold, step: SeatStep) -> None:
    assert next_rise(n, threshold) == step


@given(thresholds, st.integers(0, 200))
def test_a_seat_adds_one_or_none(threshold: Threshold, n: int) -> None:
    step, rise = next_step(n, threshold), next_rise(n, threshold)
    now = needed(n, threshold)
    assert (step.seat, step.needed) == (n + 1, now + step.adds)
    assert step.adds == (rise.seat == n + 1)
    assert (rise.adds, rise.needed) == (1, now + 1)


@pytest.mark.parametrize(
    ("own", "lower"),
    [
        (Thresholds(), ()),
        (Thresholds(Threshold(2, 4), Threshold(20, 100)), ()),
        (Thresholds(Threshold(3, 5), Threshold(1, 4)), ()),
        (Thresholds(Threshold(49, 100), MINORITISED), (Measure.WOMEN,)),
        (Thresholds(WOMEN, Threshold(1, 6)), (Measure.MINORITISED,)),
        (
            Thresholds(Threshold(1, 3), Threshold(1, 6)),
            (Measure.WOMEN, Measure.MINORITISED),
        ),
    ],
)
def test_an_organisation_may_aim_higher_never_lower(
    own: Thresholds, lower: tuple[Measure, ...]
) -> None:
    assert measures_set_lower(own, Thresholds()) == lower
