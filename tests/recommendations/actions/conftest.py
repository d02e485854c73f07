"""A recommendation and its action, and what changes them."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import DatabaseError

from history.models import Entry
from organisations.models import Organisation, User
from recommendations.actions import owning
from recommendations.models import Action, Recommendation
from tests.factories.deciding import closed_by_decision
from tests.factories.recommendations import ActionFactory, RecommendationFactory

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
TODAY = date(2026, 3, 10)
LATER = date(2026, 9, 30)


@pytest.fixture
def recommendation(harbour: Organisation) -> Recommendation:
    found: Recommendation = RecommendationFactory(organisation=harbour)
    return found


@pytest.fixture
def action(recommendation: Recommendation, bea: User) -> Action:
    """Led by Bea, with a draft date."""
    made: Action = ActionFactory(
        recommendation=recommendation, position=1, responsible_owner=bea, target_date=LATER
    )
    return made


def verbs(recommendation: Recommendation) -> list[str]:
    """Oldest first."""
    return [entry.verb for entry in Entry.objects.about(recommendation)][::-1]


def close(recommendation: Recommendation) -> None:
    closed_by_decision(recommendation, at=NOW)


def take_on(action: Action, by: User, **changes: Any) -> Action:
    """Of the date that stands, unless told otherwise."""
    shown = Action.objects.get(pk=action.pk).target_date
    given: dict[str, Any] = {"shown_date": shown, "now": NOW} | changes
    return owning.accept_action(action=action, by=by, **given)


def fail(*args: object, **kwargs: object) -> None:
    raise DatabaseError
