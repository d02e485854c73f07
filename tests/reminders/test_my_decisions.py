"""What waits for the committee, on "my work" of those who might decide it, and of no others."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from committees.enums import GroupKind
from committees.models import Group
from organisations.enums import Role
from organisations.models import Organisation, User
from recommendations.models import Action, Recommendation
from tests.conftest import signed_in_as
from tests.factories.closing import proposed
from tests.factories.commitments import PledgeFactory
from tests.factories.committees import GroupFactory, GroupMemberFactory
from tests.factories.organisations import MembershipFactory, UserFactory
from tests.factories.recommendations import led_recommendation
from tests.factories.reminders import AcceptedActionFactory

pytestmark = pytest.mark.django_db
ME = "/me/"
DAY = timedelta(days=1)


@pytest.fixture
def committee(harbour: Organisation) -> Group:
    found: Group = GroupFactory(organisation=harbour, kind=GroupKind.ACCOUNTABILITY)
    return found


@pytest.fixture
def lead(harbour: Organisation) -> User:
    return joined(harbour)


@pytest.fixture
def one(harbour: Organisation, lead: User) -> Recommendation:
    """Closing it waits; it is answered."""
    made = led_recommendation(lead=lead, organisation=harbour, response="accepted")
    proposed(made, by=lead, at=timezone.now())
    return made


def joined(organisation: Organisation, *roles: Role) -> User:
    user: User = UserFactory()
    MembershipFactory(user=user, organisation=organisation, roles=roles or [Role.STAFF])
    return user


def seated(committee: Group, *roles: Role, **seat: Any) -> User:
    user = joined(committee.organisation, *roles)
    GroupMemberFactory(group=committee, user=user, **seat)
    return user


def late(organisation: Organisation, lead: User, days: int, **kwargs: Any) -> Action:
    one = led_recommendation(lead=lead, organisation=organisation, response="accepted")
    made: Action = AcceptedActionFactory(
        recommendation=one,
        responsible_owner=lead,
        target_date=timezone.localdate() - days * DAY,
        **kwargs,
    )
    return made


def counts(user: User) -> list[tuple[int, int, int]]:
    found = signed_in_as(user).get(ME).context["waiting"]
    return [(each.closures, each.later_dates, each.responses) for each in found]


def test_a_seat_tells_of_it_whatever_the_role(one: Recommendation, committee: Group) -> None:
    assert counts(seated(committee)) == [(1, 0, 0)]
    said = signed_in_as(seated(committee)).get(ME).content.decode()
    assert 'href="/o/harbour-minds/decisions/#waiting">1 decision of Harbour Minds</a>' in said
    assert 'href="/o/harbour-minds/packs/"' in said


@pytest.mark.parametrize("role", [Role.CHAIR, Role.COMMITTEE, Role.TRUSTEE, Role.ADVISER])
def test_a_role_without_a_seat_does_not(
    role: Role, one: Recommendation, committee: Group, harbour: Organisation
) -> None:
    seated(committee)
    assert counts(joined(harbour, role)) == []


@pytest.mark.parametrize("days", [{"to_date": -DAY}, {"from_date": DAY}])
def test_a_seat_of_another_day_does_not(
    days: dict[str, timedelta], one: Recommendation, committee: Group
) -> None:
    today = timezone.localdate()
    seat = {"from_date": today - 9 * DAY} | {name: today + by for name, by in days.items()}
    assert counts(seated(committee, **seat)) == []


def test_nobody_decides_on_their_own_nor_coordinates(
    one: Recommendation, committee: Group, lead: User, alice: User
) -> None:
    for user in (lead, alice):
        GroupMemberFactory(group=committee, user=user)
    assert [counts(lead), counts(alice)] == [[], []]


@pytest.mark.parametrize("role", [Role.TRUSTEE, Role.ADVISER])
def test_it_passes_on_where_nobody_is_free(
    role: Role, one: Recommendation, committee: Group, lead: User, harbour: Organisation
) -> None:
    other = joined(harbour, role)
    assert counts(other) == []
    GroupMemberFactory(group=committee, user=lead)
    assert counts(other) == [(1, 0, 0)]
    assert counts(joined(harbour)) == []


def test_seats_elsewhere_are_nothing_here(
    one: Recommendation, harbour: Organisation, northside: Organisation
) -> None:
    user = seated(GroupFactory(organisation=northside, kind=GroupKind.ACCOUNTABILITY))
    MembershipFactory(user=user, organisation=harbour)
    assert counts(user) == []


def test_a_date_that_passed_is_set_from_there(
    committee: Group, harbour: Organisation, lead: User
) -> None:
    passed, today = late(harbour, lead, 1, title="Late"), late(harbour, lead, 0)
    links = [
        reverse("date_move", args=["harbour-minds", each.recommendation_id, each.pk])
        for each in (passed, today)
    ]
    member = signed_in_as(seated(committee))
    said = member.get(ME).content.decode()
    assert [f'href="{link}"' in said for link in links] == [True, False]
    assert member.get(links[0]).status_code == 200
    GroupMemberFactory(group=committee, user=lead)
    for user in (lead, joined(harbour, Role.CHAIR, Role.COMMITTEE)):
        assert links[0] not in signed_in_as(user).get(ME).content.decode()


@pytest.mark.parametrize(("many", "shown", "more"), [(5, 5, 0), (6, 5, 1), (7, 5, 2)])
def test_the_oldest_five_are_told(
    many: int, shown: int, more: int, committee: Group, harbour: Organisation, lead: User
) -> None:
    for days in range(1, many + 1):
        late(harbour, lead, days, title=f"Late by {days}")
    [waiting] = signed_in_as(seated(committee)).get(ME).context["waiting"]
    assert [each.title for each in waiting.passed] == [
        f"Late by {days}" for days in range(many, many - shown, -1)
    ]
    assert waiting.more_passed == more


@pytest.mark.parametrize("many", [1, 3])
def test_its_cost_does_not_grow(
    many: int, as_bea: Client, bea: User, lead: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    """With work and a pledge of their own, in as many organisations, beside as many others."""
    for _ in range(many):
        home = MembershipFactory(user=bea).organisation
        committee = GroupFactory(organisation=home, kind=GroupKind.ACCOUNTABILITY)
        GroupMemberFactory(group=committee, user=bea)
        for _ in range(many):
            seated(committee, Role.COMMITTEE)
            late(home, lead, 1)
        proposed(led_recommendation(lead=lead, organisation=home), by=lead, at=timezone.now())
        AcceptedActionFactory(
            responsible_owner=bea, recommendation=led_recommendation(lead=bea, organisation=home)
        )
        PledgeFactory(leader=bea)
    with django_assert_num_queries(12):
        assert len(as_bea.get(ME).context["waiting"]) == many
