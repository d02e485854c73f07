"""Reading history as sentences."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db import models

from history.models import Entry
from history.registry import sentence

if TYPE_CHECKING:
    from organisations.models import Organisation


@dataclass(frozen=True)
class Line:
    """One entry as shown on a record."""

    at: datetime
    text: str


def lines_about(subject: models.Model, *, limit: int = 50) -> list[Line]:
    """The newest entries of one record as sentences; one query."""
    entries = Entry.objects.about(subject).select_related("actor")[:limit]
    return [as_line(entry) for entry in entries]


def lines_of(organisation: "Organisation", verbs: Iterable[str], *, limit: int = 50) -> list[Line]:
    """The newest entries of some kinds in one organisation as sentences; one query."""
    entries = Entry.objects.filter(organisation=organisation, verb__in=list(verbs))
    return [as_line(entry) for entry in entries.select_related("actor").order_by("-pk")[:limit]]


def as_line(entry: Entry) -> Line:
    actor = entry.actor.shown_name if entry.actor else "The system"
    return Line(at=entry.at, text=sentence(entry.verb, actor=actor, details=entry.details))
