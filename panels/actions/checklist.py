"""An organisation's own checklist of barriers, copied from ours at its first change."""

from datetime import datetime
from typing import TypedDict
from uuid import UUID

from django.db import transaction

from history.actions import record
from organisations.models import Organisation, User
from organisations.refusals import Refused
from panels.checklist import BUILT_IN, MOST_LINES, Line, neighbour
from panels.enums import CountingVerb, ForWhom
from panels.models import ChecklistItem
from panels.queries.barriers import as_line, key_of

SAID = {
    "up": "Moved up.",
    "down": "Moved down.",
    "retire": "Taken off the list. What was answered is kept.",
    "put_back": "Put back on the list.",
    "ours": "This is the suggested checklist again. What was answered is kept.",
}


class Who(TypedDict):
    organisation: Organisation
    by: User
    now: datetime


class LineGone(Refused):
    """The line is no longer on the checklist."""


class ChecklistFull(Refused):
    """There are as many lines as one page can ask about."""


def own_items(organisation: Organisation) -> dict[str, ChecklistItem]:
    """Every line by its key, retired ones too; copied from ours where there are none yet.

    Holds the organisation's row until the end of the transaction, so that two copies, two moves
    or a move and a new line never meet.
    """
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
    items = list(organisation.checklist_items.all())
    if not items:
        items = ChecklistItem.objects.bulk_create(
            ChecklistItem(
                organisation=organisation,
                barrier=line.key,
                text=line.text,
                for_whom=line.for_whom,
                position=position,
            )
            for position, line in enumerate(BUILT_IN)
        )
    return {key_of(item): item for item in items}


@transaction.atomic
def add_line(
    *, organisation: Organisation, text: str, for_whom: ForWhom, by: User, now: datetime
) -> bool:
    """False when the list has this line already: a double click adds one."""
    items = own_items(organisation).values()
    listed = [item for item in items if item.retired_at is None]
    if any(item.text == text and item.for_whom == for_whom for item in listed):
        return False
    if len(listed) >= MOST_LINES:
        raise ChecklistFull(f"A checklist holds {MOST_LINES} lines. Take one off first.")
    ChecklistItem.objects.create(
        organisation=organisation,
        text=text,
        for_whom=for_whom,
        position=max((item.position for item in items), default=0) + 1,
    )
    _note(organisation, "added", by=by, now=now)
    return True


@transaction.atomic
def change_line(
    *, organisation: Organisation, key: str, text: str, for_whom: ForWhom, by: User, now: datetime
) -> bool:
    """False when nothing differs."""
    item = _listed(organisation, key)
    if (item.text, item.for_whom) == (text, for_whom):
        return False
    item.text, item.for_whom = text, for_whom
    item.save(update_fields=["text", "for_whom"])
    _note(organisation, "changed", by=by, now=now)
    return True


@transaction.atomic
def move_line(*, organisation: Organisation, key: str, step: int, by: User, now: datetime) -> bool:
    """Within its theme, up for -1 and down for 1. False at the end of it."""
    items = own_items(organisation)
    other = neighbour(_lines(items), key, step=step)
    if other is None:
        return False
    moved, passed = items[key], items[other.key]
    moved.position, passed.position = passed.position, moved.position
    ChecklistItem.objects.bulk_update([moved, passed], ["position"])
    _note(organisation, "moved", by=by, now=now)
    return True


@transaction.atomic
def retire_line(*, organisation: Organisation, key: str, by: User, now: datetime) -> bool:
    """Off the list; what was answered stays with each event."""
    item = _listed(organisation, key)
    item.retired_at = now
    item.save(update_fields=["retired_at"])
    _note(organisation, "retired", by=by, now=now)
    return True


@transaction.atomic
def put_back(*, organisation: Organisation, key: str, by: User, now: datetime) -> bool:
    items = own_items(organisation)
    item = items.get(key)
    if item is None or item.retired_at is None:
        return False
    if len(_lines(items)) >= MOST_LINES:
        raise ChecklistFull(f"A checklist holds {MOST_LINES} lines. Take one off first.")
    item.retired_at = None
    item.save(update_fields=["retired_at"])
    _note(organisation, "put_back", by=by, now=now)
    return True


@transaction.atomic
def back_to_ours(*, organisation: Organisation, by: User, now: datetime) -> bool:
    """Our lines in our words and order; lines of one's own are retired. No answer is lost.

    False when it is ours already.
    """
    items = own_items(organisation)
    if _lines(items) == list(BUILT_IN):
        return False
    for position, line in enumerate(BUILT_IN):
        item = items.pop(line.key, None)
        found = item or ChecklistItem(organisation=organisation, barrier=line.key)
        found.text, found.for_whom, found.position = line.text, line.for_whom, position
        found.retired_at = None
        found.save()
    for item in items.values():
        if item.retired_at is None:
            item.retired_at = now
            item.save(update_fields=["retired_at"])
    _note(organisation, "ours", by=by, now=now)
    return True


def take_step(*, organisation: Organisation, step: str, key: str, by: User, now: datetime) -> str:
    """One of the buttons beside a line; gives what to say of it."""
    who: Who = {"organisation": organisation, "by": by, "now": now}
    if step == "ours":
        changed = back_to_ours(**who)
    elif step == "retire":
        changed = retire_line(key=key, **who)
    elif step == "put_back":
        changed = put_back(key=key, **who)
    else:
        changed = move_line(key=key, step=-1 if step == "up" else 1, **who)
    return SAID[step] if changed else "Nothing was different."


def _lines(items: dict[str, ChecklistItem]) -> list[Line]:
    listed = [item for item in items.values() if item.retired_at is None]
    return [as_line(item) for item in sorted(listed, key=_order)]


def _order(item: ChecklistItem) -> tuple[int, UUID]:
    return item.position, item.pk


def _listed(organisation: Organisation, key: str) -> ChecklistItem:
    item = own_items(organisation).get(key)
    if item is None or item.retired_at is not None:
        raise LineGone("Somebody took this line off the list meanwhile.")
    return item


def _note(organisation: Organisation, change: str, *, by: User, now: datetime) -> None:
    record(
        CountingVerb.CHECKLIST_CHANGED,
        subject=organisation,
        organisation=organisation,
        by=by,
        now=now,
        change=change,
    )
