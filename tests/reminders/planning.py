"""Actions that fall due near one Monday, and the reminders planned on it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from organisations.models import Organisation, User
from recommendations.models import Action
from reminders.actions import remind
from reminders.schedule import start_of
from tests.factories.recommendations import RecommendationFactory
from tests.factories.reminders import AcceptedActionFactory

# No bank holiday is near it.
MONDAY = date(2026, 11, 2)
MORNING = datetime(2026, 11, 2, 8, 0, tzinfo=UTC)


def action(organisation: Organisation, lead: User, days: int = 7, **fields: Any) -> Action:
    target = MONDAY + timedelta(days=days)
    of = fields.pop("recommendation", None) or RecommendationFactory(organisation=organisation)
    return AcceptedActionFactory(
        recommendation=of, responsible_owner=lead, target_date=target, **fields
    )


def plan(today: date = MONDAY) -> int:
    """How many emails it came to."""
    return remind(now=start_of(today) + timedelta(hours=8))
