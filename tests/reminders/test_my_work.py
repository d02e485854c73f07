"""What is waiting for whoever is signed in, and nobody else's."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organisations.models import Organisation, User
from recommendations import lifecycle
from tests.factories.commitments import PledgeFactory
from tests.factories.organisations import MembershipFactory, UserFactory
from tests.factories.recommendations import RecommendationFactory
from tests.factories.reminders import AcceptedActionFactory
from tests.ui.rendering import text_of

pytestmark = pytest.mark.django_db
ME = "/me/"


def led_by(user: User, organisation: Organisation, **fields: Any) -> Any:
    recommendation = RecommendationFactory(organisation=organisation)
    return AcceptedActionFactory(responsible_owner=user, recommendation=recommendation, **fields)


def test_my_work_is_mine_alone(
    as_bea: Client, bea: User, alice: User, harbour: Organisation, northside: Organisation
) -> None:
    today = timezone.localdate()
    led_by(bea, harbour, title="Overdue one", target_date=today - timedelta(days=1))
    led_by(bea, harbour, title="Soon", target_date=today + timedelta(days=30))
    led_by(bea, harbour, title="Later", target_date=today + timedelta(days=31))
    led_by(bea, harbour, title="New", target_date=None, original_date=None, accepted_at=None)
    led_by(alice, harbour, title="Alice's action")
    led_by(bea, northside, title="Where Bea has no business")
    page = as_bea.get(ME)
    assert [task.title for task in page.context["tasks"]] == [
        "New",
        "Overdue one",
        "Soon",
        "Later",
    ]
    shown = text_of(page)
    for word in ("Overdue", "Due soon", "In progress", "Waiting for your yes", "No date yet"):
        assert word in shown
    assert "Alice" not in shown
    assert "no business" not in shown


def test_what_is_due_soon_is_said_by_one_rule(
    as_bea: Client, bea: User, harbour: Organisation, monkeypatch: pytest.MonkeyPatch
) -> None:
    led_by(bea, harbour, target_date=timezone.localdate() + timedelta(days=11))
    assert "Due soon" in text_of(as_bea.get(ME))
    monkeypatch.setattr(lifecycle, "DUE_SOON_DAYS", 10)
    assert "Due soon" not in text_of(as_bea.get(ME))


def test_taken_over_work_waits_for_a_yes(as_bea: Client, bea: User, harbour: Organisation) -> None:
    led_by(bea, harbour, title="Led by another before", accepted_by=None)
    assert "Waiting for your yes" in text_of(as_bea.get(ME))


def test_my_pledges_say_what_comes_next(as_bea: Client, bea: User, chidi: User) -> None:
    long_ago = timezone.localtime() - timedelta(days=200)
    old = PledgeFactory(leader=bea, role_title="Chief executive", created_at=long_ago)
    PledgeFactory(leader=bea, role_title="Trustee")
    PledgeFactory(leader=bea, role_title="Adviser in the making", draft=True)
    PledgeFactory(leader=chidi, role_title="Chidi's role")
    shown = text_of(as_bea.get(ME))
    assert reverse("check_in", args=[old.pk]) in shown
    assert shown.count("Check-in open") == 1
    assert shown.count("Next check-in opens") == 1
    assert "Adviser in the making" in shown
    assert "Chidi" not in shown


def test_my_work_without_anything_says_what_to_do() -> None:
    client = Client()
    client.force_login(UserFactory())
    shown = text_of(client.get(ME))
    assert "Nothing is yours to do just now" in shown
    assert reverse("pledge_start") in shown
    assert reverse("organisation_create") in shown


@pytest.mark.parametrize("rows", [1, 3])
def test_my_work_costs_the_same_for_more_rows(
    rows: int, as_bea: Client, bea: User, harbour: Organisation, django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        led_by(bea, harbour)
        PledgeFactory(leader=bea)
    with django_assert_num_queries(11):
        as_bea.get(ME)


def test_my_work_is_read_only(as_bea: Client) -> None:
    assert as_bea.post(ME).status_code == 405


def test_a_former_member_sees_their_work_no_more(
    as_bea: Client, bea: User, harbour: Organisation
) -> None:
    led_by(bea, harbour)
    bea.memberships.update(ended_at=timezone.now())
    page = as_bea.get(ME)
    assert list(page.context["tasks"]) == []
    assert list(page.context["memberships"]) == []


def test_many_actions_have_pages(as_bea: Client, bea: User, harbour: Organisation) -> None:
    recommendation = RecommendationFactory(organisation=harbour)
    AcceptedActionFactory.create_batch(26, responsible_owner=bea, recommendation=recommendation)
    assert len(as_bea.get(ME).context["tasks"]) == 25
    assert len(as_bea.get(ME, {"page": 2}).context["tasks"]) == 1


def test_a_second_organisation_is_listed(
    as_bea: Client, bea: User, northside: Organisation
) -> None:
    MembershipFactory(user=bea, organisation=northside)
    page = as_bea.get(ME)
    names = [membership.organisation.name for membership in page.context["memberships"]]
    assert names == ["Harbour Minds", "Northside Trust"]
