"""The look back at a quarter, for committees and for leaders."""

from datetime import date, timedelta
from typing import Any

from django.db.models import DateField, Exists, OuterRef, QuerySet, Value

from commitments.enums import Cadence
from commitments.models import Pledge
from commitments.rhythm import Period, period_holding
from organisations.enums import Role
from organisations.models import Membership
from recommendations.models import Recommendation
from reminders.enums import Audience, ReminderKind
from reminders.facts.rows import as_facts

HOME = "organisation"


def quarter_before(today: date) -> Period:
    """The last one that has ended; it `opens_on` the first day of the next."""
    running = period_holding(today, Cadence.QUARTERLY)
    return period_holding(running.first - timedelta(days=1), Cadence.QUARTERLY)


def to_committees(today: date) -> QuerySet[Any, Any]:
    """Where there were recommendations before it ended."""
    begins = quarter_before(today).opens_on
    had = Recommendation.objects.filter(organisation=OuterRef(HOME), created_at__date__lt=begins)
    rows = Membership.objects.with_role(Role.CHAIR, Role.COMMITTEE).filter(Exists(had))
    return as_facts(rows, home=HOME, person="user", anchor=day(begins), subject=HOME)


def to_leaders(today: date) -> QuerySet[Any, Any]:
    """Of pledges that stood for enough of it, as with check-ins."""
    quarter = quarter_before(today)
    made = Pledge.objects.published().filter(
        published_at__date__lte=quarter.last_day_to_make_a_pledge
    )
    return as_facts(made, home=HOME, person="leader", anchor=day(quarter.opens_on))


def day(of: date) -> Value:
    return Value(of, output_field=DateField())


FACTS = {
    (ReminderKind.QUARTER, Audience.COMMITTEE): to_committees,
    (ReminderKind.QUARTER, Audience.LEADER): to_leaders,
}
