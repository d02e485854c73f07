"""Releasing figures over several events, once a quarter, never to be changed."""

from datetime import date, datetime, time
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from history.actions import record
from organisations.models import Organisation
from panels import pools
from panels.enums import Basis, CountingVerb, Definition, Measure
from panels.models import PooledGathering, PooledRelease
from panels.queries.over_time import PoolStamp, Waiting, may_have_a_pool, waiting_for_a_pool
from panels.standings import quarter_of
from panels.trends import quarter_before


def release_pools(*, now: datetime) -> int:
    """Of every organisation, for the quarter that has ended last: how many were released.

    What was too small then, or was missed, is in the pool of the next quarter.
    """
    this = quarter_of(timezone.localdate(now))
    return sum(
        _release_of(organisation, quarter_before(this), ended=this, now=now)
        for organisation in may_have_a_pool(before=this)
    )


@transaction.atomic
def _release_of(organisation: UUID, quarter: date, *, ended: date, now: datetime) -> int:
    """Locked, so that two runs at once do not release the same pool twice."""
    locked = Organisation.objects.select_for_update().get(pk=organisation)
    entered = timezone.make_aware(datetime.combine(ended, time.min))
    waiting = waiting_for_a_pool(locked, before=ended, entered=entered)
    done = _released_already(locked, quarter)
    made = [_freeze(locked, quarter, stamp, waiting, now) for stamp in waiting if stamp not in done]
    return sum(made)


def _released_already(organisation: Organisation, quarter: date) -> set[PoolStamp]:
    """A quarter that was released is released: no further pool of the same stamp follows."""
    found = organisation.pooled_releases.filter(quarter__gte=quarter)
    rows = found.values_list("measure", "definition", "basis", "rules_version")
    return {
        PoolStamp(Measure(measure), Definition(definition), Basis(basis), rules_version)
        for measure, definition, basis, rules_version in rows
    }


def _freeze(
    organisation: Organisation, quarter: date, stamp: PoolStamp, waiting: Waiting, now: datetime
) -> bool:
    found = pools.release([candidate for _, candidate in waiting[stamp]])
    if found is None:
        return False
    release = PooledRelease.objects.create(
        organisation=organisation,
        quarter=quarter,
        measure=stamp.measure,
        definition=stamp.definition,
        basis=stamp.basis,
        rules_version=stamp.rules_version,
        facts=found.figures.as_facts(),
        released_at=now,
    )
    PooledGathering.objects.bulk_create(
        PooledGathering(release=release, gathering_id=UUID(one.key), measure=stamp.measure)
        for one in found.pool
    )
    record(
        CountingVerb.POOL_RELEASED,
        subject=organisation,
        organisation=organisation,
        by=None,
        now=now,
    )
    return True
