"""A past day is told again as the rows themselves told it on that day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from recommendations.as_at import Event, Lasting, LookAgain, is_here, stood, stood_on
from recommendations.enums import RecommendationVerb as V
from recommendations.enums import Response, State
from recommendations.lifecycle import ActionFacts
from recommendations.queries.as_at import record_of, rows_as_at
from recommendations.sorting import Sorting
from tests.recommendations.dashboards.acting import STEPS, World

START = datetime(2023, 3, 1, 9, tzinfo=UTC)
DAY = date(2024, 3, 1)
STEP = st.tuples(st.sampled_from(sorted(STEPS)), st.integers(0, 5), st.integers(0, 60))


@pytest.mark.django_db
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.lists(STEP, min_size=8, max_size=30))
def test_every_past_day_is_told_as_the_rows_told_it(steps: list[tuple[str, int, int]]) -> None:
    """Also today: the last of the days is as the rows stand now."""
    with transaction.atomic():
        world = World(START)
        for step in (("assign", 0, 1), ("assign", 1, 0), ("accept", 0, 1), *steps):
            world.act(*step)
        record = record_of(world.home)
        for day, said in world.said.items():
            told = {
                each.recommendation.pk: (found.facts, found.sorting)
                for each in record.told
                if (found := stood_on(each.lasting, each.events, day, record.stays))
            }
            assert told == said
        transaction.set_rollback(True)


@pytest.mark.django_db
def test_the_usual_way_is_told_in_full() -> None:
    """The one above must not pass because everything was refused."""
    world = World(START)
    way = ["assign", "accept", "update", "ask_later", "move", "happen", "propose", "close",
           "open_again", "sort"]  # fmt: skip
    for step in way:
        world.act(step, 0, 3)
    states = {facts.state for said in world.said.values() for facts, _ in said.values()}
    assert {
        State.NOT_STARTED,
        State.IN_PROGRESS,
        State.PROPOSED_FOR_CLOSURE,
        State.CLOSED_SUPERSEDED,
    } == states
    days = sorted(world.said)
    for day in days:
        rows = rows_as_at(world.home, day=day)
        assert {r.recommendation.pk: (r.facts, r.sorting) for r in rows} == world.said[day]
    before = timezone.localdate(START) - timedelta(days=1)
    assert rows_as_at(world.home, day=before) == []


# The fold by itself


def told(*events: Event, on: date = DAY, **lasting: object) -> object:
    of = Lasting(Sorting(), "A review", False, DAY, ("a",), **lasting)
    return stood_on(of, events, on, {})


def test_what_nobody_put_on_record_stands_as_it_was_added() -> None:
    found = told()
    assert found is not None
    assert (found.facts.state, found.facts.response) == (State.NOT_STARTED, Response.NONE_YET)
    assert found.facts.actions == (ActionFacts(is_proven=False),)


@pytest.mark.parametrize(("days", "is_there"), [(-1, False), (0, True), (1, True)])
def test_it_is_there_from_the_day_on_which_it_was_added(days: int, is_there: bool) -> None:
    assert (told(on=DAY + timedelta(days=days)) is not None) is is_there


@pytest.mark.parametrize(
    ("days", "state"), [(-1, State.NOT_STARTED), (0, State.IN_PROGRESS), (1, State.IN_PROGRESS)]
)
def test_what_happened_on_the_day_itself_counts(days: int, state: State) -> None:
    lasting = Lasting(Sorting(), "A review", False, DAY - timedelta(days=9))
    found = stood_on(lasting, [Event(V.STARTED, DAY)], DAY + timedelta(days=days), {})
    assert found is not None
    assert found.facts.state == state


def test_an_action_that_was_added_later_was_not_there_and_one_taken_out_was() -> None:
    events = [
        Event(V.ACTION_REMOVED, DAY + timedelta(days=1), {"action": "gone"}),
        Event(V.ACTION_ADDED, DAY + timedelta(days=2), {"action": "b"}),
    ]
    lasting = Lasting(Sorting(), "A review", False, DAY, ("a", "b"))
    days = [DAY, DAY + timedelta(days=1), DAY + timedelta(days=2)]
    found = stood(lasting, events, days, {})
    assert [len(each.facts.actions) for each in found if each] == [2, 1, 2]


def test_a_date_that_was_frozen_is_the_first_one() -> None:
    frozen = Event(V.DATE_FROZEN, DAY, {"action": "a", "date": "2024-09-01"})
    moved = Event(V.DATE_MOVED, DAY, {"action": "a", "date": "2024-12-01", "extension": "e"})
    accepted = Event(V.ACTION_ACCEPTED, DAY, {"action": "a", "date": "2024-12-01"})
    found = told(frozen, moved, accepted)
    assert found is not None
    [action] = found.facts.actions
    assert (action.original_target, action.target, action.moves) == (
        date(2024, 9, 1),
        date(2024, 12, 1),
        1,
    )


EDITED = (
    Event(V.EDITED, DAY, {"field": "theme"}),
    Event(V.EDITED, DAY + timedelta(days=2), {"field": "theme", "from": "a", "theme": "b"}),
    Event(V.EDITED, DAY + timedelta(days=4), {"field": "theme", "from": "b", "theme": ""}),
    Event(V.EDITED, DAY + timedelta(days=4), {"field": "level", "from": "", "level": "system"}),
    Event(V.EDITED, DAY + timedelta(days=5), {"field": "title"}),
)


@pytest.mark.parametrize(
    ("days", "theme", "level"),
    [(0, "Then", ""), (1, "Then", ""), (2, "Next", ""), (3, "Next", ""), (4, None, "system"),
     (9, None, "system")],
)  # fmt: skip
def test_it_is_sorted_as_it_was(days: int, theme: str | None, level: str) -> None:
    """Also before the keys were kept: as it was when they first were."""
    today = Sorting(level="system", phase="2")
    lasting = Lasting(today, "A review", False, DAY, themes={"a": "Then", "b": "Next"})
    found = stood_on(lasting, EDITED, DAY + timedelta(days=days), {})
    assert found is not None
    assert (found.facts.theme, found.sorting.level) == (theme, level)
    assert found.sorting.phase == "2"


@pytest.mark.parametrize(
    ("days", "due"), [(-1, None), (0, date(2024, 9, 1)), (29, date(2024, 9, 1)), (30, None)]
)
def test_a_day_to_look_again_is_there_from_setting_to_looking(days: int, due: date | None) -> None:
    check = LookAgain(date(2024, 9, 1), DAY + timedelta(days=1), DAY + timedelta(days=31))
    found = told(on=DAY + timedelta(days=days + 1), checks=(check,))
    assert found is not None
    assert found.facts.recheck_on == due


@pytest.mark.parametrize(("days", "here"), [(-1, False), (0, True), (4, True), (5, False)])
def test_somebody_belongs_from_the_day_they_join_to_the_day_before_they_leave(
    days: int, here: bool
) -> None:
    stays = {"p": [(DAY, DAY + timedelta(days=5))]}
    assert is_here("p", DAY + timedelta(days=days), stays) is here
    assert not is_here("", DAY, stays)
