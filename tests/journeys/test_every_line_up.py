"""The pages of events and groups with nothing in them yet, and with more than one of each."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from organisations.models import Organisation, User
from panels.actions.declaring import close_round
from panels.enums import GatheringKind, StatementKind
from panels.models import Gathering
from tests.factories.barriers import ThreeAnswersFactory, stated
from tests.factories.declaring import answers, opened, seat_people, upcoming
from tests.factories.panels import GatheringFactory, enter_count, numbers
from tests.journeys.test_every_page import Inspector, inspector, inspects, screen

__all__ = ["inspector", "screen"]

OF_THE_ORGANISATION = (
    "gathering_list", "gathering_create", "gathering_quick", "counting_choices", "checklist_edit",
    "trends",
)  # fmt: skip
OF_ONE = (
    "gathering_detail", "gathering_edit", "gathering_lock", "counts_enter", "line_up",
    "session_create", "step_aside", "seat_planner", "declaration_open", "import_start",
    "barriers_edit", "three_questions", "statement_share",
)  # fmt: skip
ONLY_OF_EVENTS, ONLY_OF_GROUPS = ("gathering_repeat",), ("counts_as_at", "counts_again")


@pytest.fixture
def organiser(inspector: Inspector, harbour: Organisation, alice: User) -> Inspector:
    inspector.is_signed_in_as(alice)
    return inspector


def address(name: str, gathering: Gathering) -> tuple[str, str]:
    return name, reverse(name, args=[gathering.organisation.slug, gathering.pk])


def test_with_nothing_in_them(organiser: Inspector, harbour: Organisation) -> None:
    found = [(name, reverse(name, args=[harbour.slug])) for name in OF_THE_ORGANISATION]
    assert inspects(organiser, found) == {}
    conference = GatheringFactory(organisation=harbour, kind=GatheringKind.CONFERENCE)
    board = GatheringFactory(organisation=harbour, kind=GatheringKind.BOARD)
    pages = [address(name, conference) for name in (*OF_ONE, *ONLY_OF_EVENTS)]
    pages += [address(name, board) for name in (*ONLY_OF_GROUPS, "line_up", "declaration_open")]
    assert inspects(organiser, pages) == {}


def test_with_a_round_that_was_counted(
    organiser: Inspector, harbour: Organisation, alice: User
) -> None:
    """And with one of which too few answers came."""
    for given, asked_by_mail in ((5, 6), (1, 5)):
        gathering = upcoming(GatheringFactory(organisation=harbour))
        seat_people(gathering, asked_by_mail, 2)
        asked = opened(gathering, by=alice)
        answers(asked, *[("yes", "no")] * given)
        of_round = [harbour.slug, gathering.pk, asked.pk]
        pages = [
            (name, reverse(name, args=of_round))
            for name in ("declaration_round", "declaration_sheet", "declaration_close")
        ]
        assert inspects(organiser, pages) == {}
        close_round(round_id=asked.pk, by=alice, now=timezone.now())
        pages += [address(name, gathering) for name in ("gathering_detail", "declaration_open")]
        assert inspects(organiser, pages) == {}


def test_with_more_than_one_of_each(
    organiser: Inspector, harbour: Organisation, alice: User
) -> None:
    event = GatheringFactory(organisation=harbour, kind=GatheringKind.CONFERENCE)
    enter_count(event, numbers(30, 16, 12, 7, 20), by=alice, main_stage=numbers(6, 3, 3, 1, 5))
    now = timezone.now()
    for days in (200, 100, 0):
        ThreeAnswersFactory(gathering=event, by=alice, at=now - timedelta(days=days))
    for hours in (3, 2, 1):
        made = now - timedelta(hours=hours)
        stated(event, StatementKind.LEADER, by=alice, now=made)
    public = stated(event, by=alice)
    pages = [
        address(name, event)
        for name in ("gathering_detail", "counts_enter", "three_questions", "statement_share")
    ]
    pages += [
        ("statement_public", reverse("statement_public", args=[public.slug])),
        ("trends", reverse("trends", args=[harbour.slug])),
    ]
    assert inspects(organiser, pages) == {}
