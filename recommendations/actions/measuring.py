"""Indicators, and the figures that are recorded for them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from history.actions import record
from organisations.models import Organisation, User
from recommendations.actions.linking import Linked, set_links
from recommendations.actions.revisions import key_of, refuse_if_moved_on
from recommendations.enums import EditedField, RegisterVerb
from recommendations.measured import Typed, why_not_record
from recommendations.models import Indicator, Reading, Recommendation
from recommendations.refusals import (
    COUNTS_PEOPLE,
    DEFINITION_CHANGED,
    NAME_TAKEN,
    RETIRED,
    RecommendationRefused,
)

COUNTED_BY = ("definition", "is_share", "unit")
"""A change of these makes figures that no longer compare with those before."""
GROUPS = {
    EditedField.DETAILS: ("kind", "name", "source", "better", "counts_people", *COUNTED_BY),
    EditedField.BASELINE: ("baseline", "baseline_on"),
    EditedField.TARGET: ("target", "target_on"),
}


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
    _refuse_to_uncover(locked, details)
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
    told = {"is_share": locked.is_share, "counts_people": locked.counts_people}
    if why := why_not_record(rows, **told, as_at=as_at, today=today):
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


def _refuse_to_uncover(locked: Indicator, details: dict[str, Any]) -> None:
    """As something else, numbers of people that nobody may see would be shown."""
    keeps = details.get("counts_people", locked.counts_people)
    if locked.counts_people and not keeps and locked.readings.exclude(value=None).exists():
        raise RecommendationRefused(COUNTS_PEOPLE)


def _refuse_taken(organisation: Organisation, name: str) -> None:
    if organisation.indicators.filter(name=name, retired_at=None).exists():
        raise RecommendationRefused(NAME_TAKEN)


def _link(indicator: Indicator, linked: Linked) -> bool:
    ours = Recommendation.objects.filter(organisation=indicator.organisation)
    return set_links(indicator.recommendations, linked, of=ours)


def _record(
    verb: RegisterVerb, indicator: Indicator, *, by: User, now: datetime, **details: object
) -> None:
    record(verb, subject=indicator, organisation=indicator.organisation, by=by, now=now, **details)
