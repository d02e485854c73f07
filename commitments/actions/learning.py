"""The shelf: entries, the dates of workshops, and notes that people keep for themselves."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from commitments import workshops
from commitments.actions.ledger import refuse
from commitments.actions.revisions import next_revision
from commitments.enums import LearningKind, LearningVerb
from commitments.learning_rows import Suggestion
from commitments.models import LearningItem, LearningNote, WorkshopDate
from commitments.queries.learning import on_shelf
from history.actions import record
from organisations.limits import DOUBLE_CLICK
from organisations.models import Membership, Organisation, User
from organisations.refusals import Refused


class ShelfRefused(Refused):
    """The shelf stays as it is."""


class OnShelfAlready(ShelfRefused):
    def __init__(self) -> None:
        super().__init__("This is on the shelf already.")


@transaction.atomic
def add_item(
    *, organisation: Organisation, suggestion: Suggestion, by: User, now: datetime
) -> LearningItem:
    """Raises OnShelfAlready, unless the same person added it a moment ago: a double click."""
    item = new_item(organisation, suggestion, by=by, now=now)
    try:
        with transaction.atomic():
            item.save(force_insert=True)
    except IntegrityError:
        made = organisation.learning_items.filter(
            kind=item.kind, title=item.title, creator=item.creator, suggested_by=by,
            created_at__gt=now - DOUBLE_CLICK,
        ).first()  # fmt: skip
        if made is None:
            raise OnShelfAlready from None
        return made
    record(LearningVerb.ADDED, subject=item, organisation=organisation, by=by, now=now)
    return item


def new_item(
    organisation: Organisation, suggestion: Suggestion, *, by: User, now: datetime
) -> LearningItem:
    return LearningItem(
        organisation=organisation,
        kind=suggestion.kind,
        title=suggestion.title,
        creator=suggestion.creator,
        link=suggestion.link,
        why=suggestion.why,
        suggested_by=by,
        created_at=now,
    )


@transaction.atomic
def add_items(
    *, organisation: Organisation, suggestions: Iterable[Suggestion], by: User, now: datetime
) -> int:
    """All or nothing; what is there already is left as it is. How many were added."""
    there = on_shelf(organisation)
    fresh: dict[tuple[str, str, str], Suggestion] = {}
    for one in suggestions:
        if one.same_as not in there:
            fresh.setdefault(one.same_as, one)
    items = [new_item(organisation, one, by=by, now=now) for one in fresh.values()]
    LearningItem.objects.bulk_create(items, ignore_conflicts=True)
    added = LearningItem.objects.filter(pk__in=[item.pk for item in items]).count()
    if added:
        record(
            LearningVerb.BULK_ADDED,
            subject=organisation, organisation=organisation, by=by, now=now, count=added,
        )  # fmt: skip
    return added


@transaction.atomic
def change_item(
    *, item: LearningItem, suggestion: Suggestion, seen: int, by: Membership, now: datetime
) -> LearningItem:
    """Raises MovedOnError when somebody saved it meanwhile, and ShelfRefused."""
    locked = lock_item(item, by)
    next_revision(locked, seen=seen)
    if suggestion.kind != LearningKind.WORKSHOP and locked.dates.exists():
        raise ShelfRefused("This workshop has dates. Remove them before you change what it is.")
    locked.kind, locked.title, locked.creator = (
        suggestion.kind, suggestion.title, suggestion.creator,
    )  # fmt: skip
    locked.link, locked.why = suggestion.link, suggestion.why
    try:
        with transaction.atomic():
            locked.save()
    except IntegrityError:
        raise OnShelfAlready from None
    record_about(LearningVerb.CHANGED, locked, by=by, now=now)
    return locked


@transaction.atomic
def remove_item(*, item: LearningItem, by: Membership, now: datetime) -> None:
    """Its dates go with it, and whatever people noted on it."""
    locked = lock_item(item, by)
    record_about(LearningVerb.REMOVED, locked, by=by, now=now)
    locked.delete()


@transaction.atomic
def keep_note(*, item: LearningItem, text: str, by: User, now: datetime) -> None:
    """An empty one takes it away. History does not tell: nobody is to know that it is there."""
    if text:
        LearningNote.objects.update_or_create(
            item=item, person=by, defaults={"text": text, "at": now}
        )
    else:
        item.notes.filter(person=by).delete()


@transaction.atomic
def add_dates(
    *,
    item: LearningItem,
    held_on: date,
    starts_at: time | None,
    place: str,
    every_weeks: int | None,
    times: int | None,
    by: Membership,
    now: datetime,
) -> int:
    """How many were new: a day and time that is there already stays as it is."""
    locked = lock_item(item, by)
    if locked.kind != LearningKind.WORKSHOP:
        raise ShelfRefused("Only a workshop has dates.")
    today = timezone.localdate(now)
    refuse(workshops.problems(held_on, every_weeks=every_weeks, times=times, today=today))
    before = locked.dates.count()
    days = workshops.days(held_on, every_weeks=every_weeks, times=times)
    WorkshopDate.objects.bulk_create(
        (WorkshopDate(item=locked, held_on=day, starts_at=starts_at, place=place) for day in days),
        ignore_conflicts=True,
    )
    after = locked.dates.count()
    if after > workshops.MOST_DATES:
        raise ShelfRefused(
            f"A workshop has {workshops.MOST_DATES} dates at most. Remove some that are past."
        )
    if after > before:
        record_about(LearningVerb.DATE_SET, locked, by=by, now=now)
    return after - before


@transaction.atomic
def remove_date(*, day: WorkshopDate, by: Membership, now: datetime) -> None:
    locked = lock_item(day.item, by)
    removed, _ = locked.dates.filter(pk=day.pk).delete()
    if removed:
        record_about(LearningVerb.DATE_REMOVED, locked, by=by, now=now)


def lock_item(item: LearningItem, by: Membership) -> LearningItem:
    locked = LearningItem.objects.select_for_update().get(pk=item.pk)
    if not locked.may_be_changed_by(by):
        raise PermissionDenied
    return locked


def record_about(verb: LearningVerb, item: LearningItem, *, by: Membership, now: datetime) -> None:
    record(verb, subject=item, organisation=item.organisation, by=by.user, now=now)
