"""When something may be proposed for closing, and when it is looked at again."""

from datetime import date

import pytest

from recommendations.closing import (
    ALREADY_PROPOSED,
    NO_ACTION,
    OUTCOME_OR_ACTIVITY,
    OUTCOME_OWED,
    OUTCOME_WITHOUT_IMPLEMENTING,
    REASON_OWED,
    Problem,
    Step,
    Wanted,
    recheck_days,
    why_not_implemented,
    why_not_propose,
)
from recommendations.enums import State

DONE = [Step(1, True), Step(2, True)]
OTHERS = [State.CLOSED_NOT_IMPLEMENTED, State.CLOSED_SUPERSEDED]


def wanted(state: State = State.CLOSED_IMPLEMENTED, **said: object) -> Wanted:
    return Wanted(state, **said)  # type: ignore[arg-type]


def problems(asked: Wanted, steps: list[Step] = DONE, is_proposed: bool = False) -> list[Problem]:
    return list(why_not_propose(asked, steps=steps, is_proposed=is_proposed))


class TestImplemented:
    @pytest.mark.parametrize("said", [{"outcome": "It changed."}, {"is_activity_only": True}])
    def test_everything_is_shown(self, said: dict[str, object]) -> None:
        assert problems(wanted(**said)) == []

    @pytest.mark.parametrize("said", [{}, {"outcome": " \n"}])
    def test_an_outcome_is_owed(self, said: dict[str, object]) -> None:
        assert problems(wanted(**said)) == [Problem("outcome", OUTCOME_OWED)]

    def test_an_outcome_and_none_is_a_contradiction(self) -> None:
        asked = wanted(outcome="It changed.", is_activity_only=True)
        assert problems(asked) == [Problem("outcome", OUTCOME_OR_ACTIVITY)]

    def test_what_is_missing_and_what_is_owed_come_together(self) -> None:
        assert problems(wanted(), [Step(1, False)]) == [
            Problem("wanted", "Action 1 is not shown to be done yet."),
            Problem("outcome", OUTCOME_OWED),
        ]

    @pytest.mark.parametrize(
        ("proven", "said"),
        [
            ((True,), ""),
            ((True, True, True), ""),
            ((False,), "Action 1 is not shown to be done yet."),
            ((True, False, True), "Action 2 is not shown to be done yet."),
            ((False, True, False), "Actions 1 and 3 are not shown to be done yet."),
            ((False, False, False), "Actions 1, 2 and 3 are not shown to be done yet."),
        ],
    )
    def test_each_action_that_is_missing_is_named(
        self, proven: tuple[bool, ...], said: str
    ) -> None:
        assert why_not_implemented(Step(n, p) for n, p in enumerate(proven, 1)) == said

    def test_without_an_action_nothing_shows_it(self) -> None:
        assert why_not_implemented([]) == NO_ACTION


class TestOthers:
    @pytest.mark.parametrize("state", OTHERS)
    @pytest.mark.parametrize("steps", [[], [Step(1, False)], DONE])
    def test_a_reason_is_enough(self, state: State, steps: list[Step]) -> None:
        assert problems(wanted(state, reason="The service closed."), steps) == []

    @pytest.mark.parametrize("state", OTHERS)
    @pytest.mark.parametrize("reason", ["", "  "])
    def test_a_reason_is_owed(self, state: State, reason: str) -> None:
        assert problems(wanted(state, reason=reason)) == [Problem("reason", REASON_OWED)]

    @pytest.mark.parametrize("state", OTHERS)
    @pytest.mark.parametrize("said", [{"outcome": "It changed."}, {"is_activity_only": True}])
    def test_they_have_no_outcome(self, state: State, said: dict[str, object]) -> None:
        assert problems(wanted(state, reason="Why.", **said)) == [
            Problem("outcome", OUTCOME_WITHOUT_IMPLEMENTING)
        ]


@pytest.mark.parametrize("state", State.closed())
def test_one_at_a_time(state: State) -> None:
    asked = wanted(state, reason="Why.", outcome="It changed.")
    assert problems(asked, is_proposed=True) == [Problem("wanted", ALREADY_PROPOSED)]


@pytest.mark.parametrize(
    ("closed", "six", "twelve"),
    [
        (date(2026, 3, 10), date(2026, 9, 10), date(2027, 3, 10)),
        (date(2026, 8, 31), date(2027, 2, 28), date(2027, 8, 31)),
        (date(2027, 8, 31), date(2028, 2, 29), date(2028, 8, 31)),
        (date(2028, 2, 29), date(2028, 8, 29), date(2029, 2, 28)),
        (date(2026, 12, 31), date(2027, 6, 30), date(2027, 12, 31)),
    ],
)
def test_it_is_looked_at_again(closed: date, six: date, twelve: date) -> None:
    assert recheck_days(closed) == ((6, six), (12, twelve))
