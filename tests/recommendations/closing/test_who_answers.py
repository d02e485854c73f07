"""Who is led to the answer to somebody who said no: the page and "my work" as the action allows."""

import pytest
from django.utils import timezone

from organisations.enums import Role
from organisations.models import Membership, Organisation, User
from recommendations.actions.objecting import may_settle
from recommendations.models import Action, Objection, Recommendation
from tests.conftest import signed_in_as
from tests.factories.closing import objected
from tests.factories.organisations import MembershipFactory


@pytest.fixture
def objection(action: Action) -> Objection:
    Action.objects.update(accepted_by=None)
    return objected(action)


@pytest.fixture
def chair(harbour: Organisation) -> User:
    user: User = MembershipFactory(organisation=harbour, roles=[Role.CHAIR]).user
    return user


@pytest.fixture
def coordinator(harbour: Organisation) -> User:
    user: User = MembershipFactory(organisation=harbour, roles=[Role.COORDINATOR]).user
    return user


def leave(user: User) -> None:
    Membership.objects.filter(user=user).update(ended_at=timezone.now())


def offers(user: User, objection: Objection) -> tuple[bool, bool]:
    """Whether the recommendation and "my work" lead there; the first as the action allows."""
    client = signed_in_as(user)
    recommendation = Recommendation.objects.get(pk=objection.action.recommendation_id)
    address = f"/o/harbour-minds/recommendations/objections/{objection.pk}/"
    here = client.get(recommendation.get_absolute_url())
    is_led = here.status_code == 200 and f'href="{address}"' in here.content.decode()
    allowed = may_settle(objection, recommendation, user)
    assert is_led == allowed
    assert (client.get(address).status_code == 200) == allowed
    return is_led, address in [task.url for task in client.get("/me/").context["tasks"]]


def test_a_sponsor_who_is_here_answers(
    objection: Objection, sponsor: User, chair: User, coordinator: User, lead: User, bea: User
) -> None:
    found = [offers(each, objection) for each in (sponsor, chair, coordinator, lead, bea)]
    assert found == [(True, True), (False, False), (True, False), (False, False), (False, False)]


def test_the_chair_does_once_the_sponsor_has_left(
    objection: Objection, sponsor: User, chair: User, coordinator: User, member: User
) -> None:
    leave(sponsor)
    found = [offers(each, objection) for each in (chair, coordinator, member)]
    assert found == [(True, True), (True, False), (False, False)]


def test_the_coordinator_does_where_there_is_no_chair_either(
    objection: Objection, sponsor: User, coordinator: User
) -> None:
    leave(sponsor)
    assert offers(coordinator, objection) == (True, True)


def test_the_chair_does_without_a_sponsor(objection: Objection, chair: User) -> None:
    Recommendation.objects.update(accountable_owner=None)
    assert offers(chair, objection) == (True, True)


def test_the_chair_does_where_the_sponsor_said_no(
    objection: Objection, chair: User, lead: User
) -> None:
    Recommendation.objects.update(accountable_owner=lead)
    assert [offers(each, objection) for each in (chair, lead)] == [(True, True), (False, False)]


def test_a_chair_who_said_no_does_not(
    objection: Objection, sponsor: User, lead: User, coordinator: User
) -> None:
    leave(sponsor)
    lead.memberships.update(roles=[Role.CHAIR])
    assert [offers(each, objection) for each in (lead, coordinator)] == [
        (False, False),
        (True, True),
    ]


def test_a_chair_elsewhere_does_not(
    objection: Objection, sponsor: User, bea: User, northside: Organisation
) -> None:
    leave(sponsor)
    MembershipFactory(user=bea, organisation=northside, roles=[Role.CHAIR])
    assert offers(bea, objection) == (False, False)


def test_nobody_once_it_is_answered(objection: Objection, sponsor: User, chair: User) -> None:
    leave(sponsor)
    Objection.objects.update(settled_at=timezone.now(), settled_by=chair, answer="Next year.")
    client = signed_in_as(chair)
    address = f"/o/harbour-minds/recommendations/objections/{objection.pk}/"
    here = client.get(objection.action.recommendation.get_absolute_url()).content.decode()
    assert address not in here
    assert list(client.get("/me/").context["tasks"]) == []
