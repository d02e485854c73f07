"""What an organiser who opens the link sees, and that looking changes nothing."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from commitments.enums import InvitationKind
from commitments.models import AskLetter, Invitation, Pledge
from panels.enums import Barrier, BarrierState, GatheringKind
from tests.commitments.replying.conftest import address, everything, text
from tests.factories.commitments import InvitationFactory
from tests.factories.panels import GatheringFactory, numbers
from tests.factories.replies import AskLetterFactory, answered


def test_the_page_says_who_asks_and_of_what(letter: AskLetter, client: Client) -> None:
    page = text(client, letter)
    for words in ("Alice Adeyemi", "Chief executive", "Harbour Minds", "Voices of the Coast"):
        assert words in page
    assert letter.invitation.pledge.get_absolute_url() in page
    assert "Who sees this." in page
    assert '<meta name="robots" content="noindex">' in page


def test_the_page_tells_nobody_its_address_and_sets_no_cookie(
    letter: AskLetter, client: Client
) -> None:
    for response in (client.get(address(letter)), client.post(address(letter), {"note": "Yes"})):
        assert response["Referrer-Policy"] == "no-referrer"
        assert "no-store" in response["Cache-Control"]
        assert not response.cookies


def test_the_last_day_of_the_link_is_londons(invitation: Invitation, client: Client) -> None:
    """It ends at half past midnight, when it is the day before in UTC."""
    year = timezone.now().year + 1
    letter = AskLetterFactory(
        invitation=invitation, expires_at=datetime(year, 7, 14, 23, 30, tzinfo=UTC)
    )
    page = text(client, letter)
    thanks = client.post(address(letter), {"note": "Yes"}).content.decode()
    last_day = f'<time datetime="{year}-07-15">15 July {year}</time>'
    assert f"This link works until {last_day}." in page
    assert f"Open the same link again until {last_day}." in thanks


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_changes_nothing(method: str, letter: AskLetter, client: Client) -> None:
    before = everything()
    assert getattr(client, method)(address(letter)).status_code == 200
    assert everything() == before


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_it_rejects_other_methods(method: str, letter: AskLetter, client: Client) -> None:
    assert getattr(client, method)(address(letter)).status_code == 405


@pytest.mark.parametrize(
    ("kind", "has_stage", "has_beside"),
    [
        (GatheringKind.CONFERENCE, True, True),
        (GatheringKind.PANEL, False, True),
        (GatheringKind.BOARD, False, False),
    ],
)
def test_the_linked_event_decides_what_is_asked(
    kind: GatheringKind, has_stage: bool, has_beside: bool, pledge: Pledge, client: Client
) -> None:
    gathering = GatheringFactory(organisation=pledge.organisation, kind=kind)
    letter = AskLetterFactory(invitation=InvitationFactory(pledge=pledge, gathering=gathering))
    page = text(client, letter)
    assert ("Of these, on the main stage" in page) is has_stage
    assert ("Chair and moderators" in page) is has_beside


def test_a_seat_is_asked_who_votes(pledge: Pledge, client: Client) -> None:
    seat = InvitationFactory(pledge=pledge, kind=InvitationKind.SEAT)
    assert "How many have a vote?" in text(client, AskLetterFactory(invitation=seat))


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_after_any_answers(
    rows: int, letter: AskLetter, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        answered(letter, numbers(5, number, 1), barriers={Barrier.TRAVEL: BarrierState.NO})
    with django_assert_num_queries(6):
        client.get(address(letter))
