"""A recommendation of Harbour Minds, whose lead is a member of staff and nothing else."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client

from history.models import Entry
from organisations.enums import Role
from organisations.models import Organisation, User
from recommendations.enums import State
from recommendations.models import Action, Recommendation
from tests.conftest import signed_in_as
from tests.factories.deciding import closed_by_decision
from tests.factories.organisations import MembershipFactory, UserFactory
from tests.factories.recommendations import ActionFactory, RecommendationFactory

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
TODAY = date(2026, 3, 10)


@pytest.fixture
def recommendation(harbour: Organisation) -> Recommendation:
    found: Recommendation = RecommendationFactory(
        organisation=harbour, reference="1.7", title="Meet quarterly"
    )
    return found


def member(organisation: Organisation, *roles: Role, name: str = "") -> User:
    user: User = UserFactory(**({"display_name": name} if name else {}))
    MembershipFactory(user=user, organisation=organisation, roles=list(roles))
    return user


@pytest.fixture
def lead(harbour: Organisation) -> User:
    return member(harbour, Role.STAFF, name="Dilys Evans")


@pytest.fixture
def carol(harbour: Organisation) -> User:
    """Of the committee, and nothing else."""
    return member(harbour, Role.COMMITTEE, name="Carol Okafor")


@pytest.fixture
def adviser(harbour: Organisation) -> User:
    return member(harbour, Role.ADVISER, name="Ade Bello")


@pytest.fixture
def as_lead(lead: User) -> Client:
    return signed_in_as(lead)


@pytest.fixture
def as_carol(carol: User) -> Client:
    return signed_in_as(carol)


@pytest.fixture
def as_adviser(adviser: User) -> Client:
    return signed_in_as(adviser)


def step(recommendation: Recommendation, lead: User, **kwargs: Any) -> Action:
    made: Action = ActionFactory(
        recommendation=recommendation, position=1, responsible_owner=lead, **kwargs
    )
    return made


@pytest.fixture
def deliverable(recommendation: Recommendation, lead: User) -> Action:
    return step(recommendation, lead)


@pytest.fixture
def cadence(recommendation: Recommendation, lead: User) -> Action:
    """Every three months, twice in a row."""
    return step(recommendation, lead, kind="cadence", every_months=3, occurrences_needed=2)


@pytest.fixture
def areas(recommendation: Recommendation, lead: User) -> Action:
    return step(recommendation, lead, coverage=True)


@pytest.fixture
def counted(recommendation: Recommendation, lead: User) -> Action:
    return step(
        recommendation, lead, coverage=True, unit="appraisal", is_counted=True, percent_needed=90
    )


@pytest.fixture
def embedding(recommendation: Recommendation, lead: User) -> Action:
    return step(recommendation, lead, embedding=True)


def proven_on(action: Action) -> date | None:
    return Action.objects.get(pk=action.pk).proven_on


def verbs(recommendation: Recommendation) -> list[str]:
    """Oldest first, without the app's name."""
    found = Entry.objects.about(recommendation)
    return [entry.verb.partition(".")[2] for entry in found][::-1]


def close(recommendation: Recommendation, state: State = State.CLOSED_IMPLEMENTED) -> None:
    closed_by_decision(recommendation, state=state, at=NOW)


def fail(*args: object, **kwargs: object) -> None:
    raise DatabaseError
