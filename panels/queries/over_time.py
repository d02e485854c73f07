"""Reading years of gatherings: added up by the database, and those that wait for a pool."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from django.db.models import Count, F, OuterRef, Q, Subquery

from organisations.models import Organisation
from panels import audit, pools
from panels.audit import STANDING_GROUPS
from panels.enums import Basis, Definition, GatheringKind, Measure, Part, Verdict
from panels.models import Gathering, PooledGathering, PooledRelease, Standing, Tally
from panels.queries.counts import FACTS, as_fact
from panels.thresholds import Thresholds
from panels.trends import Group

ALIKE = (
    "quarter", "kind", "measure", "part", "verdict", "is_exact", "basis", "definition",
    "rules_version",
)  # fmt: skip
RELEASES_SHOWN = 16


def groups_of(organisation: Organisation, *, first: date, last: date) -> list[Group]:
    """What each quarter shows, both ends included; one query, from the index alone."""
    found = (
        Standing.objects.filter(organisation=organisation, quarter__range=(first, last))
        .values_list(*ALIKE)
        .annotate(gatherings=Count("*"))
        .order_by()
    )
    return [_group(*row) for row in found]


def _group(
    quarter: date,
    kind: str,
    measure: str,
    part: str,
    verdict: str,
    is_exact: bool,
    basis: str,
    definition: str,
    rules_version: str,
    gatherings: int,
) -> Group:
    return Group(
        quarter=quarter,
        kind=GatheringKind(kind),
        measure=Measure(measure),
        part=Part(part),
        verdict=Verdict(verdict),
        is_exact=is_exact,
        basis=Basis(basis),
        definition=Definition(definition),
        rules_version=rules_version,
        gatherings=gatherings,
    )


def has_figures_before(organisation: Organisation, quarter: date) -> bool:
    return Standing.objects.filter(organisation=organisation, quarter__lt=quarter).exists()


def releases_of(organisation: Organisation) -> list[PooledRelease]:
    """The newest first."""
    found = organisation.pooled_releases.order_by("-quarter", "measure", "pk")
    return list(found[:RELEASES_SHOWN])


# Pools


@dataclass(frozen=True)
class PoolStamp:
    """What the counts of one pool have in common."""

    measure: Measure
    definition: Definition
    basis: Basis
    rules_version: str


Waiting = dict[PoolStamp, list[tuple[UUID, pools.Candidate]]]


def waiting_for_a_pool(organisation: Organisation, *, before: date, entered: datetime) -> Waiting:
    """By stamp, oldest first: everything held `before` that day, as counted up to that moment.

    Later counts change nothing here, so that asking again on another day answers the same.
    """
    found: Waiting = defaultdict(list)
    pooled = _pooled(organisation)
    for pk, kind, rows in _counted(organisation, before=before, entered=entered):
        rules_version = rows[0][0]
        line_up = audit.LineUp(kind, tuple(as_fact(*row[1:]) for row in rows))
        judged = audit.audit_line_up(line_up, Thresholds())
        for one in (judged.women, judged.minoritised):
            candidate = pools.candidate(str(pk), one)
            if candidate and one.whole and (pk, one.measure.value) not in pooled:
                tally = one.whole.tally
                stamp = PoolStamp(one.measure, tally.definition, tally.basis, rules_version)
                found[stamp].append((pk, candidate))
    return found


def _pooled(organisation: Organisation) -> set[tuple[UUID, str]]:
    rows = PooledGathering.objects.filter(gathering__organisation=organisation)
    return set(rows.values_list("gathering", "measure"))


def _counted(
    organisation: Organisation, *, before: date, entered: datetime
) -> Iterator[tuple[UUID, GatheringKind, list[tuple[Any, ...]]]]:
    """The count that each gathering had then; of a standing group, of the latest day till then."""
    then = Tally.objects.filter(entered_at__lt=entered).filter(
        Q(as_at=None) | Q(as_at__lt=before) | ~Q(gathering__kind__in=STANDING_GROUPS)
    )
    newest = (
        then.filter(gathering=OuterRef("gathering"))
        .order_by(F("as_at").desc(nulls_last=True), "-version")
        .values("version")[:1]
    )
    rows = (
        then.filter(version=Subquery(newest), gathering__organisation=organisation)
        .filter(Q(gathering__held_on__lt=before) | Q(gathering__kind__in=STANDING_GROUPS))
        .order_by("gathering__held_on", "gathering_id")
        .values_list("gathering_id", "gathering__kind", "rules_version", *FACTS)
    )
    for pk, tallies in groupby(rows, key=itemgetter(0)):
        found = list(tallies)
        yield pk, GatheringKind(found[0][1]), [row[2:] for row in found]


def may_have_a_pool(*, before: date) -> list[UUID]:
    """Organisations with as many gatherings as the smallest pool has that are in none yet."""
    counted = Gathering.objects.filter(counted_at__isnull=False).filter(
        Q(held_on__lt=before) | Q(kind__in=STANDING_GROUPS)
    )
    waiting = counted.annotate(measures=Count("pooled")).filter(measures__lt=len(Measure))
    many = (
        Gathering.objects.filter(pk__in=waiting.values("pk"))
        .values("organisation")
        .annotate(gatherings=Count("pk"))
        .filter(gatherings__gte=pools.MINIMUM_GATHERINGS)
    )
    return sorted(many.values_list("organisation", flat=True))
