"""Something that happens regularly: in a row, on time, next due, missed."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommendations.enums import ActionKind
from recommendations.proof import Happened, ProofFacts, Shown, Standing, in_a_row, judge
from ui.dates import months_later

QUARTERLY = ProofFacts(ActionKind.CADENCE, every_months=3, occurrences=4)
JAN = date(2025, 1, 10)
QUARTERS = [months_later(JAN, 3 * turn) for turn in range(4)]
"""10 January, April, July and October 2025."""


def happened(*days: date) -> tuple[Happened, ...]:
    return tuple(Happened(day) for day in days)


def row(*days: date) -> int:
    return in_a_row(happened(*days), every_months=3)


def later(day: date, days: int) -> date:
    return day + timedelta(days=days)


class TestInARow:
    def test_nothing(self) -> None:
        assert row() == 0

    @pytest.mark.parametrize("turns", [1, 2, 3, 4])
    def test_each_on_its_day(self, turns: int) -> None:
        assert row(*QUARTERS[:turns]) == turns

    @pytest.mark.parametrize(("late", "length"), [(0, 2), (14, 2), (15, 1), (400, 1)])
    def test_late_begins_anew(self, late: int, length: int) -> None:
        assert row(JAN, later(QUARTERS[1], late)) == length

    @pytest.mark.parametrize(("early", "length"), [(1, 2), (14, 2), (15, 1), (80, 1)])
    def test_too_early_adds_nothing(self, early: int, length: int) -> None:
        assert row(JAN, later(QUARTERS[1], -early)) == length

    def test_more_often_than_asked_is_never_late(self) -> None:
        """Every two months where every three were asked: half of them add to the row."""
        assert row(*(months_later(JAN, 2 * turn) for turn in range(7))) == 4

    def test_four_in_one_week_are_one(self) -> None:
        assert row(*(later(JAN, turn) for turn in range(4))) == 1

    def test_a_missed_one_breaks_the_row(self) -> None:
        assert row(QUARTERS[0], QUARTERS[1], QUARTERS[3]) == 1

    def test_the_order_they_are_given_in_does_not_matter(self) -> None:
        assert row(*reversed(QUARTERS)) == 4


class TestMoved:
    @pytest.mark.parametrize("late", [15, 60])
    def test_it_is_on_time_however_late(self, late: int) -> None:
        moved = Happened(later(QUARTERS[1], late), moved_with_meeting=True)
        assert in_a_row([Happened(JAN), moved], every_months=3) == 2

    @pytest.mark.parametrize(("early", "length"), [(15, 2), (45, 2), (46, 1), (80, 1)])
    def test_brought_forward_it_must_lie_nearer_to_its_own_date(
        self, early: int, length: int
    ) -> None:
        moved = Happened(later(QUARTERS[1], -early), moved_with_meeting=True)
        assert in_a_row([Happened(JAN), moved], every_months=3) == length


class TestStanding:
    def judged(self, today: date, *days: date, **shown: object) -> Standing:
        facts = Shown(happened=happened(*days), **shown)  # type: ignore[arg-type]
        return judge(QUARTERLY, facts, today=today)

    def test_nobody_took_it_on_and_nothing_happened(self) -> None:
        assert self.judged(JAN) == Standing(False, "0 of 4 times in a row")

    @pytest.mark.parametrize(
        ("today", "words", "is_missed"),
        [
            (JAN, "0 of 4 times in a row; first by 10 April 2025", False),
            (date(2025, 4, 24), "0 of 4 times in a row; first by 10 April 2025", False),
            (
                date(2025, 4, 25),
                "0 of 4 times in a row: the first one, due by 10 April 2025, was missed",
                True,
            ),
        ],
    )
    def test_the_first_is_counted_from_the_day_it_was_taken_on(
        self, today: date, words: str, is_missed: bool
    ) -> None:
        standing = self.judged(today, accepted_on=JAN)
        limit = date(2025, 4, 24)
        assert standing == Standing(False, words, date(2025, 4, 10), limit, is_missed)

    def test_after_the_first_the_next_is_counted_from_it(self) -> None:
        standing = self.judged(QUARTERS[1], *QUARTERS[:2], accepted_on=date(2020, 1, 1))
        assert standing.words == "2 of 4 times in a row; next by 10 July 2025"
        assert standing.is_proven is False

    def test_enough_of_them(self) -> None:
        standing = self.judged(QUARTERS[3], *QUARTERS)
        assert standing.words == "4 of 4 times in a row; next by 10 January 2026"
        assert standing.is_proven is True

    @pytest.mark.parametrize(
        ("today", "is_proven"), [(date(2026, 1, 24), True), (date(2026, 1, 25), False)]
    )
    def test_it_goes_on_being_asked_for(self, today: date, is_proven: bool) -> None:
        standing = self.judged(today, *QUARTERS)
        assert (standing.is_proven, standing.is_missed) == (is_proven, not is_proven)

    def test_after_a_miss_the_next_begins_a_new_row(self) -> None:
        again = date(2026, 6, 1)
        standing = self.judged(again, *QUARTERS, again)
        assert standing.words == "1 of 4 times in a row; next by 1 September 2026"

    @pytest.mark.parametrize(
        ("meets_on", "limit"),
        [
            (None, date(2026, 1, 24)),
            (date(2025, 12, 1), date(2026, 1, 24)),
            (date(2026, 3, 1), date(2026, 3, 15)),
            (date(2026, 4, 10), date(2026, 4, 24)),
            (date(2029, 1, 1), date(2026, 4, 24)),
        ],
    )
    def test_what_moves_with_its_meeting_waits_for_it_but_not_for_a_whole_turn(
        self, meets_on: date | None, limit: date
    ) -> None:
        standing = self.judged(limit, *QUARTERS, meets_on=meets_on)
        assert (standing.late_after, standing.is_missed) == (limit, False)
        assert self.judged(later(limit, 1), *QUARTERS, meets_on=meets_on).is_missed is True

    def test_once_is_said_as_once(self) -> None:
        yearly = ProofFacts(ActionKind.CADENCE, every_months=12, occurrences=1)
        none, one = (
            judge(yearly, Shown(happened=happened(*days), accepted_on=JAN), today=JAN)
            for days in ((), (JAN,))
        )
        assert none.words == "Not done yet; first by 10 January 2026"
        assert one.words == "Done once; next by 10 January 2026"
        assert (none.is_proven, one.is_proven) == (False, True)


DAYS = st.lists(st.dates(date(2020, 1, 1), date(2026, 1, 1)), max_size=25)


@given(days=DAYS, every=st.integers(1, 12))
def test_a_row_is_never_longer_than_the_time_it_took(days: list[date], every: int) -> None:
    """Nobody can crowd a year's work into a month."""
    length = in_a_row(happened(*days), every_months=every)
    assert length <= len(set(days))
    if length > 1:
        shortest = (length - 1) * (every * 28 - 14)
        assert (max(days) - min(days)).days >= shortest


@given(days=DAYS, every=st.integers(1, 12), extra=st.integers(0, 60))
def test_happening_again_soon_after_the_last_never_breaks_a_row(
    days: list[date], every: int, extra: int
) -> None:
    before = in_a_row(happened(*days), every_months=every)
    again = later(max(days), min(extra, every * 28)) if days else date(2025, 1, 1)
    assert in_a_row(happened(*days, again), every_months=every) >= before
