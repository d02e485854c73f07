"""Whom the list leads to deciding: those with a seat, and those to whom it has passed."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from committees.enums import GroupKind
from committees.models import Group, GroupMember
from organisations.enums import Role
from organisations.models import Membership, Organisation, User
from recommendations.enums import Response
from recommendations.models import Action, ClosureProposal, Recommendation
from tests.committees.deciding.conftest import HERE, LATER, NOW, TODAY, joined, seated
from tests.conftest import signed_in_as
from tests.factories.closing import asked_for, proposed
from tests.factories.committees import GroupFactory, GroupMemberFactory, MeetingFactory
from tests.factories.recommendations import led_recommendation

DAY = timedelta(days=1)


@pytest.fixture
def page(proposal: ClosureProposal, chair: User) -> str:
    """One closing waits alone, before a chair who is free to decide it."""
    Recommendation.objects.update(response=Response.ACCEPTED)
    return f"{HERE}closing/{proposal.pk}/"


def is_led(user: User, page: str) -> bool:
    return page in signed_in_as(user).get(HERE).content.decode()


def test_a_seat_leads_there_whatever_the_role(
    page: str, harbour: Organisation, committee: Group, chair: User
) -> None:
    plain = joined(harbour, "Plain", Role.STAFF)
    assert (is_led(chair, page), is_led(plain, page)) == (True, False)
    seated(committee, plain)
    assert is_led(plain, page)


def test_a_role_without_a_seat_does_not(page: str, harbour: Organisation) -> None:
    for role in (Role.CHAIR, Role.COMMITTEE, Role.TRUSTEE, Role.ADVISER):
        assert not is_led(joined(harbour, role, role), page)


def test_a_seat_on_another_group_does_not(page: str, harbour: Organisation) -> None:
    board = GroupFactory(organisation=harbour, kind=GroupKind.BOARD)
    trustee = joined(harbour, "Trustee", Role.TRUSTEE)
    seated(board, trustee)
    assert not is_led(trustee, page)


def test_nobody_s_own_work_leads_there(
    page: str, committee: Group, lead: User, sponsor: User, harbour: Organisation
) -> None:
    """The lead asked for it; the sponsor owns it; a coordinator never decides."""
    both = joined(harbour, "Both", Role.COORDINATOR, Role.CHAIR)
    for user in (lead, sponsor, both):
        seated(committee, user)
    assert [is_led(user, page) for user in (lead, sponsor, both)] == [False] * 3


def test_a_lead_who_did_not_ask_is_not_led_there(
    page: str, recommendation: Recommendation, action: Action, member: User
) -> None:
    assert is_led(member, page)
    Action.objects.update(responsible_owner=member, accepted_by=None)
    assert not is_led(member, page)


def test_a_later_date_has_its_owners_too(
    page: str, action: Action, lead: User, member: User, sponsor: User, committee: Group
) -> None:
    asked = asked_for(action, LATER, by=lead, at=NOW)
    address = f"{HERE}later-date/{asked.pk}/"
    seated(committee, sponsor)
    seated(committee, lead)
    assert [is_led(user, address) for user in (member, sponsor, lead)] == [True, False, False]


def test_an_owner_is_led_to_the_response(
    recommendation: Recommendation, sponsor: User, committee: Group
) -> None:
    seated(committee, sponsor)
    assert is_led(sponsor, f"{HERE}response/{recommendation.pk}/")


@pytest.mark.parametrize("role", [Role.TRUSTEE, Role.ADVISER])
def test_it_passes_on_once_nobody_seated_is_free(
    role: Role, page: str, harbour: Organisation, chair: User
) -> None:
    other = joined(harbour, "Other", role)
    Membership.objects.filter(user=chair).update(roles=[Role.CHAIR, Role.COORDINATOR])
    assert is_led(other, page)
    assert not is_led(joined(harbour, "Staff", Role.STAFF), page)


def test_it_does_not_pass_on_where_nobody_sits(page: str, harbour: Organisation) -> None:
    GroupMember.objects.all().delete()
    assert not is_led(joined(harbour, "Trustee", Role.TRUSTEE), page)


def test_a_member_who_left_counts_as_nobody(page: str, harbour: Organisation, chair: User) -> None:
    Membership.objects.filter(user=chair).update(ended_at=NOW)
    assert is_led(joined(harbour, "Trustee", Role.TRUSTEE), page)


@pytest.mark.parametrize(("ago", "led"), [(20, True), (19, False)])
def test_a_seat_that_ended_leads_there_for_the_meetings_of_its_days(
    ago: int, led: bool, page: str, harbour: Organisation, committee: Group
) -> None:
    gone = joined(harbour, "Gone", Role.STAFF)
    seated(committee, gone, to_date=TODAY - 20 * DAY)
    MeetingFactory(group=committee, date=TODAY - ago * DAY)
    assert is_led(gone, page) is led


def test_a_seat_to_come_does_not(page: str, harbour: Organisation, committee: Group) -> None:
    new = joined(harbour, "New", Role.STAFF)
    seated(committee, new, from_date=TODAY + DAY)
    assert not is_led(new, page)


def test_seats_elsewhere_are_nothing_here(
    page: str, northside: Organisation, harbour: Organisation
) -> None:
    away = joined(harbour, "Away", Role.STAFF)
    GroupMemberFactory(group=GroupFactory(organisation=northside), user=away)
    assert not is_led(away, page)


@pytest.mark.parametrize("rows", [1, 3])
def test_as_many_queries_for_somebody_whose_seat_ended(
    rows: int,
    harbour: Organisation,
    committee: Group,
    chair: User,
    alice: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    gone = joined(harbour, "Gone", Role.STAFF)
    seated(committee, gone, to_date=TODAY - DAY)
    for _ in range(rows):
        one = led_recommendation(lead=alice, organisation=harbour)
        proposed(one, by=alice, at=NOW)
        seated(committee, joined(harbour, "Member", Role.COMMITTEE))
    client = signed_in_as(gone)
    with django_assert_num_queries(11):
        assert client.get(HERE).status_code == 200


def test_the_recommendation_leads_everybody_else_to_the_list(
    page: str, recommendation: Recommendation, as_chair: Client, as_bea: Client, lead: User
) -> None:
    """Whom it does not lead to deciding finds on the list what waits."""
    here, link = recommendation.get_absolute_url(), f'href="{HERE}#waiting"'

    def has(client: Any) -> tuple[bool, bool]:
        shown = client.get(here).content.decode()
        return page in shown, link in shown

    assert has(as_chair) == (True, False)
    assert [has(as_bea), has(signed_in_as(lead))] == [(False, True)] * 2
