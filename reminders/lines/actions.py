from collections.abc import Callable, Collection
from functools import partial
from uuid import UUID

from django.urls import reverse

from recommendations.models import Action
from reminders.enums import ReminderKind
from reminders.lines.about import About

Path = Callable[[str, UUID, UUID], str]
"""From the organisation's slug, the recommendation and the action."""


def to_recommendation(slug: str, recommendation: UUID, action: UUID) -> str:
    return reverse("recommendation_detail", args=[slug, recommendation])


def to_action(name: str, slug: str, recommendation: UUID, action: UUID) -> str:
    return reverse(name, args=[slug, recommendation, action])


def actions(path: Path, subjects: Collection[UUID]) -> dict[UUID, About]:
    """`path`: where it is done."""
    rows = Action.objects.filter(pk__in=subjects).values_list(
        "pk", "title", "recommendation_id", "recommendation__organisation__slug"
    )
    return {
        pk: About(title, path(slug, recommendation, pk)) for pk, title, recommendation, slug in rows
    }


LINES = {
    **{
        kind: partial(actions, to_recommendation)
        for kind in (
            ReminderKind.ACTION_DUE,
            ReminderKind.ACTION_LATE,
            ReminderKind.NOT_ACCEPTED,
            ReminderKind.HANDOVER,
        )
    },
    ReminderKind.DATE_ENDING: partial(actions, partial(to_action, "extension_ask")),
    ReminderKind.CADENCE: partial(actions, partial(to_action, "action_detail")),
}
