from collections.abc import Collection
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from commitments.models import Invitation, Pledge
from commitments.queries import check_ins_due
from commitments.rhythm import period_between
from reminders.enums import ReminderKind
from reminders.lines.about import About

A_PLEDGE = "Your pledge"


def check_ins(subjects: Collection[UUID]) -> dict[UUID, About]:
    """Named after the month or the quarter to look back on, while one is open."""
    due: QuerySet[Any] = check_ins_due(timezone.localdate()).filter(pk__in=subjects)
    periods = {row.pk: period_between(row.period, row.opened_on).words for row in due}
    known = Pledge.objects.filter(pk__in=subjects).values_list("pk", flat=True)
    return {pk: About(periods.get(pk, A_PLEDGE), reverse("check_in", args=[pk])) for pk in known}


def events(subjects: Collection[UUID]) -> dict[UUID, About]:
    rows = Invitation.objects.filter(pk__in=subjects).values_list("pk", "title")
    return {pk: About(title, reverse("invitation_detail", args=[pk])) for pk, title in rows}


def anniversaries(subjects: Collection[UUID]) -> dict[UUID, About]:
    known = Pledge.objects.filter(pk__in=subjects).values_list("pk", flat=True)
    return {pk: About(A_PLEDGE, reverse("my_pledge", args=[pk])) for pk in known}


LINES = {
    ReminderKind.CHECK_IN_DUE: check_ins,
    ReminderKind.EVENT_BEFORE: events,
    ReminderKind.EVENT_AFTER: events,
    ReminderKind.ANNIVERSARY: anniversaries,
}
