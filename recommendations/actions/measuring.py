"""Indicators, and the figures that are recorded for them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from history.actions import record
from organisations.models import Organisation, User
from recommendations.actions.revisions import key_of, refuse_if_moved_on
from recommendations.enums import EditedField, RegisterVerb
from recommendations.measured import Typed, why_not_record
from recommendations.models import Indicator, Reading, Recommendation
from recommendations.refusals import DEFINITION_CHANGED, NAME_TAKEN, RETIRED, RecommendationRefused

COUNTED_BY = ("definition", "is_share", "unit")
"""A change of these makes figures that no longer compare with those before."""
GROUPS = {
    EditedField.DETAILS: ("kind", "name", "source", "better", *COUNTED_BY),
    EditedField.BASELINE: ("baseline", "baseline_on"),
    EditedField.TARGET: ("target", "target_on"),
}


@dataclass(frozen=True)
class Linked:
    """What was ticked of what the page offered; links that it did not offer stay."""

    offered: frozenset[UUID]
    chosen: frozenset[UUID]


@transaction.atomic
def add_indicator(
    *,
    organisation: Organisation,
    details: dict[str, Any],
    linked: Linked,
    page: UUID,
    by: User,
    now: datetime,
) -> Indicator:
    """Raises RecommendationRefused for a name that is measured already."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    pk = key_of(page, organisation.pk, by.pk)
    if there := organisation.indicators.filter(pk=pk).first():
        return there
    _refuse_taken(organisation, details["name"])
    made = Indicator.objects.create(pk=pk, organisation=organisation, created_at=now, **details)
    _link(made, linked)
    _record(RegisterVerb.INDICATOR_ADDED, made, by=by, now=now)
    return made


@transaction.atomic
def edit_indicator(
    *,
    indicator: Indicator,
    details: dict[str, Any],
    linked: Linked,
    over_revision: int,
    by: User,
    now: datetime,
) -> Indicator:
    """Raises MovedOnError where somebody saved meanwhile, RecommendationRefused once retired."""
    Organisation.objects.select_for_update().get(pk=indicator.organisation_id)
    locked = _locked(indicator)
    refuse_if_moved_on(locked, over_revision=over_revision)
    if details["name"] != locked.name:
        _refuse_taken(locked.organisation, details["name"])
    changed = [name for name, value in details.items() if getattr(locked, name) != value]
    fields = [group for group, names in GROUPS.items() if set(names) & set(changed)]
    if set(changed) & set(COUNTED_BY):
        locked.stamp += 1
    for name in changed:
        setattr(locked, name, details[name])
    if _link(locked, linked):
        fields.append(EditedField.LINKS)
    if not fields:
        return locked
    locked.revision += 1
    locked.save()
    for field in fields:
        _record(RegisterVerb.INDICATOR_EDITED, locked, by=by, now=now, field=field)
    return locked


@transaction.atomic
def record_readings(
    *,
    indicator: Indicator,
    as_at: date,
    rows: Sequence[Typed],
    source: str,
    page: UUID,
    stamp: int,
    by: User,
    now: datetime,
) -> list[Reading]:
    """All figures of one day, in place of any before. The same page sent twice makes one set.

    `stamp`: of the definition that the page showed. Raises RecommendationRefused.
    """
    locked = _locked(indicator)
    keys = [key_of(page, locked.pk, by.pk, row.category) for row in rows]
    if there := list(Reading.objects.filter(pk__in=keys)):
        return there
    today = timezone.localdate(now)
    if why := why_not_record(rows, is_share=locked.is_share, as_at=as_at, today=today):
        raise RecommendationRefused(why)
    if stamp != locked.stamp:
        raise RecommendationRefused(DEFINITION_CHANGED)
    made = Reading.objects.bulk_create(
        Reading(
            pk=key, indicator=locked, as_at=as_at, category=row.category, part=row.part,
            whole=row.whole, value=row.value, stamp=locked.stamp, source=source, by=by,
            recorded_at=now,
        )
        for key, row in zip(keys, rows, strict=True)
    )  # fmt: skip
    _record(RegisterVerb.INDICATOR_READ, locked, by=by, now=now)
    return made


@transaction.atomic
def retire_indicator(*, indicator: Indicator, by: User, now: datetime) -> Indicator:
    """Its figures stay to be read; a second time changes nothing."""
    locked = Indicator.objects.select_for_update(of=("self",)).get(pk=indicator.pk)
    if locked.retired_at is None:
        locked.retired_at = now
        locked.save(update_fields=["retired_at"])
        _record(RegisterVerb.INDICATOR_RETIRED, locked, by=by, now=now)
    return locked


def _locked(indicator: Indicator) -> Indicator:
    locked = (
        Indicator.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=indicator.pk)
    )
    if locked.retired_at:
        raise RecommendationRefused(RETIRED)
    return locked


def _refuse_taken(organisation: Organisation, name: str) -> None:
    if organisation.indicators.filter(name=name, retired_at=None).exists():
        raise RecommendationRefused(NAME_TAKEN)


def _link(indicator: Indicator, linked: Linked) -> bool:
    """Only recommendations of the same organisation; whether anything changed."""
    before = set(indicator.recommendations.values_list("pk", flat=True))
    wanted = (before - linked.offered) | _of(indicator.organisation, linked.chosen)
    indicator.recommendations.set(list(wanted))  # type: ignore[arg-type]
    return wanted != before


def _of(organisation: Organisation, keys: Iterable[UUID]) -> set[UUID]:
    found = Recommendation.objects.filter(organisation=organisation, pk__in=keys)
    return set(found.values_list("pk", flat=True))


def _record(
    verb: RegisterVerb, indicator: Indicator, *, by: User, now: datetime, **details: object
) -> None:
    record(verb, subject=indicator, organisation=indicator.organisation, by=by, now=now, **details)
