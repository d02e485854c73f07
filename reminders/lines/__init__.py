"""What a reminder is about, in words: one query for each kind, however many subjects."""

from collections.abc import Callable, Collection, Mapping
from uuid import UUID

from reminders.enums import ReminderKind
from reminders.lines import (
    actions,
    committees,
    events,
    people,
    pledges,
    quarters,
    recommendations,
)
from reminders.lines.about import About

__all__ = ["LINES", "About"]

LINES: Mapping[ReminderKind, Callable[[Collection[UUID]], dict[UUID, About]]] = {
    **actions.LINES,
    **committees.LINES,
    **events.LINES,
    **people.LINES,
    **pledges.LINES,
    **quarters.LINES,
    **recommendations.LINES,
}
