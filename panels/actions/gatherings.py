"""Adding events and groups, and changing their details."""

from datetime import date, datetime

from django.db import transaction

from history.actions import record
from organisations.models import Organisation, User
from panels.enums import GatheringKind, PanelVerb
from panels.models import Gathering


@transaction.atomic
def create_gathering(
    *,
    organisation: Organisation,
    kind: GatheringKind,
    title: str,
    held_on: date,
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
def change_gathering(
    *,
    gathering: Gathering,
    kind: GatheringKind,
    title: str,
    held_on: date,
    organiser: str = "",
    link: str = "",
    by: User,
    now: datetime,
) -> bool:
    """False when nothing differs. Raises ValueError for a new kind under an existing count:
    the kind decides who was counted."""
    new = {
        "kind": kind,
        "title": title,
        "held_on": held_on,
        "organiser": organiser,
        "link": link,
    }
    changed = [name for name, value in new.items() if getattr(gathering, name) != value]
    if gathering.counted_at and "kind" in changed:
        raise ValueError("The kind decides who was counted, and there is a count.")
    if not changed:
        return False
    for name in changed:
        setattr(gathering, name, new[name])
    gathering.save(update_fields=changed)
    record(
        PanelVerb.GATHERING_CHANGED,
        subject=gathering,
        organisation=gathering.organisation,
        by=by,
        now=now,
        fields=",".join(changed),
    )
    return True
