"""The rules beside a plain reference that tries every case, for every line-up of up to 60."""

from collections.abc import Iterator
from fractions import Fraction
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panels.audit import (
    MINIMUM_COUNTED,
    Count,
    differs_by_ten_points,
    shortfall,
    shortfall_for_extra_seat,
    stepped_aside,
    verdict,
)
from panels.enums import Answer, Verdict
from panels.thresholds import MINORITISED, WOMEN, Threshold, needed, next_rise, next_step

MOST = 60
RANK = {
    Verdict.NO_VERDICT: 0,
    Verdict.NOT_MET: 1,
    Verdict.NOT_KNOWN: 2,
    Verdict.MET: 3,
}
BOTH = pytest.mark.parametrize("threshold", [WOMEN, MINORITISED], ids=["women", "minoritised"])
any_threshold = st.integers(1, 12).flatmap(
    lambda below: st.builds(Threshold, st.integers(1, below), st.just(below))
)
any_count = st.builds(Count, st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))


def every_count() -> Iterator[Count]:
    for n in range(MOST + 1):
        for yes in range(n + 1):
            for unknown in range(n - yes + 1):
                yield Count(yes, n - yes - unknown, unknown)


EVERY = tuple(every_count())


@cache
def share_reaches(yes: int, n: int, threshold: Threshold) -> bool:
    """By an exact fraction, as it is written in the wording."""
    return Fraction(yes, n) >= Fraction(threshold.numerator, threshold.denominator)


@cache
def judged_by_every_completion(count: Count, threshold: Threshold) -> Verdict:
    """Whoever is not known is taken for a yes or a no, in every number there is."""
    if count.n < MINIMUM_COUNTED:
        return Verdict.NO_VERDICT
    outcomes = {
        share_reaches(count.yes + more, count.n, threshold) for more in range(count.unknown + 1)
    }
    if outcomes == {True}:
        return Verdict.MET
    return Verdict.NOT_MET if outcomes == {False} else Verdict.NOT_KNOWN


def smallest(yes: int, n: int, threshold: Threshold) -> int:
    return next(more for more in range(n + 1) if share_reaches(yes + more, n, threshold))


@BOTH
def test_every_threshold_is_the_exact_fraction(threshold: Threshold) -> None:
    for n in range(1, MOST + 1):
        reaching = [yes for yes in range(n + 1) if share_reaches(yes, n, threshold)]
        assert [yes for yes in range(n + 1) if threshold.is_reached_by(yes, n)] == reaching
        assert needed(n, threshold) == reaching[0]


@BOTH
def test_every_result_is_that_of_every_completion(threshold: Threshold) -> None:
    wrong = [
        count
        for count in EVERY
        if verdict(count, threshold) != judged_by_every_completion(count, threshold)
    ]
    assert wrong == []


@BOTH
def test_one_more_yes_never_worsens(threshold: Threshold) -> None:
    """Somebody not known who says yes, a no that was a mistake, or a seat added for a yes."""
    worsened = []
    for count in EVERY:
        better = [Count(count.yes + 1, count.no, count.unknown)]
        if count.unknown:
            better.append(Count(count.yes + 1, count.no, count.unknown - 1))
        if count.no:
            better.append(Count(count.yes + 1, count.no - 1, count.unknown))
        before = RANK[verdict(count, threshold)]
        worsened += [(count, one) for one in better if RANK[verdict(one, threshold)] < before]
    assert worsened == []


@BOTH
def test_a_known_result_is_never_turned_by_asking(threshold: Threshold) -> None:
    """Met and not met are final: whatever those not known answer, it stays."""
    turned = []
    for count in EVERY:
        found = verdict(count, threshold)
        if not count.unknown or found not in (Verdict.MET, Verdict.NOT_MET):
            continue
        asked = [
            Count(count.yes + 1, count.no, count.unknown - 1),
            Count(count.yes, count.no + 1, count.unknown - 1),
        ]
        turned += [(count, one) for one in asked if verdict(one, threshold) != found]
    assert turned == []


@BOTH
def test_every_shortfall_is_the_smallest_that_helps(threshold: Threshold) -> None:
    wrong = [
        count
        for count in EVERY
        if count.n >= MINIMUM_COUNTED
        and shortfall(count, threshold) != smallest(count.yes, count.n, threshold)
    ]
    assert wrong == []


@BOTH
def test_with_a_seat_added_it_is_the_smallest_too(threshold: Threshold) -> None:
    wrong = [
        count
        for count in EVERY
        if count.n + 1 >= MINIMUM_COUNTED
        and shortfall_for_extra_seat(count, threshold)
        != smallest(count.yes, count.n + 1, threshold)
    ]
    assert wrong == []


@BOTH
def test_a_seat_added_asks_for_as_many_or_one_more(threshold: Threshold) -> None:
    """And never for fewer: nothing is ever won by taking a seat away that was known a yes."""
    for count in EVERY:
        if count.n >= MINIMUM_COUNTED:
            now = shortfall(count, threshold)
            assert shortfall_for_extra_seat(count, threshold) in (now, now + 1)


@BOTH
def test_every_seat_step_is_the_difference_of_two_needs(threshold: Threshold) -> None:
    least = {n: smallest(0, n, threshold) for n in range(1, 2 * MOST)}
    for n in range(1, MOST + 1):
        step, rise = next_step(n, threshold), next_rise(n, threshold)
        assert (step.seat, step.needed, step.adds) == (n + 1, least[n + 1], least[n + 1] - least[n])
        assert rise.seat == next(seat for seat in least if least[seat] > least[n])


def test_one_who_steps_aside_is_all_that_changes() -> None:
    for count in EVERY:
        for answer in Answer:
            if getattr(count, answer.value):
                alone = Count(**{answer.value: 1})
                assert stepped_aside(count, answer) + alone == count


@given(any_count, any_threshold)
def test_any_threshold_is_judged_by_every_completion(count: Count, threshold: Threshold) -> None:
    assert verdict(count, threshold) == judged_by_every_completion(count, threshold)
    if count.n >= MINIMUM_COUNTED:
        assert shortfall(count, threshold) == smallest(count.yes, count.n, threshold)


@given(any_count, any_threshold, any_threshold)
def test_a_higher_aim_is_never_easier(count: Count, one: Threshold, other: Threshold) -> None:
    low, high = (other, one) if other.is_lower_than(one) else (one, other)
    assert RANK[verdict(count, high)] <= RANK[verdict(count, low)]
    assert shortfall(count, high) >= shortfall(count, low)


few = st.builds(Count, st.integers(0, 12), st.integers(0, 12), st.integers(0, 4))


@given(few, few)
def test_ten_points_hold_for_every_completion(people: Count, seats: Count) -> None:
    if not people.n or not seats.n:
        assert differs_by_ten_points(people, seats) is False
        return
    gaps = [
        Fraction(people.yes + some, people.n) - Fraction(seats.yes + more, seats.n)
        for some in range(people.unknown + 1)
        for more in range(seats.unknown + 1)
    ]
    apart = Fraction(1, 10)
    always = all(gap >= apart for gap in gaps) or all(gap <= -apart for gap in gaps)
    assert differs_by_ten_points(people, seats) is always
