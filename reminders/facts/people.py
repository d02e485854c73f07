"""Invitations to join."""

from datetime import date
from typing import Any

from django.db.models import F, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from organisations.enums import Role
from organisations.models import MemberInvite
from reminders.enums import Audience, ReminderKind
from reminders.facts.rows import as_facts

HOME = "organisation"


def open_invites(today: date) -> QuerySet[Any, Any]:
    """That still open something, to whoever coordinates there."""
    rows = MemberInvite.objects.filter(
        accepted_at=None,
        revoked_at=None,
        expires_at__gt=timezone.now(),
        organisation__memberships__ended_at=None,
        organisation__memberships__roles__contains=[Role.COORDINATOR],
    )
    return as_facts(
        rows,
        home=HOME,
        person="organisation__memberships__user",
        anchor=TruncDate(F("created_at")),
    )


FACTS = {(ReminderKind.INVITE, Audience.COORDINATOR): open_invites}
