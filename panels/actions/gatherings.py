"""Adding events and groups, and changing their details."""

from datetime import date, datetime

from django.db import transaction

from history.actions import record
from organisations.limits import DOUBLE_CLICK
from organisations.models import Organisation, User
from panels.actions.counting import enter_count
from panels.actions.standing import write_standings
from panels.audit import LineUp
from panels.enums import GatheringKind, PanelVerb
from panels.models import Gathering


@transaction.atomic
def create_gathering(
    *,
    organisation: Organisation,
    kind: GatheringKind,
    title: str,
    held_on: date,
    ends_on: date | None = None,
    organiser: str = "",
    link: str = "",
    by: User,
    now: datetime,
) -> Gathering:
    gathering = Gathering.objects.create(
        organisation=organisation,
        kind=kind,
        title=title,
        held_on=held_on,
        ends_on=ends_on,
        organiser=organiser,
        link=link,
        created_by=by,
        created_at=now,
    )
    record(
        PanelVerb.GATHERING_CREATED, subject=gathering, organisation=organisation, by=by, now=now
    )
    return gathering


@transaction.atomic
def create_counted(
    *,
    organisation: Organisation,
    title: str,
    held_on: date,
    line_up: LineUp,
    by: User,
    now: datetime,
) -> Gathering:
    """A panel and its count at once. The same name and day again from the same person within
    a minute is a double click, and makes no second one."""
    # Locked, so that the second of two clicks finds what the first one made.
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    kind = line_up.kind
    made = organisation.gatherings.filter(
        kind=kind, title=title, held_on=held_on, created_by=by, created_at__gt=now - DOUBLE_CLICK
    ).first()
    if made is not None and made.counted_at is not None:
        return made
    gathering = create_gathering(
        organisation=organisation, kind=kind, title=title, held_on=held_on, by=by, now=now
    )
    enter_count(gathering=gathering, line_up=line_up, typed_over=0, by=by, now=now)
    gathering.refresh_from_db()
    return gathering


@transaction.atomic
def change_gathering(
    *,
    gathering: Gathering,
    kind: GatheringKind,
    title: str,
    held_on: date,
    ends_on: date | None = None,
    organiser: str = "",
    link: str = "",
    by: User,
    now: datetime,
) -> bool:
    """False when nothing differs. Raises ValueError for a new kind under an existing count, which
    decides who was counted, and for a new day under one that is as at a day."""
    locked = Gathering.objects.select_for_update().get(pk=gathering.pk)
    new = {
        "kind": kind,
        "title": title,
        "held_on": held_on,
        "ends_on": ends_on,
        "organiser": organiser,
        "link": link,
    }
    changed = [name for name, value in new.items() if getattr(locked, name) != value]
    _refuse_under_a_count(locked, changed)
    if not changed:
        return False
    for name in changed:
        setattr(locked, name, new[name])
    locked.save(update_fields=changed)
    if "held_on" in changed:
        write_standings([locked])
    _note_changed(locked, changed, by=by, now=now)
    return True


def _refuse_under_a_count(gathering: Gathering, changed: list[str]) -> None:
    if gathering.counted_at and "kind" in changed:
        raise ValueError("The kind decides who was counted, and there is a count.")
    if gathering.counted_at and gathering.is_standing and "held_on" in changed:
        raise ValueError("The count is as at its day, so a new day is a new count.")


def _note_changed(gathering: Gathering, changed: list[str], *, by: User, now: datetime) -> None:
    record(
        PanelVerb.GATHERING_CHANGED,
        subject=gathering,
        organisation=gathering.organisation,
        by=by,
        now=now,
        fields=",".join(changed),
    )
