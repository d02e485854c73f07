"""Somebody whose seat has ended: the committee's work is not theirs to do, and their own stays."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from committees.enums import GroupKind
from committees.models import Group, GroupMember
from organisations.enums import Role
from organisations.models import Organisation, User
from recommendations.models import Recommendation
from tests.conftest import signed_in_as
from tests.factories.closing import due_recheck, proposed, taken_on
from tests.factories.committees import GroupFactory, MeetingFactory, seated_in
from tests.factories.organisations import MembershipFactory
from tests.factories.recommendations import RecommendationFactory, led_recommendation

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def committee(harbour: Organisation) -> Group:
    """It met three days ago; its chair of today is free."""
    found: Group = GroupFactory(organisation=harbour, kind=GroupKind.ACCOUNTABILITY)
    chair = MembershipFactory(organisation=harbour, roles=[Role.CHAIR]).user
    seated_in(harbour, chair, group=found, is_chair=True)
    MeetingFactory(group=found, date=timezone.localdate() - 3 * DAY, state="held")
    return found


@pytest.fixture
def waits(committee: Group, harbour: Organisation) -> Recommendation:
    """Closing one, the date of another, and a check of a third; all of somebody else."""
    lead = MembershipFactory(organisation=harbour).user
    one = led_recommendation(lead=lead, organisation=harbour, response="accepted")
    proposed(one, by=lead, at=timezone.now() - 9 * DAY)
    late = RecommendationFactory(organisation=harbour, response="accepted")
    taken_on(late, lead, timezone.localdate() - DAY)
    due_recheck(led_recommendation(lead=lead, organisation=harbour), by=lead)
    return one


@pytest.fixture(params=[Role.STAFF, Role.COMMITTEE, Role.CHAIR])
def member(request: pytest.FixtureRequest, harbour: Organisation, committee: Group) -> User:
    user: User = MembershipFactory(organisation=harbour, roles=[request.param]).user
    seated_in(harbour, user, group=committee)
    return user


def end(user: User) -> None:
    seats = GroupMember.objects.filter(user=user)
    assert seats.update(to_date=timezone.localdate() - DAY) == 1


def found(client: Client) -> tuple[list[str], int, int]:
    """What is to be done, and how many decisions and passed dates wait."""
    page = client.get("/me/").context
    counted = [(each.total, len(each.passed)) for each in page["waiting"]]
    decisions, dates = counted[0] if counted else (0, 0)
    return [task.label or task.title for task in page["tasks"]], decisions, dates


def test_what_waits_for_the_committee_goes_with_the_seat(
    waits: Recommendation, member: User
) -> None:
    client = signed_in_as(member)
    assert found(client) == (["Time to look again"], 1, 1)
    end(member)
    assert found(client) == ([], 0, 0)


def test_what_they_owe_as_owners_stays(
    waits: Recommendation, member: User, harbour: Organisation
) -> None:
    own = RecommendationFactory(organisation=harbour, response="accepted")
    taken_on(own, member, timezone.localdate() - 2 * DAY, title="Write it down")
    sponsored = RecommendationFactory(
        organisation=harbour, response="accepted", accountable_owner=member,
        created_at=timezone.now() - 200 * DAY,
    )  # fmt: skip
    end(member)
    client = signed_in_as(member)
    page = client.get("/me/")
    tasks = [task.url for task in page.context["tasks"]]
    assert tasks == [own.get_absolute_url(), sponsored.get_absolute_url()]
    assert [client.get(url).status_code for url in tasks] == [200, 200]
    assert reverse("decision_list", args=["harbour-minds"]) not in page.content.decode()
    assert reverse("pack_list", args=["harbour-minds"]) not in page.content.decode()


def test_a_new_seat_brings_it_back(waits: Recommendation, member: User, committee: Group) -> None:
    end(member)
    seated_in(committee.organisation, member, group=committee, from_date=timezone.localdate())
    assert found(signed_in_as(member)) == (["Time to look again"], 1, 1)


def test_of_a_meeting_at_which_they_sat_the_list_still_leads_on(
    waits: Recommendation, member: User
) -> None:
    """Recording what was decided while they sat is theirs; being asked to is not."""
    end(member)
    [proposal] = waits.proposals.all()
    page = reverse("closure_decide", args=["harbour-minds", proposal.pk])
    client = signed_in_as(member)
    listed = client.get(reverse("decision_list", args=["harbour-minds"])).content.decode()
    assert (page in listed, client.get(page).status_code) == (True, 200)
