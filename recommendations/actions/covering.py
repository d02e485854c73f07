"""Parts of the organisation that are covered, counts of them, and checks whether it lasts."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from organisations.models import User
from recommendations.actions.proving import (
    lock_to_prove,
    record_proof,
    record_taken_back,
    refuse_day,
)
from recommendations.enums import ActionKind
from recommendations.models import Action, CoverageCount, CoverageUnit, EmbeddingCheck
from recommendations.queries.proving import coordinates
from recommendations.refusals import (
    COVERED_STAYS,
    MORE_THAN_ALL,
    NO_SUCH_PART,
    OTHER_KIND,
    PART_THERE,
    TOO_MANY_PARTS,
    RecommendationRefused,
)

MOST_UNITS = 500


def _lock(action: Action, *, is_counted: bool, by: User) -> Action:
    locked = lock_to_prove(action, kind=ActionKind.COVERAGE, by=by)
    if locked.is_counted != is_counted:
        raise RecommendationRefused(OTHER_KIND)
    return locked


@transaction.atomic
def change_units(
    *, action: Action, add: Iterable[str], remove: Collection[UUID], by: User, now: datetime
) -> None:
    """List more parts, and take out some that are not ticked. Never a person.

    Owners list parts and coordinators take them out: otherwise ten of eleven would soon be all.
    Raises PermissionDenied for anybody else, and RecommendationRefused for a name that is listed,
    and for a part that is ticked or gone.
    """
    locked = _lock(action, is_counted=False, by=by)
    if remove:
        if not coordinates(locked.recommendation, by):
            raise PermissionDenied
        _remove(locked, set(remove), by=by, now=now)
    names = list(add)
    there = {name.casefold() for name in locked.units.values_list("name", flat=True)}
    for name in names:
        if name.casefold() in there:
            raise RecommendationRefused(PART_THERE % name)
        there.add(name.casefold())
    if len(there) > MOST_UNITS:
        raise RecommendationRefused(TOO_MANY_PARTS % MOST_UNITS)
    CoverageUnit.objects.bulk_create(CoverageUnit(action=locked, name=name) for name in names)
    if names:
        record_proof(locked, by=by, now=now, units=len(names))


def _remove(action: Action, remove: set[UUID], *, by: User, now: datetime) -> None:
    found = list(action.units.filter(pk__in=remove))
    if len(found) != len(remove):
        raise RecommendationRefused(NO_SUCH_PART)
    if any(unit.covered_on for unit in found):
        raise RecommendationRefused(COVERED_STAYS)
    action.units.filter(pk__in=remove).delete()
    record_taken_back(action, by=by, now=now, units=len(found))


@transaction.atomic
def cover_unit(
    *, unit: CoverageUnit, covered_on: date, note: str, by: User, now: datetime
) -> CoverageUnit:
    """Tick one part, or put right when it was covered and what was noted."""
    action = _lock(unit.action, is_counted=False, by=by)
    refuse_day(covered_on, now=now)
    locked = _unit(action, unit.pk)
    if (locked.covered_on, locked.note) == (covered_on, note):
        return locked
    locked.covered_on, locked.covered_by, locked.note = covered_on, by, note
    locked.save(update_fields=["covered_on", "covered_by", "note"])
    record_proof(action, by=by, now=now, unit=locked.pk)
    return locked


@transaction.atomic
def uncover_unit(*, unit: CoverageUnit, by: User, now: datetime) -> CoverageUnit:
    """Take the tick away; without one nothing changes."""
    action = _lock(unit.action, is_counted=False, by=by)
    locked = _unit(action, unit.pk)
    if locked.covered_on is None:
        return locked
    locked.covered_on, locked.covered_by, locked.note = None, None, ""
    locked.save(update_fields=["covered_on", "covered_by", "note"])
    record_taken_back(action, by=by, now=now, unit=locked.pk)
    return locked


def _unit(action: Action, pk: UUID) -> CoverageUnit:
    found = action.units.select_for_update(of=("self",)).filter(pk=pk).first()
    if found is None:
        raise RecommendationRefused(NO_SUCH_PART)
    return found


@transaction.atomic
def record_count(
    *, action: Action, covered: int, whole: int, counted_on: date, by: User, now: datetime
) -> CoverageCount:
    """How many of how many. A correction is a new count; the same one again adds nothing."""
    locked = _lock(action, is_counted=True, by=by)
    refuse_day(counted_on, now=now)
    if covered > whole:
        raise RecommendationRefused(MORE_THAN_ALL)
    newest = locked.counts.order_by("-counted_on", "-recorded_at", "-pk").first()
    said = (covered, whole, counted_on)
    if newest and (newest.covered, newest.whole, newest.counted_on) == said:
        return newest
    count: CoverageCount = locked.counts.create(
        covered=covered, whole=whole, counted_on=counted_on, by=by, recorded_at=now
    )
    record_proof(locked, by=by, now=now, count=count.pk)
    return count


@transaction.atomic
def record_check(
    *, action: Action, checked_on: date, in_place: bool, note: str, by: User, now: datetime
) -> EmbeddingCheck:
    """Whether it has become normal. A correction is a new check of the same day; the same one
    again adds nothing."""
    locked = lock_to_prove(action, kind=ActionKind.EMBEDDING, by=by)
    refuse_day(checked_on, now=now)
    latest = locked.checks.order_by("-recorded_at", "-pk").first()
    said = (checked_on, in_place, note)
    if latest and (latest.checked_on, latest.in_place, latest.note) == said:
        return latest
    check: EmbeddingCheck = locked.checks.create(
        checked_on=checked_on, in_place=in_place, note=note, by=by, recorded_at=now
    )
    record_proof(locked, by=by, now=now, check=check.pk)
    return check
