"""Keeping what each count shows, judged once, for the figures over the years."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from django.db import transaction

from panels.enums import GatheringKind
from panels.models import Gathering, Standing
from panels.queries.counts import CountOnRecord, counts_on_record
from panels.standings import day_it_speaks_for, quarter_of, standing_facts

AT_ONCE = 500
"""Gatherings judged in one transaction."""


@transaction.atomic
def write_standings(gatherings: Sequence[Gathering]) -> int:
    """Judge the newest count of each anew, in place of what was kept of it. How many rows."""
    counts = counts_on_record(gatherings)
    Standing.objects.filter(gathering__in=gatherings).delete()
    rows = [row for one in gatherings if one.pk in counts for row in standings(one, counts[one.pk])]
    return len(Standing.objects.bulk_create(rows))


def standings(gathering: Gathering, count: CountOnRecord) -> Iterator[Standing]:
    kind = GatheringKind(gathering.kind)
    day = day_it_speaks_for(kind, held_on=gathering.held_on, as_at=count.as_at)
    for fact in standing_facts(count.result):
        yield Standing(
            gathering=gathering,
            organisation_id=gathering.organisation_id,
            quarter=quarter_of(day),
            kind=kind,
            part=fact.part,
            measure=fact.measure,
            verdict=fact.verdict,
            is_exact=fact.is_exact,
            basis=fact.basis,
            definition=fact.definition,
            rules_version=fact.rules_version,
        )


def judge_again() -> tuple[int, int]:
    """Every gathering with a count, whatever was kept before: so many, and so many rows.

    Each is locked while it is judged, so that a count that is entered meanwhile is not lost.
    """
    counted = Gathering.objects.filter(counted_at__isnull=False)
    keys = list(counted.order_by("pk").values_list("pk", flat=True))
    rows = 0
    for start in range(0, len(keys), AT_ONCE):
        rows += _judge(keys[start : start + AT_ONCE])
    return len(keys), rows


@transaction.atomic
def _judge(keys: Sequence[UUID]) -> int:
    locked = Gathering.objects.select_for_update().filter(pk__in=keys).order_by("pk")
    return write_standings(list(locked))
