"""Rounds in which the people of a line-up are asked: their last day, and nothing of answers."""

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from organisations.enums import Role
from organisations.models import Membership
from panels.models import DeclarationRound
from reminders.enums import Audience, ReminderKind
from reminders.facts.rows import as_facts

HOME = "gathering__organisation"


def closing_to_organisers(today: date) -> QuerySet[Any, Any]:
    """Whoever opened it, while they may still look after it."""
    organises = Membership.objects.with_role(Role.ORGANISER).filter(
        user=OuterRef("opened_by"), organisation=OuterRef(HOME)
    )
    rows = DeclarationRound.objects.filter(Exists(organises), closed_at=None)
    return as_facts(rows, home=HOME, person="opened_by", anchor="closes_on")


FACTS = {(ReminderKind.ROUND_CLOSING, Audience.ORGANISER): closing_to_organisers}
