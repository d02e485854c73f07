"""Where each kind of action stands, at its boundaries."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recommendations.enums import ActionKind
from recommendations.proof import (
    NOT_YET,
    TOO_LONG_AGO,
    Check,
    Count,
    ProofFacts,
    Shown,
    Standing,
    judge,
    plural,
    what_shows_it,
    why_not_on,
)

TODAY = date(2026, 3, 10)
COUNTED = ProofFacts(ActionKind.COVERAGE, unit="appraisal", is_counted=True, percent_needed=90)
AREAS = ProofFacts(ActionKind.COVERAGE, unit="service area")


class TestDeliverable:
    @pytest.mark.parametrize(
        ("pieces", "expected"),
        [
            (0, Standing(False, "No evidence yet")),
            (1, Standing(True, "1 piece of evidence")),
            (2, Standing(True, "2 pieces of evidence")),
        ],
    )
    def test_one_piece_is_enough(self, pieces: int, expected: Standing) -> None:
        asked = ProofFacts(ActionKind.DELIVERABLE)
        assert judge(asked, Shown(evidence=pieces), today=TODAY) == expected


class TestUnits:
    @pytest.mark.parametrize(
        ("units", "covered", "expected"),
        [
            (0, 0, Standing(False, "No service area is named yet")),
            (1, 0, Standing(False, "0 of 1 service area")),
            (1, 1, Standing(True, "1 of 1 service area")),
            (11, 7, Standing(False, "7 of 11 service areas")),
            (11, 10, Standing(False, "10 of 11 service areas")),
            (11, 11, Standing(True, "11 of 11 service areas")),
        ],
    )
    def test_every_one_of_them(self, units: int, covered: int, expected: Standing) -> None:
        shown = Shown(units=units, units_covered=covered)
        assert judge(AREAS, shown, today=TODAY) == expected

    @pytest.mark.parametrize(("units", "words"), [(0, "No part is named yet"), (2, "0 of 2 parts")])
    def test_without_a_word_for_them(self, units: int, words: str) -> None:
        standing = judge(ProofFacts(ActionKind.COVERAGE), Shown(units=units), today=TODAY)
        assert standing.words == words


class TestCount:
    def judged(self, covered: int, whole: int, percent: int | None = 90) -> Standing:
        asked = ProofFacts(
            ActionKind.COVERAGE, unit="appraisal", is_counted=True, percent_needed=percent
        )
        shown = Shown(count=Count(covered, whole, date(2026, 3, 3)))
        return judge(asked, shown, today=TODAY)

    def test_nothing_counted(self) -> None:
        assert judge(COUNTED, Shown(), today=TODAY) == Standing(False, "Not counted yet")

    def test_in_words(self) -> None:
        expected = "312 of 340 appraisals on 3 March 2026; 306 needed"
        assert self.judged(312, 340) == Standing(True, expected)

    def test_all_of_them_is_not_said_twice(self) -> None:
        assert self.judged(339, 340, None).words == "339 of 340 appraisals on 3 March 2026"

    @pytest.mark.parametrize(
        ("covered", "whole", "percent", "is_proven"),
        [
            (306, 340, 90, True),
            (305, 340, 90, False),
            (8, 41, 20, False),
            (9, 41, 20, True),
            (1, 3, 33, True),
            (1, 3, 34, False),
            (999_999, 1_000_000, 100, False),
            (1_000_000, 1_000_000, 100, True),
            (339, 340, None, False),
            (340, 340, None, True),
        ],
    )
    def test_by_whole_numbers(
        self, covered: int, whole: int, percent: int | None, is_proven: bool
    ) -> None:
        assert self.judged(covered, whole, percent).is_proven is is_proven

    @given(whole=st.integers(1, 10**7), percent=st.integers(1, 100), data=st.data())
    def test_the_number_said_to_be_needed_is_the_boundary(
        self, whole: int, percent: int, data: st.DataObject
    ) -> None:
        needed = -(-percent * whole // 100)
        covered = data.draw(st.integers(0, whole))
        assert self.judged(covered, whole, percent).is_proven is (covered >= needed)


def checked(*checks: tuple[date, bool]) -> Standing:
    shown = Shown(checks=tuple(Check(day, in_place) for day, in_place in checks))
    return judge(ProofFacts(ActionKind.EMBEDDING), shown, today=TODAY)


class TestEmbedding:
    FIRST = date(2025, 8, 31)

    @pytest.mark.parametrize(
        ("checks", "is_proven", "words"),
        [
            ([], False, "0 of 2 checks"),
            ([(FIRST, True)], False, "1 of 2 checks; the next counts from 28 February 2026 on"),
            (
                [(FIRST, True), (date(2026, 2, 27), True)],
                False,
                "1 of 2 checks; the next counts from 28 February 2026 on",
            ),
            (
                [(FIRST, True), (date(2026, 2, 28), True)],
                True,
                "In place on 31 August 2025 and on 28 February 2026",
            ),
            ([(FIRST, False)], False, "Not in place on 31 August 2025; check again"),
            (
                [(FIRST, True), (date(2025, 12, 1), False), (date(2026, 3, 1), True)],
                False,
                "1 of 2 checks; the next counts from 1 September 2026 on",
            ),
            (
                [(FIRST, True), (date(2026, 3, 1), True), (date(2026, 3, 2), False)],
                False,
                "Not in place on 2 March 2026; check again",
            ),
            (
                [(date(2024, 1, 1), False), (FIRST, True), (date(2026, 3, 1), True)],
                True,
                "In place on 31 August 2025 and on 1 March 2026",
            ),
        ],
    )
    def test_two_half_a_year_apart(
        self, checks: list[tuple[date, bool]], is_proven: bool, words: str
    ) -> None:
        assert checked(*checks) == Standing(is_proven, words)

    def test_of_one_day_the_last_recorded_holds(self) -> None:
        wrong, right = (date(2026, 3, 1), False), (date(2026, 3, 1), True)
        assert checked((self.FIRST, True), wrong, right).is_proven is True
        assert checked((self.FIRST, True), right, wrong).is_proven is False


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (COUNTED, "A count shows that at least 90 in 100 appraisals are covered."),
        (
            ProofFacts(ActionKind.COVERAGE, unit="policy", is_counted=True, percent_needed=100),
            "A count shows that all policies are covered.",
        ),
        (
            ProofFacts(ActionKind.COVERAGE, is_counted=True),
            "A count shows that all parts are covered.",
        ),
    ],
)
def test_what_a_count_has_to_show(facts: ProofFacts, sentence: str) -> None:
    assert what_shows_it(facts) == sentence


@pytest.mark.parametrize(
    ("day", "problem"),
    [
        (TODAY, ""),
        (TODAY + timedelta(days=1), NOT_YET),
        (date(2016, 3, 10), ""),
        (date(2016, 3, 9), TOO_LONG_AGO),
    ],
)
def test_days_that_can_be_recorded(day: date, problem: str) -> None:
    assert why_not_on(day, today=TODAY) == problem


@pytest.mark.parametrize(
    ("unit", "several"),
    [
        ("service area", "service areas"), ("policy", "policies"), ("survey", "surveys"),
        ("branch", "branches"), ("process", "processes"),
    ],
)  # fmt: skip
def test_more_than_one(unit: str, several: str) -> None:
    assert plural(unit) == several
