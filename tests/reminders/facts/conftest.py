"""A recommendation of Harbour Minds, everybody around it, and strangers who lead and chair too."""

from datetime import UTC, datetime

import pytest

from organisations.enums import Role
from organisations.models import Organisation, User
from recommendations.models import Action, Recommendation
from tests.factories.closing import taken_on
from tests.factories.organisations import MembershipFactory, UserFactory
from tests.factories.recommendations import RecommendationFactory
from tests.reminders.facts.asking import DUE

LONG_AGO = datetime(2025, 1, 6, 9, tzinfo=UTC)


def member(organisation: Organisation, name: str, *roles: Role) -> User:
    user: User = UserFactory(email=f"{name}@harbour.example", display_name=name.title())
    roles = roles or (Role.STAFF,)
    MembershipFactory(organisation=organisation, user=user, roles=list(roles), started_at=LONG_AGO)
    return user


@pytest.fixture
def sponsor(harbour: Organisation) -> User:
    return member(harbour, "sponsor")


@pytest.fixture
def lead(harbour: Organisation) -> User:
    return member(harbour, "lead")


@pytest.fixture
def chair(harbour: Organisation) -> User:
    return member(harbour, "chair", Role.CHAIR)


@pytest.fixture
def coordinator(harbour: Organisation) -> User:
    return member(harbour, "coordinator", Role.COORDINATOR)


@pytest.fixture
def committee(harbour: Organisation) -> User:
    return member(harbour, "committee", Role.COMMITTEE)


@pytest.fixture
def recommendation(harbour: Organisation, sponsor: User, bea: User, chidi: User) -> Recommendation:
    """Bea and Chidi have nothing to do with it; Chidi has every role elsewhere."""
    found: Recommendation = RecommendationFactory(
        organisation=harbour, accountable_owner=sponsor, created_at=LONG_AGO
    )
    return found


@pytest.fixture
def action(recommendation: Recommendation, lead: User) -> Action:
    """Taken on, and due in ten days."""
    return taken_on(recommendation, lead, DUE, accepted_at=LONG_AGO)
