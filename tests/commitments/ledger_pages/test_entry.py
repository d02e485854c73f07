"""The page of an entry: what stands on it, and what it costs."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from commitments.actions.ledger import add_invitation
from commitments.enums import InvitationKind, InvitationState
from commitments.models import Invitation, Pledge
from commitments.queries.tending import to_confirm
from organisations.models import Organisation, User
from tests.commitments.conftest import today
from tests.commitments.ledger_pages.conftest import ASKED, PAGES, TOOK_PART, at, page_of, step
from tests.factories.assisting import AssistantFactory
from tests.factories.commitments import InvitationFactory
from tests.factories.panels import GatheringFactory, enter_count, numbers
from tests.factories.replies import AskLetterFactory, ReflectionFactory, answered

DETAIL = 14
HOSTILE = ["<script>alert(1)</script>", "عنوان طويل", "x" * 10_000]


def test_a_seat_is_asked_about_anew(pledge: Pledge, as_alice: Client) -> None:
    last_year = timezone.localdate().replace(month=1, day=1) - timedelta(days=1)
    seat = InvitationFactory(pledge=pledge, kind=InvitationKind.SEAT, received_on=last_year)
    assert "Ask anew for this year" in page_of(as_alice, seat)
    response = as_alice.post(at("invitation_anew", seat))
    later = seat.followed_by
    assert response["Location"] == at("invitation_detail", later)
    assert as_alice.post(at("invitation_anew", seat))["Location"] == response["Location"]
    page = as_alice.get(response["Location"]).content.decode()
    assert at("invitation_detail", seat) in page
    assert "Ask the chair now" in page
    page = as_alice.post(at("invitation_anew", later), follow=True).content.decode()
    assert "This seat has been asked about this year." in page


def test_a_linked_event_shows_to_members_alone(
    pledge: Pledge, harbour: Organisation, as_alice: Client, as_assistant: Client
) -> None:
    gathering = GatheringFactory(organisation=harbour, title="Our own panel")
    entry = InvitationFactory(pledge=pledge, gathering=gathering, title="Panel")
    page = page_of(as_alice, entry)
    assert gathering.get_absolute_url() in page
    assert "Nobody has counted who is on it yet." in page
    page = page_of(as_assistant, entry)
    assert "Our own panel" not in page


def test_a_linked_result_says_what_it_does_not_show(
    pledge: Pledge, harbour: Organisation, alice: User, as_alice: Client
) -> None:
    gathering = GatheringFactory(organisation=harbour)
    enter_count(gathering, numbers(10, 5, 5, 1, 9), by=alice)
    page = page_of(as_alice, InvitationFactory(pledge=pledge, gathering=gathering))
    assert "does not show which communities were heard" in page
    assert "You need 1 more person from a minoritised community among these 10." in page


def test_the_list_says_who_wrote_what_the_leader_did_not(
    pledge: Pledge, invitation: Invitation, as_alice: Client
) -> None:
    helper = AssistantFactory(pledge=pledge, user__display_name="Dana Diaz").user
    InvitationFactory(pledge=pledge, written_by=helper)
    page = as_alice.get(at("my_pledge", pledge)).content.decode()
    assert page.count("Noted by <bdi>") == 1
    assert "Noted by <bdi>Dana Diaz</bdi>" in page


def test_what_waits_is_said_in_the_words_of_its_kind(
    pledge: Pledge, as_alice: Client, as_assistant: Client
) -> None:
    ours = InvitationFactory(pledge=pledge, kind=InvitationKind.HOSTING)
    as_assistant.post(at("invitation_detail", ours), {"state": "took_part", "on": today()})
    [waits] = to_confirm(pledge)
    assert [words for words, _ in waits.said] == ["It took place"]


def test_the_organisers_answer_and_the_reflection_are_there(
    pledge: Pledge, as_alice: Client
) -> None:
    entry = InvitationFactory(pledge=pledge, held_on=timezone.localdate() - timedelta(days=1))
    answered(AskLetterFactory(invitation=entry), note="We are working on it")
    ReflectionFactory(invitation=entry, what_happened="It was late")
    page = page_of(as_alice, entry)
    assert "We are working on it" in page
    assert "It was late" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_an_entry_costs_the_same_with_any_path(
    rows: int,
    pledge: Pledge,
    harbour: Organisation,
    alice: User,
    as_alice: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    entry = InvitationFactory(
        pledge=pledge, kind=InvitationKind.SEAT, gathering=GatheringFactory(organisation=harbour)
    )
    for _ in range(rows):
        letter = AskLetterFactory(invitation=entry, revoked_at=timezone.now())
        letter.revoked_at = timezone.now()
        letter.save()
    for state in (ASKED, InvitationState.ANSWERED, TOOK_PART)[:rows]:
        step(entry, alice, state)
    with django_assert_num_queries(DETAIL):
        as_alice.get(at("invitation_detail", entry))


@pytest.mark.parametrize("text", HOSTILE)
def test_whatever_is_typed_is_drawn_as_text(text: str, pledge: Pledge, as_alice: Client) -> None:
    short = text[:150]
    entry = add_invitation(
        pledge=pledge,
        title=short,
        organiser=short,
        held_on=None,
        received_on=timezone.localdate(),
        asked_on=None,
        note=text[:1000],
        by=pledge.leader,  # type: ignore[arg-type]
        now=timezone.now(),
    )
    for name in PAGES:
        page = as_alice.get(at(name, entry)).content.decode()
        assert "<script>alert" not in page
