"""Reading counts as facts for the rules."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db.models import F, QuerySet, Window
from django.db.models.functions import FirstValue

from organisations.models import User
from panels import audit
from panels.enums import Basis, Counted, Definition, GatheringKind, Measure, Part
from panels.models import Gathering, Tally
from panels.thresholds import Thresholds

FACTS = ("part", "counted", "measure", "yes", "no", "unknown", "basis", "definition")
"""What the rules need of a tally, in the order of `as_fact`."""
COUNTED = ("version", "as_at", "entered_by_id", *FACTS)
"""What a list reads of a hundred of them."""
EACH_OF_THEM = "The people on it"
"""Who entered a count that they declared themselves."""


@dataclass(frozen=True)
class CountOnRecord:
    """One count of a gathering, and who typed it: nobody where people declared it themselves."""

    version: int
    as_at: date | None
    typed_by_id: UUID | None
    line_up: audit.LineUp

    def was_typed_by(self, user: User) -> bool:
        return self.typed_by_id is not None and self.typed_by_id == user.pk

    @property
    def result(self) -> audit.LineUpAudit:
        return audit.audit_line_up(self.line_up, Thresholds())


@dataclass(frozen=True)
class Entered:
    """One version of a count: when and by whom, without its numbers."""

    version: int
    at: datetime
    name: str
    as_at: date | None = None


def newest_tallies(gatherings: Collection[UUID]) -> QuerySet[Tally]:
    """All rows of each gathering's newest count: what was typed together has one version.

    Of a standing group the newest is as at the latest day, whenever it was entered.
    Narrowed further, the newest of fewer rows would be found.
    """
    newest = Window(
        FirstValue("version"),
        partition_by="gathering_id",
        order_by=[F("as_at").desc(nulls_last=True), F("version").desc()],
    )
    found = Tally.objects.filter(gathering__in=gatherings).annotate(newest=newest)
    return found.filter(version=F("newest")).order_by("gathering_id")


def counts_on_record(gatherings: Iterable[Gathering]) -> dict[UUID, CountOnRecord]:
    """The newest count of each gathering that has one; one query for all of them."""
    kinds = {gathering.pk: GatheringKind(gathering.kind) for gathering in gatherings}
    rows = newest_tallies(kinds.keys()).values_list("gathering_id", *COUNTED)
    return {
        pk: as_count_on_record(kinds[pk], [row[1:] for row in tallies])
        for pk, tallies in groupby(rows, key=itemgetter(0))
    }


def count_on_record(gathering: Gathering) -> CountOnRecord | None:
    return counts_on_record([gathering]).get(gathering.pk)


def count_as_it_stands(gathering: Gathering) -> CountOnRecord | None:
    """The newest count, unless a standing group has moved on to a day nobody has counted yet."""
    count = count_on_record(gathering)
    if count and gathering.is_standing and count.as_at != gathering.held_on:
        return None
    return count


def versions_of(gathering: Gathering) -> list[Entered]:
    """Every version of the count, newest first; one query."""
    rows = (
        gathering.tallies.order_by("-version")
        .values_list("version", "entered_at", "entered_by", "entered_by__display_name", "as_at")
        .distinct()
    )
    return [
        Entered(version, at, (name or "Somebody") if by else EACH_OF_THEM, as_at)
        for version, at, by, name, as_at in rows
    ]


def as_count_on_record(kind: GatheringKind, rows: list[tuple[Any, ...]]) -> CountOnRecord:
    """Each row has the fields of COUNTED."""
    version, as_at, typed_by_id = rows[0][:3]
    line_up = audit.LineUp(kind, tuple(as_fact(*row[3:]) for row in rows))
    return CountOnRecord(version, as_at, typed_by_id, line_up)


def as_fact(
    part: str,
    counted: str,
    measure: str,
    yes: int,
    no: int,
    unknown: int,
    basis: str,
    definition: str,
) -> audit.Tally:
    words = _words(part, counted, measure, basis, definition)
    return audit.Tally(*words[:3], audit.Count(yes, no, unknown), *words[3:])


@lru_cache(maxsize=256)
def _words(
    part: str, counted: str, measure: str, basis: str, definition: str
) -> tuple[Part, Counted, Measure, Basis, Definition]:
    """Kept, because there are few of them and finding each again takes half of reading a row."""
    return Part(part), Counted(counted), Measure(measure), Basis(basis), Definition(definition)
