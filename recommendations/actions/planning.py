"""Writing a recommendation down, and changing what was written of it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from organisations.models import User
from recommendations.actions.locking import lock_open, record_about
from recommendations.actions.revisions import key_of, refuse_if_moved_on
from recommendations.actions.sources import lock_source, next_position
from recommendations.enums import EditedField, RecommendationVerb
from recommendations.models import Recommendation, Source, Theme
from recommendations.refusals import REFERENCE_TAKEN, ReferenceTakenError
from recommendations.sorting import SORTED_BY, change_of

FIELDS = {
    "title": EditedField.TITLE,
    "text": EditedField.TEXT,
    "reference": EditedField.REFERENCE,
    "theme": EditedField.THEME,
    "is_finding": EditedField.DETAILS,
    "level": EditedField.LEVEL,
    "horizon": EditedField.HORIZON,
    "phase": EditedField.PHASE,
}
"""What can be edited, and the word by which history tells of it."""


@transaction.atomic
def add_recommendation(
    *,
    source: Source,
    details: Mapping[str, Any],
    new_theme: str = "",
    page: UUID,
    by: User,
    now: datetime,
) -> Recommendation:
    """Raises ReferenceTakenError. The same page twice makes one."""
    locked = lock_source(source)
    pk = key_of(page, locked.pk, by.pk)
    if there := locked.recommendations.filter(pk=pk).first():
        return there
    refuse_taken(locked, details["reference"])
    values = dict(details)
    if new_theme:
        values["theme"] = theme_called(locked, new_theme)
    made = Recommendation.objects.create(
        pk=pk,
        organisation=locked.organisation,
        source=locked,
        position=next_position(locked),
        created_at=now,
        **values,
    )
    record_about(RecommendationVerb.ADOPTED, made, by=by, now=now)
    return made


@transaction.atomic
def edit_recommendation(
    *,
    recommendation: Recommendation,
    details: Mapping[str, Any],
    new_theme: str = "",
    over_revision: int,
    by: User,
    now: datetime,
) -> Recommendation:
    """One entry of history for each field. What stays the same writes nothing.

    Raises MovedOnError where somebody saved meanwhile, RecommendationRefused for a reference that
    is taken and once it is closed.
    """
    source = lock_source(recommendation.source)
    locked = lock_open(recommendation)
    refuse_if_moved_on(locked, over_revision=over_revision)
    values = dict(details)
    if new_theme:
        values["theme"] = theme_called(source, new_theme)
    return write(locked, values, by=by, now=now)


def write(
    locked: Recommendation, values: Mapping[str, Any], *, by: User, now: datetime
) -> Recommendation:
    """To a recommendation, and its source, that this transaction holds."""
    changed = [name for name, value in values.items() if getattr(locked, name) != value]
    if not changed:
        return locked
    if "reference" in changed:
        refuse_taken(locked.source, values["reference"])
    before = {name: _key(getattr(locked, name)) for name in changed if name in SORTED_BY}
    for name in changed:
        setattr(locked, name, values[name])
    locked.revision += 1
    locked.save(update_fields=[*changed, "revision"])
    for name in changed:
        verb, field = RecommendationVerb.EDITED, FIELDS[name]
        keys = change_of(name, before[name], _key(values[name])) if name in before else {}
        record_about(verb, locked, by=by, now=now, field=field, **keys)
    return locked


def _key(value: object) -> str:
    """Never a word that somebody typed."""
    found = value.pk if isinstance(value, Theme) else value
    return "" if found is None else str(found)


def refuse_taken(source: Source, reference: str) -> None:
    if there := source.recommendations.filter(reference=reference).first():
        raise ReferenceTakenError(REFERENCE_TAKEN % (reference, there.title))


def theme_called(source: Source, title: str) -> Theme:
    """The chapter of this name, made where there is none; the source is held."""
    if there := source.themes.filter(title__iexact=title).first():
        return there
    last = source.themes.aggregate(last=Max("position"))["last"] or 0
    return Theme.objects.create(source=source, position=last + 1, title=title)
