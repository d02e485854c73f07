"""Counts of one standing group as at one day and another, side by side."""

from collections.abc import Collection
from datetime import date
from itertools import groupby
from operator import itemgetter
from uuid import UUID

from django.db.models import QuerySet

from panels.enums import GatheringKind
from panels.models import Gathering, Snapshot, Tally
from panels.queries.counts import COUNTED, CountOnRecord, as_count_on_record


def days_counted(gathering: Gathering) -> QuerySet[Tally, date | None]:
    """Newest first."""
    dated = gathering.tallies.filter(as_at__isnull=False).order_by("-as_at")
    return dated.values_list("as_at", flat=True).distinct()


def counts_as_at(gathering: Gathering, days: Collection[date]) -> dict[date, CountOnRecord]:
    """The newest version of each day; one query for all of them."""
    kind = GatheringKind(gathering.kind)
    rows = (
        gathering.tallies.filter(as_at__in=days)
        .order_by("as_at", "version")
        .values_list("as_at", *COUNTED)
    )
    by_version = groupby(rows, key=itemgetter(0, 1))
    # The last version of a day comes last, and takes its place.
    return {
        day: as_count_on_record(kind, [row[1:] for row in tallies])
        for (day, _), tallies in by_version
    }


def snapshots_of(gathering: Gathering) -> QuerySet[Snapshot]:
    """Newest first: a standing group is locked anew as at each day."""
    return gathering.snapshots.select_related("locked_by").order_by("-number")


def typists_of(gathering: Gathering, versions: Collection[int]) -> dict[int, UUID | None]:
    """By version, the key of whoever typed it: None where nobody did. One query."""
    rows = gathering.tallies.filter(version__in=versions).order_by("version")
    return dict(rows.values_list("version", "entered_by").distinct())
