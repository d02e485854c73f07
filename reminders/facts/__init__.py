"""What reminders may be about, as things stand: one query for each kind and audience.

Each gives rows of `nation`, `anchor` (the day it is about), `person`, `home` (the organisation,
or None) and `subject`, as `as_facts` makes them: only for people who are to hear of it now.
"""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from reminders.enums import Audience, ReminderKind
from reminders.facts import (
    actions,
    cadences,
    committees,
    events,
    people,
    pledges,
    quarters,
    recommendations,
)

Facts = Callable[[date], QuerySet[Any, Any]]

FACTS: dict[tuple[ReminderKind, Audience], Facts] = {
    **actions.FACTS,
    **cadences.FACTS,
    **committees.FACTS,
    **events.FACTS,
    **people.FACTS,
    **pledges.FACTS,
    **quarters.FACTS,
    **recommendations.FACTS,
}
