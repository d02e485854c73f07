"""What stands out about a recommendation, besides being late."""

from datetime import date, timedelta
from typing import Any

import pytest

from recommendations.enums import Response, State
from recommendations.lifecycle import (
    ActionFacts,
    RecommendationFacts,
    has_objection,
    is_later_asked,
    is_proposed_since,
    is_recheck_due,
    moved,
)

TODAY = date(2024, 3, 1)
CLOSED = {"state": State.CLOSED_IMPLEMENTED}


def of(*actions: ActionFacts, **more: Any) -> RecommendationFacts:
    usual = {"response": Response.ACCEPTED, "state": State.IN_PROGRESS, "adopted_on": TODAY}
    return RecommendationFacts("Values", False, actions=actions, **{**usual, **more})


def later(days: int, moves: int) -> ActionFacts:
    return ActionFacts(
        False, original_target=TODAY, target=TODAY + timedelta(days=days), moves=moves
    )


@pytest.mark.parametrize(
    ("actions", "words"),
    [
        ([later(0, 0)], None),
        ([later(-3, 0)], None),
        ([later(1, 0)], "Moved, 1 day"),
        ([later(214, 3)], "Moved 3 times, 214 days"),
        ([later(10, 1), later(0, 0)], "Moved once, 10 days"),
        ([later(10, 1), later(30, 2)], "Moved 3 times, 30 days"),
        ([ActionFacts(False)], None),
    ],
)
def test_how_often_and_how_far_it_moved(actions: list[ActionFacts], words: str | None) -> None:
    found = moved(of(*actions))
    assert (found.words if found else None) == words


@pytest.mark.parametrize("more", [CLOSED, {"response": Response.NOT_ACCEPTED}])
def test_what_asks_for_no_more_work_has_not_slipped(more: dict[str, Any]) -> None:
    assert moved(of(later(9, 1), **more)) is None


def test_requests_and_objections_end_with_closing() -> None:
    asked = ActionFacts(False, is_later_asked=True, has_objection=True)
    assert is_later_asked(of(asked))
    assert has_objection(of(ActionFacts(False), asked))
    assert not is_later_asked(of(asked, **CLOSED))
    assert not has_objection(of(asked, **CLOSED))


@pytest.mark.parametrize(("days", "newly"), [(-1, False), (0, True), (1, True)])
def test_newly_proposed_since_a_day(days: int, newly: bool) -> None:
    facts = of(proposed_on=TODAY + timedelta(days=days))
    assert is_proposed_since(facts, TODAY) is newly
    assert not is_proposed_since(of(), TODAY)


@pytest.mark.parametrize(("days", "due"), [(-1, True), (0, True), (1, False)])
def test_time_to_look_again(days: int, due: bool) -> None:
    on = TODAY + timedelta(days=days)
    assert is_recheck_due(of(recheck_on=on, **CLOSED), TODAY) is due
    assert not is_recheck_due(of(recheck_on=on), TODAY)
    assert not is_recheck_due(of(**CLOSED), TODAY)
