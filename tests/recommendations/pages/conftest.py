"""A recommendation of Harbour Minds, and who leads its action."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from organisations.models import Organisation, User
from recommendations.actions.owning import accept_action
from recommendations.models import Action, Recommendation
from tests.factories.organisations import MembershipFactory, UserFactory
from tests.factories.recommendations import ActionFactory, RecommendationFactory


@pytest.fixture
def recommendation(harbour: Organisation) -> Recommendation:
    found: Recommendation = RecommendationFactory(organisation=harbour, title="Meet quarterly")
    return found


@pytest.fixture
def lead(harbour: Organisation, recommendation: Recommendation) -> User:
    """A member of staff who leads its one action, due in 40 days."""
    user: User = UserFactory(display_name="Dilys Evans")
    MembershipFactory(user=user, organisation=harbour)
    ActionFactory(
        recommendation=recommendation,
        position=1,
        responsible_owner=user,
        target_date=timezone.localdate() + timedelta(days=40),
    )
    return user


@pytest.fixture
def as_lead(lead: User) -> Client:
    client = Client()
    client.force_login(lead)
    return client


@pytest.fixture
def here(recommendation: Recommendation) -> str:
    return f"/o/harbour-minds/recommendations/{recommendation.pk}/"


def take_on(action: Action, by: User) -> None:
    accept_action(action=action, shown_date=action.target_date, by=by, now=timezone.now())
