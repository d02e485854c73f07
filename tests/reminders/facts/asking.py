"""What the facts say, as rows that can be compared."""

from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone

from organisations.models import User
from recommendations.enums import Response, State
from recommendations.models import Recommendation
from reminders.enums import Audience, ReminderKind
from reminders.facts import FACTS
from tests.factories.deciding import closed_by_decision

TODAY = date(2026, 3, 10)
DUE = date(2026, 3, 20)


def told(
    kind: ReminderKind, audience: Audience, today: date = TODAY
) -> list[tuple[User, UUID, date]]:
    """Who hears, of what, and from which day it counts: each row as often as it is there."""
    found = FACTS[kind, audience](today)
    people = {person.pk: person for person in User.objects.all()}
    rows = [(people[row["person"]], row["subject"], row["anchor"]) for row in found]
    return sorted(rows, key=lambda row: (row[0].email, row[2], str(row[1])))


def heard(kind: ReminderKind, audience: Audience, today: date = TODAY) -> list[User]:
    return [person for person, _, _ in told(kind, audience, today)]


def days(count: int) -> timedelta:
    return timedelta(days=count)


def leave(person: User) -> None:
    person.memberships.update(ended_at=timezone.now())


def lock_out(person: User) -> None:
    person.is_active = False
    person.save(update_fields=["is_active"])


def close(of: Recommendation) -> None:
    closed_by_decision(of)


def turn_down(of: Recommendation) -> None:
    of.response, of.response_reason = Response.NOT_ACCEPTED, "Why"
    of.save()


def propose(of: Recommendation) -> None:
    of.state = State.PROPOSED_FOR_CLOSURE
    of.save()


ENDINGS = [close, turn_down, propose]
"""After each of these nobody is to do anything more for now."""
GONE = [leave, lock_out]
