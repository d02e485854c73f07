"""The page on which a coordinator gives somebody's work to others."""

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from organisations.models import Organisation, User
from recommendations.handing_over import NOBODY_CHOSEN, NOTE_OWED
from recommendations.models import Action, Handover, Recommendation
from tests.factories.recommendations import ActionFactory, RecommendationFactory

NOTE = "The draft is with the board."


@pytest.fixture
def address(lead: User) -> str:
    return f"/o/harbour-minds/people/{lead.pk}/hand-over/"


def test_all_at_once(
    as_alice: Client,
    address: str,
    action: Action,
    recommendation: Recommendation,
    lead: User,
    bea: User,
) -> None:
    Recommendation.objects.update(accountable_owner=lead)
    done = as_alice.post(address, {"to_all": str(bea.pk), "note_all": NOTE})
    assert done["Location"] == address
    recommendation.refresh_from_db()
    action.refresh_from_db()
    assert (recommendation.accountable_owner, action.responsible_owner) == (bea, bea)
    assert list(Handover.objects.values_list("note", flat=True)) == [NOTE, NOTE]
    assert "Nothing to hand over" in as_alice.get(address).content.decode()


def test_each_to_somebody(
    as_alice: Client, address: str, action: Action, bea: User, alice: User, lead: User
) -> None:
    """What is chosen for one goes before what is chosen for all."""
    other = ActionFactory(recommendation=action.recommendation, position=2, responsible_owner=lead)
    said = {
        "to_all": str(bea.pk),
        "note_all": NOTE,
        f"to_{other.pk.hex}": str(alice.pk),
        f"note_{other.pk.hex}": "Ask the network.",
    }
    as_alice.post(address, said)
    given = Handover.objects.order_by("action__position")
    assert list(given.values_list("to_user", "note")) == [
        (bea.pk, NOTE),
        (alice.pk, "Ask the network."),
    ]


def test_of_somebody_who_has_left(
    as_alice: Client, address: str, action: Action, lead: User, bea: User
) -> None:
    lead.memberships.update(ended_at=timezone.now())
    assert "has left" in as_alice.get(address).content.decode()
    as_alice.post(address, {f"to_{action.pk.hex}": str(bea.pk), "note_all": NOTE})
    action.refresh_from_db()
    assert action.responsible_owner == bea


def test_bad_input_is_told_at_its_field(
    as_alice: Client, address: str, action: Action, bea: User, lead: User
) -> None:
    page = as_alice.post(address, {"note_all": NOTE})
    assert page.context["form"].errors == {"to_all": [NOBODY_CHOSEN]}
    assert f"{NOTE}</textarea>" in page.content.decode()
    page = as_alice.post(address, {"to_all": str(bea.pk), "note_all": " "})
    assert page.context["form"].errors == {f"note_{action.pk.hex}": [NOTE_OWED]}
    page = as_alice.post(address, {"to_all": str(lead.pk), "note_all": NOTE})
    assert page.context["form"].errors["to_all"][0].startswith("Select a valid choice.")


def test_a_stranger_cannot_be_chosen(
    as_alice: Client, address: str, action: Action, chidi: User
) -> None:
    page = as_alice.post(address, {"to_all": str(chidi.pk), "note_all": NOTE})
    assert page.context["form"].errors["to_all"][0].startswith("Select a valid choice.")
    assert Handover.objects.count() == 0


def test_who_else(
    client: Client,
    as_alice: Client,
    as_bea: Client,
    as_lead: Client,
    as_chidi: Client,
    chidi: User,
    address: str,
) -> None:
    assert [each.get(address).status_code for each in (as_bea, as_lead, as_chidi)] == [
        403,
        403,
        404,
    ]
    assert as_alice.put(address).status_code == 405
    assert as_alice.get(f"/o/harbour-minds/people/{chidi.pk}/hand-over/").status_code == 404
    assert client.get(address)["Location"].startswith("/accounts/login/")


def test_what_is_done_closed_or_elsewhere_is_not_listed(
    as_alice: Client, address: str, lead: User, northside: Organisation, action: Action
) -> None:
    ActionFactory(
        recommendation=RecommendationFactory(organisation=northside),
        responsible_owner=lead,
        title="Secret of Northside",
    )
    ActionFactory(
        recommendation=action.recommendation,
        position=2,
        responsible_owner=lead,
        proven_on=timezone.localdate(),
    )
    page = as_alice.get(address)
    assert [held.action for held in page.context["page"]] == [action]
    assert "Secret of Northside" not in page.content.decode()


def test_the_page_that_ends_a_membership_leads_here(
    as_alice: Client, lead: User, address: str
) -> None:
    membership = lead.memberships.get()
    page = as_alice.get(f"/o/harbour-minds/people/{membership.pk}/end/")
    assert address in page.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_its_cost_does_not_grow(
    rows: int,
    as_alice: Client,
    address: str,
    recommendation: Recommendation,
    lead: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    ActionFactory.create_batch(rows, recommendation=recommendation, responsible_owner=lead)
    with django_assert_num_queries(7):
        assert as_alice.get(address).status_code == 200


def test_more_than_a_page(
    as_alice: Client, address: str, recommendation: Recommendation, lead: User, bea: User
) -> None:
    for number in range(26):
        ActionFactory(recommendation=recommendation, position=number, responsible_owner=lead)
    page = as_alice.get(f"{address}?page=2")
    assert len(page.context["page"]) == 1
    as_alice.post(f"{address}?page=2", {"to_all": str(bea.pk), "note_all": NOTE})
    assert Handover.objects.count() == 1
