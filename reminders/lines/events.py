from collections.abc import Collection
from uuid import UUID

from django.urls import reverse

from panels.models import DeclarationRound
from reminders.enums import ReminderKind
from reminders.lines.about import About


def rounds(subjects: Collection[UUID]) -> dict[UUID, About]:
    """The line-up alone: never how many were asked, and never who or how many answered."""
    rows = DeclarationRound.objects.filter(pk__in=subjects).values_list(
        "pk", "gathering", "gathering__title", "gathering__organisation__slug"
    )
    return {
        pk: About(title, reverse("declaration_round", args=[slug, gathering, pk]))
        for pk, gathering, title, slug in rows
    }


LINES = {ReminderKind.ROUND_CLOSING: rounds}
