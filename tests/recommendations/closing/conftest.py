"""A recommendation with two actions, both shown to be done, and everybody around it."""

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from organisations.enums import Role
from organisations.models import Organisation, User
from recommendations.models import Action, Recommendation
from tests.conftest import signed_in_as
from tests.factories.closing import shown, taken_on
from tests.factories.committees import seated_in
from tests.factories.organisations import MembershipFactory, UserFactory
from tests.factories.recommendations import ActionFactory, RecommendationFactory

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
TODAY = date(2026, 3, 10)
DUE = date(2026, 9, 30)


@pytest.fixture
def sponsor(harbour: Organisation) -> User:
    user: User = UserFactory(email="sponsor@harbour.example", display_name="Senthil Kumar")
    MembershipFactory(organisation=harbour, user=user)
    return user


@pytest.fixture
def lead(harbour: Organisation) -> User:
    user: User = UserFactory(email="lead@harbour.example", display_name="Dilys Evans")
    MembershipFactory(organisation=harbour, user=user)
    return user


@pytest.fixture
def member(harbour: Organisation) -> User:
    """With a seat on the committee, and nothing to do with the work."""
    user: User = UserFactory(email="member@harbour.example", display_name="Mehwish Khan")
    MembershipFactory(organisation=harbour, user=user, roles=[Role.COMMITTEE])
    seated_in(harbour, user)
    return user


@pytest.fixture
def recommendation(harbour: Organisation, sponsor: User) -> Recommendation:
    found: Recommendation = RecommendationFactory(
        organisation=harbour, title="Meet quarterly", accountable_owner=sponsor
    )
    return found


@pytest.fixture
def action(recommendation: Recommendation, lead: User) -> Action:
    """Taken on by its lead, with a date that stands."""
    return taken_on(recommendation, lead, DUE, accepted_at=NOW)


@pytest.fixture
def proven(recommendation: Recommendation, lead: User) -> Recommendation:
    """Its two actions are shown to be done."""
    for number in (1, 2):
        made = ActionFactory(recommendation=recommendation, position=number, responsible_owner=lead)
        shown(made, by=lead, at=NOW)
    return recommendation


def taken_away(proven: Recommendation, number: int) -> Action:
    """Nothing shows this action any more; what is stored of it is still to be judged again."""
    action: Action = proven.actions.get(position=number)
    action.evidence.update(withdrawn_at=NOW)
    return action


@pytest.fixture
def here(recommendation: Recommendation) -> str:
    return f"/o/harbour-minds/recommendations/{recommendation.pk}/"


@pytest.fixture
def as_lead(lead: User) -> Client:
    return signed_in_as(lead)


@pytest.fixture
def as_sponsor(sponsor: User) -> Client:
    return signed_in_as(sponsor)


@pytest.fixture
def as_member(member: User) -> Client:
    return signed_in_as(member)
