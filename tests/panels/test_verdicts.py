"""What a count comes to: its result, how many it is short of, and how far two lie apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from panels.audit import Count, differs_by_ten_points, shortfall, shortfall_for_extra_seat, verdict
from panels.enums import Verdict
from panels.thresholds import MINORITISED, WOMEN, Threshold

counts = st.builds(Count, st.integers(0, 30), st.integers(0, 30), st.integers(0, 30))
thresholds = st.sampled_from([WOMEN, MINORITISED, Threshold(2, 3), Threshold(1, 1)])
BEST_LAST = [Verdict.NO_VERDICT, Verdict.NOT_MET, Verdict.NOT_KNOWN, Verdict.MET]


def of(n: int, yes: int, unknown: int) -> Count:
    return Count(yes=yes, no=n - yes - unknown, unknown=unknown)


@pytest.mark.parametrize(
    ("n", "women", "unknown", "result"),
    [
        (0, 0, 0, Verdict.NO_VERDICT),
        (1, 1, 0, Verdict.NO_VERDICT),
        (2, 1, 0, Verdict.MET),
        (2, 0, 0, Verdict.NOT_MET),
        (3, 2, 0, Verdict.MET),
        (3, 1, 0, Verdict.NOT_MET),
        (3, 1, 1, Verdict.NOT_KNOWN),
        (4, 2, 0, Verdict.MET),
        (5, 2, 0, Verdict.NOT_MET),
        (5, 2, 1, Verdict.NOT_KNOWN),
        (101, 50, 0, Verdict.NOT_MET),
        (101, 51, 0, Verdict.MET),
    ],
)
def test_women(n: int, women: int, unknown: int, result: Verdict) -> None:
    assert verdict(of(n, women, unknown), WOMEN) == result


@pytest.mark.parametrize(
    ("n", "minoritised", "unknown", "result"),
    [
        (0, 0, 0, Verdict.NO_VERDICT),
        (1, 1, 0, Verdict.NO_VERDICT),
        (5, 1, 0, Verdict.MET),
        (6, 1, 0, Verdict.NOT_MET),
        (6, 1, 1, Verdict.NOT_KNOWN),
        (10, 2, 8, Verdict.MET),
        (11, 2, 0, Verdict.NOT_MET),
        (41, 8, 0, Verdict.NOT_MET),
        (41, 9, 0, Verdict.MET),
    ],
)
def test_minoritised(n: int, minoritised: int, unknown: int, result: Verdict) -> None:
    assert verdict(of(n, minoritised, unknown), MINORITISED) == result


def test_a_count_knows_its_totals() -> None:
    count = Count(yes=2, no=3, unknown=4)
    assert (count.known, count.n) == (5, 9)
    assert count + Count(1, 1, 1) == Count(3, 4, 5)


@pytest.mark.parametrize("numbers", [(-1, 0, 0), (0, -1, 0), (0, 0, -1)])
def test_a_count_below_nothing_is_refused(numbers: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="cannot be below 0"):
        Count(*numbers)


@given(counts, thresholds)
def test_one_more_yes_never_worsens_a_result(count: Count, threshold: Threshold) -> None:
    before = BEST_LAST.index(verdict(count, threshold))
    if count.unknown:
        known = Count(count.yes + 1, count.no, count.unknown - 1)
        assert BEST_LAST.index(verdict(known, threshold)) >= before
    if count.no:
        changed = Count(count.yes + 1, count.no - 1, count.unknown)
        assert BEST_LAST.index(verdict(changed, threshold)) >= before


@given(counts, thresholds)
def test_a_result_holds_whatever_the_unknown_turn_out_to_be(
    count: Count, threshold: Threshold
) -> None:
    outcomes = {
        verdict(Count(count.yes + more, count.no + count.unknown - more), threshold)
        for more in range(count.unknown + 1)
    }
    expected = outcomes.pop() if len(outcomes) == 1 else Verdict.NOT_KNOWN
    assert verdict(count, threshold) == expected


@pytest.mark.parametrize("threshold", [WOMEN, MINORITISED])
@pytest.mark.parametrize("n", range(61))
def test_the_shortfall_is_the_smallest_that_helps(n: int, threshold: Threshold) -> None:
    for yes in range(n + 1):
        for unknown in (0, n - yes):
            fewest = next(
                (
                    more
                    for more in range(n - yes + 1)
                    if verdict(Count(yes + more, n - yes - more), threshold) == Verdict.MET
                ),
                0,
            )
            assert shortfall(of(n, yes, unknown), threshold) == fewest


@pytest.mark.parametrize(
    ("count", "threshold", "now", "with_another_seat"),
    [
        (of(5, 1, 0), MINORITISED, 0, 1),
        (of(5, 0, 0), MINORITISED, 1, 2),
        (of(6, 1, 0), MINORITISED, 1, 1),
        (of(4, 2, 0), WOMEN, 0, 1),
        (of(5, 2, 1), WOMEN, 1, 1),
        (of(1, 0, 0), WOMEN, 0, 1),
        (of(0, 0, 0), WOMEN, 0, 0),
    ],
)
def test_shortfall_now_and_with_another_seat(
    count: Count, threshold: Threshold, now: int, with_another_seat: int
) -> None:
    assert shortfall(count, threshold) == now
    assert shortfall_for_extra_seat(count, threshold) == with_another_seat


@pytest.mark.parametrize(
    ("people", "seats", "differs"),
    [
        (Count(5, 5), Count(6, 4), True),
        (Count(5, 5), Count(4, 6), True),
        (Count(5, 5), Count(5, 5), False),
        (Count(50, 50), Count(599, 401), False),
        (Count(50, 50), Count(60, 40), True),
        (Count(5, 5), Count(3, 6, 1), True),
        (Count(5, 5), Count(3, 5, 2), False),
        (Count(), Count(5, 5), False),
        (Count(5, 5), Count(), False),
    ],
)
def test_people_and_seats_ten_points_apart(people: Count, seats: Count, differs: bool) -> None:
    assert differs_by_ten_points(people, seats) is differs


@given(counts, counts)
def test_ten_points_is_the_same_both_ways(people: Count, seats: Count) -> None:
    assert differs_by_ten_points(people, seats) == differs_by_ten_points(seats, people)
