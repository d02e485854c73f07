"""Where recommendations come from: adding a source, changing it, and a plan pasted line by line."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from history.actions import record
from organisations.models import Organisation, User
from recommendations.actions.locking import record_about, record_step
from recommendations.actions.revisions import key_of
from recommendations.enums import RecommendationVerb, SourceVerb
from recommendations.models import Action, Recommendation, Source
from recommendations.pasted_plan import PlanLine, next_references
from recommendations.planning import why_not_begin
from recommendations.refusals import EARLIER_DATES, NOT_A_MEMBER, RecommendationRefused
from ui.dates import in_full


@transaction.atomic
def add_source(
    *, organisation: Organisation, details: Mapping[str, Any], page: UUID, by: User, now: datetime
) -> Source:
    """The same page sent twice makes one source."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    pk = key_of(page, organisation.pk, by.pk)
    if there := organisation.sources.filter(pk=pk).first():
        return there
    source = Source.objects.create(pk=pk, organisation=organisation, created_at=now, **details)
    record_source(SourceVerb.SOURCE_ADDED, source, by=by, now=now)
    return source


@transaction.atomic
def edit_source(*, source: Source, changed: Mapping[str, Any], by: User, now: datetime) -> Source:
    """`changed`: what somebody typed anew, so that two at once do not undo each other.

    Raises RecommendationRefused where a date of it is earlier than the day it began.
    """
    locked = lock_source(source)
    different = {name: new for name, new in changed.items() if getattr(locked, name) != new}
    if not different:
        return locked
    if began_on := different.get("began_on"):
        _refuse_earlier_dates(locked, began_on)
    for name, value in different.items():
        setattr(locked, name, value)
    locked.save(update_fields=list(different))
    record_source(SourceVerb.SOURCE_EDITED, locked, by=by, now=now)
    return locked


@transaction.atomic
def add_pasted_plan(
    *,
    organisation: Organisation,
    details: Mapping[str, Any],
    lines: Sequence[PlanLine],
    page: UUID,
    by: User,
    now: datetime,
) -> Source:
    """A source with one recommendation and one action for each line; the same page twice, once.

    Raises RecommendationRefused for a lead who has left, or a date that cannot be, since the page
    was shown.
    """
    source = add_source(organisation=organisation, details=details, page=page, by=by, now=now)
    if source.recommendations.exists():
        return source
    _refuse_strangers(organisation, lines)
    today = timezone.localdate(now)
    references = next_references(set(), len(lines))
    for position, (line, reference) in enumerate(zip(lines, references, strict=True), 1):
        if line.day and (why := why_not_begin(line.day, today=today, began_on=source.began_on)):
            raise RecommendationRefused(why)
        made = Recommendation.objects.create(
            organisation=organisation, source=source, reference=reference, position=position,
            title=line.title, text=line.title, created_at=now,
        )  # fmt: skip
        record_about(RecommendationVerb.ADOPTED, made, by=by, now=now)
        _add_step(made, line, by=by, now=now)
    return source


def _refuse_strangers(organisation: Organisation, lines: Sequence[PlanLine]) -> None:
    leads = {line.lead.pk for line in lines if line.lead}
    if organisation.memberships.current().filter(user__in=leads).count() != len(leads):
        raise RecommendationRefused(NOT_A_MEMBER)


def _add_step(made: Recommendation, line: PlanLine, *, by: User, now: datetime) -> None:
    suggested = line.suggested
    action = Action.objects.create(
        recommendation=made,
        position=1,
        title=line.title,
        kind=suggested.kind,
        every_months=suggested.every_months,
        occurrences_needed=suggested.occurrences_needed,
        unit=suggested.unit,
        responsible_owner_id=line.lead.pk if line.lead else None,
        target_date=line.day,
    )
    if line.lead:
        verb = RecommendationVerb.OWNER_SET
        record_step(verb, made, action, by=by, now=now, user=line.lead.pk)
    if line.day:
        record_step(RecommendationVerb.DATE_SET, made, action, by=by, now=now, date=line.day)


def lock_source(source: Source) -> Source:
    """Held by whoever adds to it or names references in it."""
    return (
        Source.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=source.pk)
    )


def next_position(source: Source) -> int:
    return (source.recommendations.aggregate(last=Max("position"))["last"] or 0) + 1


def _refuse_earlier_dates(source: Source, began_on: date) -> None:
    """A date may stand as it was first accepted, so the original counts too."""
    actions = Action.objects.filter(recommendation__source=source).select_related("recommendation")
    for name in ("target_date", "original_date"):
        earlier = actions.filter(**{f"{name}__lt": began_on}).order_by(name).first()
        if earlier is not None:
            day: date = getattr(earlier, name)
            raise RecommendationRefused(EARLIER_DATES % (str(earlier.recommendation), in_full(day)))


def record_source(
    verb: SourceVerb, source: Source, *, by: User, now: datetime, **details: object
) -> None:
    record(verb, subject=source, organisation=source.organisation, by=by, now=now, **details)
