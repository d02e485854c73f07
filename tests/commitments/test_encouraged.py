"""Whoever was asked to make the pledge: what they see, and who followed."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from commitments.models import AddressRefusal, Encouragement, Pledge
from commitments.queries.encouraging import ByEmail, followers_of
from commitments.queries.refusals import has_refused
from organisations.models import User
from outbox.enums import State
from outbox.models import Email
from tests.commitments.encouraging import ADDRESS, ask, close, everything, link, page
from tests.conftest import signed_in_as
from tests.factories.commitments import PledgeFactory
from tests.factories.learning import EncouragementFactory
from tests.factories.strangers import mailed, stop_of

# Whoever was asked


def test_they_see_who_asks_and_can_go_on(pledge: Pledge, client: Client) -> None:
    response = client.get(link(EncouragementFactory(pledge=pledge)))
    shown = response.content.decode()
    assert response.context["make_url"] == "/pledges/make/?after=alice-adeyemi"
    assert pledge.get_absolute_url() in shown
    assert "Alice Adeyemi" in shown
    assert "noindex" in shown
    assert "alice@harbour.example" not in shown
    assert client.cookies.get("sessionid") is None


def test_looking_changes_nothing(pledge: Pledge, client: Client) -> None:
    asked = EncouragementFactory(pledge=pledge)
    mailed(asked, ADDRESS, by=pledge.leader, at=asked.asked_at)
    before = everything()
    for address in (link(asked), stop_of(asked.pk)):
        assert client.get(address).status_code == 200
        assert client.head(address).status_code == 200
    assert everything() == before


def test_a_link_that_is_over(pledge: Pledge, client: Client) -> None:
    asked = EncouragementFactory(pledge=pledge)
    Encouragement.objects.update(expires_at=timezone.now())
    assert client.get(link(asked)).status_code == 410
    assert "This link no longer works" in client.get(link(asked)).content.decode()
    Encouragement.objects.update(expires_at=timezone.now() + timedelta(seconds=60))
    assert client.get(link(asked)).status_code == 200
    close(pledge)
    assert client.get(link(asked)).status_code == 410
    assert "Alice" not in client.get(link(asked)).content.decode()


def test_an_unknown_link(client: Client, db: None) -> None:
    for name in ("encouraged", "mail_stop"):
        assert client.get(reverse(name, args=["x" * 43])).status_code == 404
    assert client.post(reverse("encouraged", args=["x" * 43])).status_code == 405
    assert client.post(reverse("mail_stop", args=["x" * 43])).status_code == 404


def test_no_more_to_this_address_from_anybody(
    pledge: Pledge, foreign: Pledge, as_chidi: Client
) -> None:
    """Also when it is over, in one click of a mail program, which has no cookie and no token."""
    past = timezone.localtime() - timedelta(days=100)
    asked = EncouragementFactory(pledge=pledge, address=ADDRESS, asked_at=past)
    mailed(asked, ADDRESS, by=pledge.leader, at=past)
    mail_program = Client(enforce_csrf_checks=True)
    for _ in range(2):
        response = mail_program.post(stop_of(asked.pk), {"List-Unsubscribe": "One-Click"})
        assert response.status_code == 200
    assert AddressRefusal.objects.count() == 1
    assert has_refused("FRIEND@Charity.Example ")
    refused = as_chidi.post(page(foreign), {"email": ADDRESS})
    assert refused.context["form"].errors == {
        "email": ["Whoever reads this address asked not to get these emails. Talk to them instead."]
    }
    assert Email.objects.count() == 0
    assert not re.search("friend|charity", str(AddressRefusal.objects.values()))


# Who followed


def test_followers_are_counted_when_both_agree(pledge: Pledge) -> None:
    PledgeFactory(asked_by=pledge, says_who_asked=True)
    PledgeFactory(asked_by=pledge)
    PledgeFactory(asked_by=pledge, says_who_asked=True, draft=True)
    PledgeFactory(says_who_asked=True)
    assert followers_of(pledge) == 1
    PledgeFactory(asked_by=pledge, says_who_asked=True, leader=pledge.leader)
    assert followers_of(pledge) == 1
    both = PledgeFactory(asked_by=pledge, says_who_asked=True)
    PledgeFactory(asked_by=pledge, says_who_asked=True, leader=both.leader)
    assert followers_of(pledge) == 2
    pledge.counts_who_followed = False
    assert followers_of(pledge) is None


def test_the_page_says_how_many(pledge: Pledge, as_alice: Client) -> None:
    def shown() -> str:
        return " ".join(as_alice.get(page(pledge)).content.decode().split())

    PledgeFactory(asked_by=pledge, says_who_asked=True)
    assert "<strong>1 person</strong> made the pledge after you asked, and says so" in shown()
    PledgeFactory(asked_by=pledge, says_who_asked=True)
    assert "<strong>2 people</strong> made the pledge after you asked, and say so" in shown()
    Pledge.objects.filter(pk=pledge.pk).update(counts_who_followed=False)
    assert "You have not said that people who make the pledge" in shown()


def test_the_page_says_what_could_not_be_delivered(
    pledge: Pledge, foreign: Pledge, as_alice: Client
) -> None:
    for number, state in enumerate([State.FAILED, State.SUPPRESSED, State.QUEUED]):
        ask(pledge, f"a{number}@b.example")
        Email.objects.filter(to_address=f"a{number}@b.example").update(state=state)
    ask(foreign, "other@b.example")
    Email.objects.filter(to_address="other@b.example").update(state=State.FAILED)
    shown = as_alice.get(page(pledge))
    assert shown.context["by_email"] == ByEmail(asked=3, undelivered=2)
    assert "2 of these emails could not be delivered." in shown.content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_with_any_rows(
    rows: int, pledge: Pledge, alice: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(rows):
        EncouragementFactory(pledge=pledge)
        PledgeFactory(asked_by=pledge, says_who_asked=True)
    client = signed_in_as(alice)
    with django_assert_num_queries(6):  # session, person, pledge, followers, asked, undelivered
        client.get(page(pledge))
