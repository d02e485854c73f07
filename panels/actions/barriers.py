"""Saying what is done about barriers at one gathering, one line or all of them at a time."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from history.actions import record
from history.models import Entry
from organisations.models import User
from panels.actions.checklist import own_items
from panels.barriers_typed import TypedAnswer, TypedBarriers, TypedBursaries, TypedLived
from panels.enums import PanelVerb
from panels.models import BarrierAnswer, Bursaries, Gathering, LivedExperience
from panels.queries.barriers import (
    BURSARIES,
    LIVED,
    BarriersOnRecord,
    barriers_on_record,
    version_of,
)

ONE_SITTING = timedelta(minutes=30)
"""What one person saves within this time is one entry of history, not one for each line."""


@dataclass(frozen=True)
class SavedBarriers:
    """Keys of what was saved, and of what somebody else saved first: of these nothing was."""

    saved: frozenset[str]
    moved_on: frozenset[str]


@transaction.atomic
def save_barriers(
    *, gathering: Gathering, typed: TypedBarriers, by: User, now: datetime
) -> SavedBarriers:
    """Nothing that somebody else saved meanwhile is written over: it comes back as moved on."""
    locked = Gathering.objects.select_for_update().get(pk=gathering.pk)
    on_record = barriers_on_record(locked)
    wanted = _wanted(typed)
    moved_on = {
        key
        for key in wanted
        if version_of(on_record, key) != typed.over.get(key, "")
        and not _same(on_record, key, typed)
    }
    to_save = {key for key in wanted - moved_on if not _same(on_record, key, typed)}
    _save_answers(locked, on_record, typed, to_save, by=by, now=now)
    if typed.bursaries and BURSARIES in to_save:
        _save_bursaries(locked, typed.bursaries, by=by, now=now)
    if typed.lived and LIVED in to_save:
        _save_lived(locked, typed.lived, by=by, now=now)
    if to_save:
        _note(locked, by=by, now=now)
    return SavedBarriers(frozenset(wanted - moved_on), frozenset(moved_on))


def _wanted(typed: TypedBarriers) -> set[str]:
    wanted = set(typed.answers)
    if typed.bursaries:
        wanted.add(BURSARIES)
    if typed.lived:
        wanted.add(LIVED)
    return wanted


def _same(on_record: BarriersOnRecord, key: str, typed: TypedBarriers) -> bool:
    """What stands there already needs no saving, whoever saved it: a double click is one thing."""
    if key == BURSARIES:
        held = on_record.bursaries
        stands = held and TypedBursaries(held.offered, held.taken_up, held.amount, held.how_heard)
        return stands == typed.bursaries
    if key == LIVED:
        parts = typed.lived.parts if typed.lived else {}
        return on_record.lived.keys() == parts.keys() and all(
            (on_record.lived[part].invited, on_record.lived[part].paid) == said
            for part, said in parts.items()
        )
    answer, wanted = on_record.answers.get(key), typed.answers[key]
    if answer is None:
        return wanted.is_empty
    return TypedAnswer(answer.state, answer.note, answer.answered_by) == wanted


def _save_answers(
    gathering: Gathering,
    on_record: BarriersOnRecord,
    typed: TypedBarriers,
    to_save: set[str],
    *,
    by: User,
    now: datetime,
) -> None:
    keys = to_save & set(typed.answers)
    items = own_items(gathering.organisation) if keys else {}
    for key in sorted(keys & items.keys()):
        item, answer = items[key], typed.answers[key]
        earlier = on_record.answers.get(key)
        BarrierAnswer.objects.update_or_create(
            gathering=gathering,
            item=item,
            defaults={
                "state": answer.state,
                "note": answer.note,
                "answered_by": answer.answered_by,
                "entered_by": by,
                "entered_at": now,
                "revision": earlier.revision + 1 if earlier else 1,
            },
        )


def _save_bursaries(
    gathering: Gathering, typed: TypedBursaries, *, by: User, now: datetime
) -> None:
    Bursaries.objects.update_or_create(
        gathering=gathering,
        defaults={
            "offered": typed.offered,
            "taken_up": typed.taken_up,
            "amount": typed.amount,
            "how_heard": typed.how_heard,
            "entered_by": by,
            "entered_at": now,
        },
    )


def _save_lived(gathering: Gathering, typed: TypedLived, *, by: User, now: datetime) -> None:
    for part, (invited, paid) in typed.parts.items():
        LivedExperience.objects.update_or_create(
            gathering=gathering,
            part=part,
            defaults={"invited": invited, "paid": paid, "entered_by": by, "entered_at": now},
        )


def _note(gathering: Gathering, *, by: User, now: datetime) -> None:
    verb = PanelVerb.BARRIERS_CHANGED
    lately = Entry.objects.about(gathering).filter(actor=by, verb=verb, at__gt=now - ONE_SITTING)
    if not lately.exists():
        record(verb, subject=gathering, organisation=gathering.organisation, by=by, now=now)
