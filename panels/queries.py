"""Reading events and groups, and their counts as facts for the rules."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from uuid import UUID

from django.db.models import OuterRef, QuerySet, Subquery

from organisations.models import Organisation, User
from panels import audit
from panels.enums import Basis, Counted, Definition, GatheringKind, Measure, Part
from panels.models import Gathering, GatheringQuerySet, Tally
from panels.thresholds import Thresholds


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


def gatherings_of(
    organisation: Organisation, *, kind: str = "", text: str = ""
) -> GatheringQuerySet:
    found: GatheringQuerySet = organisation.gatherings.newest_first()
    if kind:
        found = found.filter(kind=kind)
    return found.matching(text) if text else found


def newest_tallies(gatherings: Iterable[Gathering]) -> QuerySet[Tally]:
    """All rows of each gathering's newest count: what was typed together has one version."""
    newest = (
        Tally.objects.filter(gathering=OuterRef("gathering"))
        .order_by("-version")
        .values("version")[:1]
    )
    return Tally.objects.filter(gathering__in=list(gatherings), version=Subquery(newest)).order_by(
        "gathering_id"
    )


def counts_on_record(gatherings: Iterable[Gathering]) -> dict[UUID, CountOnRecord]:
    """The newest count of each gathering that has one; one query for all of them."""
    kinds = {gathering.pk: GatheringKind(gathering.kind) for gathering in gatherings}
    rows = newest_tallies(Gathering(pk=pk) for pk in kinds)
    return {
        pk: _count_on_record(kinds[pk], list(tallies))
        for pk, tallies in groupby(rows, key=lambda tally: tally.gathering_id)
    }


def count_on_record(gathering: Gathering) -> CountOnRecord | None:
    return counts_on_record([gathering]).get(gathering.pk)


def versions_of(gathering: Gathering) -> list[Entered]:
    """Every version of the count, newest first; one query."""
    rows = (
        gathering.tallies.order_by("-version")
        .values_list("version", "entered_at", "entered_by__display_name", "entered_by__email")
        .distinct()
    )
    return [Entered(version, at, name or email) for version, at, name, email in rows]


def _count_on_record(kind: GatheringKind, tallies: list[Tally]) -> CountOnRecord:
    return CountOnRecord(
        version=tallies[0].version,
        typed_by_id=tallies[0].entered_by_id,
        line_up=audit.LineUp(kind, tuple(_fact(tally) for tally in tallies)),
    )


def _fact(tally: Tally) -> audit.Tally:
    return audit.Tally(
        part=Part(tally.part),
        counted=Counted(tally.counted),
        measure=Measure(tally.measure),
        count=audit.Count(tally.yes, tally.no, tally.unknown),
        basis=Basis(tally.basis),
        definition=Definition(tally.definition),
    )
