"""An organisation's own pledges, and who may confirm them."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from commitments.models import Pledge, Wording
from commitments.queries.organisation import Share
from organisations.models import Organisation, User
from tests.factories.commitments import PledgeFactory
from tests.factories.organisations import MembershipFactory

LIST = "/o/harbour-minds/pledges/"
PAGE = 7  # session, person, membership, a count, a page, its months and the share


@pytest.fixture
def of_bea(bea: User, harbour: Organisation, wording: Wording) -> Pledge:
    return PledgeFactory(leader=bea, organisation=harbour, signing=wording)


def confirm(pledge: Pledge, organisation: str = "harbour-minds") -> str:
    return reverse("pledge_confirm", args=[organisation, pledge.pk])


def test_members_see_their_own(
    pledge: Pledge, foreign: Pledge, draft_of_bea: Pledge, as_bea: Client
) -> None:
    response = as_bea.get(LIST)
    assert list(response.context["page"]) == [pledge]
    assert "Confirm name and role" not in response.content.decode()
    assert "Not confirmed" in response.content.decode()


def test_strangers_and_visitors_do_not(pledge: Pledge, as_chidi: Client, client: Client) -> None:
    assert as_chidi.get(LIST).status_code == 404
    assert client.get(LIST)["Location"].startswith("/accounts/login/")


def test_the_list_is_only_read(as_alice: Client) -> None:
    assert as_alice.post(LIST).status_code == 405


def test_it_says_how_many_people_here_have_made_the_pledge(
    pledge: Pledge, of_bea: Pledge, harbour: Organisation, wording: Wording, as_alice: Client
) -> None:
    """People of today with a public pledge of this organisation, each once."""
    PledgeFactory(leader=pledge.leader, organisation=harbour, signing=wording)
    elsewhere = MembershipFactory(organisation=harbour)
    PledgeFactory(leader=elsewhere.user, signing=wording)
    gone = MembershipFactory(organisation=harbour, ended_at=timezone.now())
    PledgeFactory(leader=gone.user, organisation=harbour, signing=wording)
    drafting = MembershipFactory(organisation=harbour)
    PledgeFactory(leader=drafting.user, organisation=harbour, signing=wording, draft=True)
    response = as_alice.get(LIST)
    assert response.context["share"] == Share(pledged=2, people=4)
    assert "2 of 4 people here have made the pledge" in response.content.decode()
    assert response.context["page"].paginator.count == 4


def test_one_is_said_as_one(pledge: Pledge, as_bea: Client) -> None:
    assert "1 of 2 people here has made the pledge" in as_bea.get(LIST).content.decode()


def test_they_stand_under_the_month_in_london(
    harbour: Organisation, wording: Wording, as_bea: Client
) -> None:
    """Half past midnight on 1 June there is still May elsewhere."""
    times = [
        datetime(2026, 5, 31, 22, 30, tzinfo=UTC),
        datetime(2026, 5, 31, 23, 30, tzinfo=UTC),
        datetime(2026, 6, 30, 12, tzinfo=UTC),
    ]
    may, june, late = [
        PledgeFactory(organisation=harbour, signing=wording, created_at=at) for at in times
    ]
    months = as_bea.get(LIST).context["months"]
    assert [(month.first, month.count, month.pledges) for month in months] == [
        (date(2026, 6, 1), 2, [late, june]),
        (date(2026, 5, 1), 1, [may]),
    ]


def test_a_month_counts_what_stands_on_other_pages(
    harbour: Organisation, wording: Wording, as_bea: Client
) -> None:
    at = datetime(2026, 5, 20, tzinfo=UTC)
    PledgeFactory.create_batch(26, organisation=harbour, signing=wording, created_at=at)
    [month] = as_bea.get(f"{LIST}?page=2").context["months"]
    assert (month.count, len(month.pledges)) == (26, 1)


def test_coordinators_find_what_is_theirs(as_alice: Client, as_bea: Client) -> None:
    for client, is_there in ((as_alice, True), (as_bea, False)):
        page = client.get(LIST).content.decode()
        for name in ("bodies", "body_members", "report_list"):
            assert (reverse(name, args=["harbour-minds"]) in page) == is_there


def test_an_empty_list_says_what_to_do(as_bea: Client) -> None:
    assert "Nobody here has made a pledge yet" in as_bea.get(LIST).content.decode()


def test_a_coordinator_confirms_others(of_bea: Pledge, pledge: Pledge, as_alice: Client) -> None:
    page = as_alice.get(LIST).content.decode()
    assert page.count("Confirm name and role") == 1
    assert f'name="shown" value="{of_bea.who_as_shown}"' in page
    assert as_alice.post(confirm(of_bea), {"shown": of_bea.who_as_shown})["Location"] == LIST
    of_bea.refresh_from_db()
    assert of_bea.confirmed_at is not None
    assert "Confirmed" in as_alice.get(LIST).content.decode()


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"role_title": "Queen"}, "Not confirmed: the role changed"),
        (
            {"leader_name": "Somebody Else", "organisation_name": "Other"},
            "Not confirmed: the name and organisation changed",
        ),
    ],
)
def test_a_coordinator_confirms_what_they_saw(
    changes: dict[str, str], said: str, of_bea: Pledge, as_alice: Client
) -> None:
    shown = of_bea.who_as_shown
    Pledge.objects.filter(pk=of_bea.pk).update(**changes)
    page = as_alice.post(confirm(of_bea), {"shown": shown}, follow=True).content.decode()
    assert said in page
    of_bea.refresh_from_db()
    assert (of_bea.confirmed_at, of_bea.confirmation) == (None, "")


@pytest.mark.parametrize("shown", ["", "...", "x" * 10_000])
def test_a_mark_that_nobody_gave_confirms_nothing(
    shown: str, of_bea: Pledge, as_alice: Client
) -> None:
    assert as_alice.post(confirm(of_bea), {"shown": shown})["Location"] == LIST
    of_bea.refresh_from_db()
    assert of_bea.confirmed_at is None


def test_nobody_confirms_their_own(
    pledge: Pledge, of_bea: Pledge, as_alice: Client, as_bea: Client
) -> None:
    """The page offers what the action allows."""
    offered = as_alice.get(LIST).context["confirmable"]
    assert offered == {of_bea.pk}
    assert as_bea.get(LIST).context["confirmable"] == set()
    assert as_alice.post(confirm(pledge)).status_code == 403


def test_who_may_not_confirm(
    pledge: Pledge, foreign: Pledge, as_bea: Client, as_chidi: Client, as_alice: Client
) -> None:
    assert as_bea.post(confirm(pledge)).status_code == 403
    assert as_chidi.post(confirm(pledge)).status_code == 404
    assert as_chidi.post(confirm(pledge, "northside-trust")).status_code == 404
    assert as_alice.post(confirm(foreign)).status_code == 404
    assert as_alice.get(confirm(pledge)).status_code == 405


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_with_any_rows(
    rows: int,
    harbour: Organisation,
    wording: Wording,
    as_bea: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(rows):
        PledgeFactory(organisation=harbour, signing=wording)
    with django_assert_num_queries(PAGE):
        as_bea.get(LIST)
