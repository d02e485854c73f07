"""Where one can go from an event or group, and how far each place has come."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.test import Client

from organisations.models import User
from panels.detail_links import Facts, places
from panels.enums import GatheringKind
from panels.models import Gathering, ThreeAnswers
from panels.queries.places import places_of
from tests.factories.line_up import SeatFactory, SessionFactory
from tests.factories.panels import enter_count, numbers
from tests.panels.pages import page

DAY = date(2026, 3, 12)


def states(facts: Facts, *, may_edit: bool = True) -> dict[str, str]:
    return {place.name: place.state for place in places(facts, may_edit=may_edit)}


def test_where_everything_begins() -> None:
    assert states(Facts(GatheringKind.CONFERENCE)) == {
        "line_up": "Nobody written down yet",
        "import_start": "From a file, or pasted",
        "declaration_open": "Not asked",
        "seat_planner": "What each seat asks for",
        "barriers_edit": "Not answered yet",
        "three_questions": "Not answered yet",
        "statement_share": "Not shared",
        "gathering_lock": "Open to changes",
        "gathering_repeat": "Next year’s, from this one",
    }


def test_how_far_each_has_come() -> None:
    facts = Facts(
        GatheringKind.CONFERENCE,
        sessions=12,
        seats=1_034,
        rounds_closed=1,
        barriers=(7, 19),
        answered_on=DAY,
        look_again_on=date(2026, 6, 1),
        statements=1,
    )
    found = states(facts)
    assert [found[name] for name in ("line_up", "declaration_open", "barriers_edit")] == [
        "12 sessions, 1,034 seats",
        "Too few answered; you may ask again",
        "7 of 19 answered",
    ]
    assert (found["three_questions"], found["statement_share"]) == (
        "Answered on 12 March 2026; to look at again on 1 June 2026",
        "1 statement",
    )


def test_a_round_that_was_counted_says_so() -> None:
    facts = Facts(GatheringKind.CONFERENCE, rounds_closed=2, rounds_counted=1)
    assert states(facts)["declaration_open"] == "Asked and counted"


@pytest.mark.parametrize(
    ("facts", "may"),
    [
        (Facts(GatheringKind.PANEL), True),
        (Facts(GatheringKind.PANEL, rounds_closed=1), True),
        (Facts(GatheringKind.PANEL, rounds_closed=1, rounds_counted=1), False),
        (Facts(GatheringKind.BOARD, rounds_closed=1, rounds_counted=1), True),
        (Facts(GatheringKind.PANEL, is_closed=True), False),
    ],
)
def test_the_people_of_one_event_are_asked_and_counted_once(facts: Facts, may: bool) -> None:
    assert facts.may_be_asked == may


def test_an_open_round_is_led_to() -> None:
    facts = Facts(GatheringKind.PANEL, open_round=uuid4(), closes_on=DAY)
    [place] = [one for one in places(facts, may_edit=True) if one.title == "Ask by link"]
    assert (place.name, place.state, place.more) == (
        "declaration_round",
        "Open until 12 March 2026",
        (facts.open_round,),
    )


def test_a_standing_group_is_counted_again_and_not_repeated() -> None:
    found = states(Facts(GatheringKind.BOARD, sessions=1, seats=1, days_counted=3))
    assert (found["line_up"], found["counts_as_at"]) == ("1 seat", "3 days counted")
    assert "gathering_repeat" not in found


def test_a_locked_line_up_is_not_asked_or_planned() -> None:
    found = states(Facts(GatheringKind.PANEL, locked_on=DAY, is_closed=True))
    assert found["gathering_frozen"] == "Frozen on 12 March 2026"
    closed = {"gathering_lock", "import_start", "declaration_open", "seat_planner"}
    assert closed & set(found) == set()


def test_names_that_went_by_themselves_leave_the_lock() -> None:
    found = states(Facts(GatheringKind.PANEL, is_closed=True))
    assert ("gathering_lock" in found, "import_start" in found) == (True, False)


@pytest.mark.parametrize(
    ("facts", "names"),
    [
        (Facts(GatheringKind.PANEL), {"line_up", "seat_planner", "three_questions"}),
        (
            Facts(GatheringKind.PANEL, locked_on=DAY, is_closed=True, days_counted=1),
            {"line_up", "three_questions", "gathering_frozen"},
        ),
        (
            Facts(GatheringKind.BOARD),
            {"line_up", "seat_planner", "three_questions", "counts_as_at"},
        ),
    ],
)
def test_who_only_reads_is_led_to_what_there_is_to_read(facts: Facts, names: set[str]) -> None:
    assert set(states(facts, may_edit=False)) == names


def test_the_facts_are_of_this_gathering_alone(
    gathering: Gathering, theirs: Gathering, alice: User
) -> None:
    for one, sessions in ((gathering, 2), (theirs, 3)):
        for _ in range(sessions):
            SeatFactory(session__gathering=one)
        SessionFactory(gathering=one, removed_at=datetime(2026, 3, 1, tzinfo=UTC))
        ThreeAnswers.objects.create(gathering=one, at=datetime(2026, 3, 1, 23, tzinfo=UTC))
    enter_count(gathering, numbers(5, 2, 3), by=alice)
    assert places_of(gathering) == Facts(
        GatheringKind.PANEL,
        sessions=2,
        seats=2,
        answered_on=date(2026, 3, 1),
        days_counted=1,
    )


def test_every_place_has_an_address(as_alice: Client, gathering: Gathering) -> None:
    """A place that is named and not there would be an error on every event's page."""
    response = as_alice.get(page(gathering))
    shown = [place.name for _, place in response.context["places"]]
    assert shown == [place.name for place in places(Facts(GatheringKind.PANEL), may_edit=True)]
