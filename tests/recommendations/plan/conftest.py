"""A plan of Harbour Minds, and Northside's own, which must never be seen from there."""

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from organisations.models import Organisation, User
from recommendations.models import Action, Recommendation, Source
from tests.factories.organisations import MembershipFactory, UserFactory
from tests.factories.recommendations import ActionFactory, RecommendationFactory, SourceFactory

LIST = "/o/harbour-minds/sources/"


@pytest.fixture
def source(harbour: Organisation) -> Source:
    found: Source = SourceFactory(organisation=harbour, title="Our plan", kind="plan")
    return found


@pytest.fixture
def recommendation(source: Source) -> Recommendation:
    found: Recommendation = RecommendationFactory(
        organisation=source.organisation, source=source, reference="1", theme__source=source
    )
    return found


@pytest.fixture
def action(recommendation: Recommendation) -> Action:
    found: Action = ActionFactory(recommendation=recommendation, position=1, title="Publish it")
    return found


@pytest.fixture
def foreign(northside: Organisation) -> Recommendation:
    found: Recommendation = RecommendationFactory(organisation=northside, title="Northside's own")
    return found


@pytest.fixture
def left(harbour: Organisation) -> User:
    """Belonged once."""
    user: User = UserFactory(display_name="Lee Left", email="lee@harbour.example")
    member = MembershipFactory(organisation=harbour, user=user)
    member.ended_at = member.started_at
    member.save()
    return user


@pytest.fixture
def pasted() -> dict[str, Any]:
    return {
        "title": "Our own plan",
        "kind": "plan",
        "began_on": "",
        "text": "Publish our pay gap; Bea Brown; 31/3/2030\nMeet quarterly\nAn aim for all teams",
        "looked_at": "",
        "page": str(uuid4()),
    }


FAR = date(2030, 3, 31)
