"""What is to happen regularly, and did not: `recommendations.proof` said in SQL.

It is due so many months after the last time or, before any, after it was taken on. What moves with
a group's meetings waits for the next of them, but never for a whole turn.
"""

from datetime import date
from typing import Any

from django.db.models import Case, F, OuterRef, QuerySet, Subquery
from django.db.models import When as If
from django.db.models.functions import Cast, Coalesce, Greatest, Least, TruncDate

from committees.enums import MeetingState
from committees.models import Meeting
from recommendations.enums import ActionKind
from recommendations.models import Action, Occurrence
from recommendations.queries.rows import waiting_for_their_leads
from reminders.enums import Audience, ReminderKind
from reminders.facts.actions import HOME, LEAD, SPONSOR, of_others
from reminders.facts.members import is_here
from reminders.facts.rows import as_facts, months_after


def a_turn_after(day: Any) -> Cast:
    return months_after(day, F("every_months"))


def meets_on() -> Subquery:
    """When the group of the `meeting` it last happened at meets next."""
    later = Meeting.objects.filter(
        group__meetings=OuterRef("meeting"), date__gt=F("group__meetings__date")
    )
    following = later.exclude(state=MeetingState.CANCELLED).order_by("date")
    return Subquery(following.values("date")[:1])


def cadences() -> QuerySet[Any]:
    """Taken on by a lead who is here; `by`: the day by which each is to happen next."""
    happened = Occurrence.objects.filter(action=OuterRef("pk"), removed_at=None)
    newest = happened.order_by("-held_on")
    at_meetings = Subquery(newest.filter(meeting__isnull=False).values("meeting")[:1])
    since = Coalesce(Subquery(newest.values("held_on")[:1]), TruncDate("accepted_at"))
    return (
        Action.objects.filter(waiting_for_their_leads("recommendation__"), is_here(LEAD, home=HOME))
        .filter(kind=ActionKind.CADENCE, accepted_by__isnull=False)
        .alias(meeting=Case(If(moves_with_meetings=True, then=at_meetings)))
        .alias(due=a_turn_after(since))
        .alias(by=Greatest("due", Least(Coalesce(meets_on(), "due"), a_turn_after(F("due")))))
    )


def missed_to_leads(today: date) -> QuerySet[Any, Any]:
    """It may still happen on its very day."""
    return as_facts(cadences().filter(by__lt=today), home=HOME, person=LEAD, anchor="by")


def missed_to_sponsors(today: date) -> QuerySet[Any, Any]:
    rows = of_others(cadences().filter(by__lt=today))
    return as_facts(rows, home=HOME, person=SPONSOR, anchor="by")


FACTS = {
    (ReminderKind.CADENCE, Audience.LEAD): missed_to_leads,
    (ReminderKind.CADENCE, Audience.SPONSOR): missed_to_sponsors,
}
