"""Reading counts as facts for the rules."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from organisations.models import User
from panels import audit
from panels.enums import Basis, Counted, Definition, GatheringKind, Measure, Part
from panels.models import Gathering, Tally
from panels.thresholds import Thresholds

FACTS = ("part", "counted", "measure", "yes", "no", "unknown", "basis", "definition")
"""What the rules need of a tally, in the order of `as_fact`."""
COUNTED = ("version", "entered_by_id", *FACTS)
"""What a list reads of a hundred of them."""


@dataclass(frozen=True)
class CountOnRecord:
    """The newest count of one gathering, and who typed it."""

    version: int
    typed_by_id: UUID
    line_up: audit.LineUp

    def was_typed_by(self, user: User) -> bool:
        return self.typed_by_id == user.pk

    @property
    def result(self) -> audit.LineUpAudit:
        return audit.audit_line_up(self.line_up, Thresholds())


@dataclass(frozen=True)
class Entered:
    """One version of a count: when and by whom, without its numbers."""

    version: int
    at: datetime
    name: str


def newest_tallies(gatherings: Collection[UUID]) -> QuerySet[Tally]:
    """All rows of each gathering's newest count: what was typed together has one version."""
    newest = (
        Tally.objects.filter(gathering=OuterRef("gathering"))
        .order_by("-version")
        .values("version")[:1]
    )
    return Tally.objects.filter(gathering__in=gatherings, version=Subquery(newest)).order_by(
        "gathering_id"
    )


def counts_on_record(gatherings: Iterable[Gathering]) -> dict[UUID, CountOnRecord]:
    """The newest count of each gathering that has one; one query for all of them."""
    kinds = {gathering.pk: GatheringKind(gathering.kind) for gathering in gatherings}
    rows = newest_tallies(kinds.keys()).values_list("gathering_id", *COUNTED)
    return {
        pk: _count_on_record(kinds[pk], [row[1:] for row in tallies])
        for pk, tallies in groupby(rows, key=itemgetter(0))
    }


def count_on_record(gathering: Gathering) -> CountOnRecord | None:
    return counts_on_record([gathering]).get(gathering.pk)


def versions_of(gathering: Gathering) -> list[Entered]:
    """Every version of the count, newest first; one query."""
    rows = (
        gathering.tallies.order_by("-version")
        .values_list("version", "entered_at", "entered_by__display_name")
        .distinct()
    )
    return [Entered(version, at, name or "Somebody") for version, at, name in rows]


def _count_on_record(kind: GatheringKind, rows: list[tuple[Any, ...]]) -> CountOnRecord:
    """Each row has the fields of COUNTED."""
    version, typed_by_id = rows[0][:2]
    line_up = audit.LineUp(kind, tuple(as_fact(*row[2:]) for row in rows))
    return CountOnRecord(version=version, typed_by_id=typed_by_id, line_up=line_up)


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
    return audit.Tally(
        part=Part(part),
        counted=Counted(counted),
        measure=Measure(measure),
        count=audit.Count(yes, no, unknown),
        basis=Basis(basis),
        definition=Definition(definition),
    )
