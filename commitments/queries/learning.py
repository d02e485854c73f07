"""An organisation's shelf. A private note is read for the person who wrote it, and nobody else."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from commitments.enums import LearningVerb
from commitments.learning_rows import Suggestion
from commitments.models import LearningItem, LearningNote, WorkshopDate
from history.models import Entry
from organisations.models import Organisation, User


def shelf_of(
    organisation: Organisation, *, reader: User, today: date, kind: str = "", text: str = ""
) -> QuerySet[LearningItem]:
    """Newest first, each with `next_on` and whether the reader has a note on it (`has_note`)."""
    coming = WorkshopDate.objects.filter(item=OuterRef("pk"), held_on__gte=today)
    own = LearningNote.objects.filter(item=OuterRef("pk"), person=reader)
    found = organisation.learning_items.select_related("suggested_by").annotate(
        next_on=Subquery(coming.order_by("held_on").values("held_on")[:1]), has_note=Exists(own)
    )
    if kind:
        found = found.filter(kind=kind)
    for word in text.split():
        found = found.filter(Q(title__icontains=word) | Q(creator__icontains=word))
    return found.order_by("-created_at", "-id")


def items_of(organisation: Organisation) -> QuerySet[LearningItem]:
    return organisation.learning_items.select_related("suggested_by")


def note_of(item: LearningItem, *, person: User) -> str:
    """The person's own words; nobody else's can be asked for."""
    found = item.notes.filter(person=person).values_list("text", flat=True).first()
    return found or ""


def others_notes(item: LearningItem, *, person: User) -> int:
    """How many other people would lose a note with the entry; never whose, never what."""
    return item.notes.exclude(person=person).count()


@dataclass(frozen=True)
class Dates:
    coming: list[WorkshopDate]
    past: list[WorkshopDate]


def dates_of(item: LearningItem, *, today: date) -> Dates:
    """Those to come, the next first; those past, the last first. One query."""
    found = list(item.dates.order_by("held_on", "starts_at"))
    coming = [one for one in found if one.held_on >= today]
    return Dates(coming=coming, past=[one for one in reversed(found) if one.held_on < today])


def last_saved_by(item: LearningItem) -> str:
    """Who changed an entry last, by the name they show."""
    changes = Entry.objects.about(item).filter(verb=LearningVerb.CHANGED)
    newest = changes.select_related("actor").first()
    return newest.actor.shown_name if newest and newest.actor else item.suggested_by.shown_name


def on_shelf(organisation: Organisation) -> set[tuple[str, str, str]]:
    """What is there already, as `Suggestion.same_as` compares it."""
    rows = organisation.learning_items.values_list("kind", "title", "creator")
    return {(kind, title.casefold(), creator.casefold()) for kind, title, creator in rows}


@dataclass(frozen=True)
class Planned:
    """What would become of one row of a file."""

    row: int
    suggestion: Suggestion
    is_new: bool
    same_as_row: int | None = None

    @property
    def becomes(self) -> str:
        if self.is_new:
            return "New"
        return f"Same as row {self.same_as_row}" if self.same_as_row else "There already"


def plan_of(organisation: Organisation, rows: Iterable[tuple[int, Suggestion]]) -> list[Planned]:
    """What is on the shelf, or above in the same file, is not added again. One query."""
    there = on_shelf(organisation)
    seen: dict[tuple[str, str, str], int] = {}
    planned = []
    for number, suggestion in rows:
        key = suggestion.same_as
        is_new = key not in there and key not in seen
        planned.append(Planned(number, suggestion, is_new, seen.get(key)))
        seen.setdefault(key, number)
    return planned
