"""An organisation's own pledges, and who may confirm them."""

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from commitments.models import Pledge, Wording
from organisations.models import Organisation, User
from tests.factories.commitments import PledgeFactory

LIST = "/o/harbour-minds/pledges/"
PAGE = 5  # session, person, membership, a count and a page


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


def test_an_empty_list_says_what_to_do(as_bea: Client) -> None:
    assert "Nobody here has made a pledge yet" in as_bea.get(LIST).content.decode()


def test_a_coordinator_confirms_others(of_bea: Pledge, pledge: Pledge, as_alice: Client) -> None:
    page = as_alice.get(LIST).content.decode()
    assert page.count("Confirm name and role") == 1
    assert as_alice.post(confirm(of_bea))["Location"] == LIST
    of_bea.refresh_from_db()
    assert of_bea.confirmed_at is not None
    assert "Confirmed" in as_alice.get(LIST).content.decode()


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
