"""Locking a line-up: its result is frozen, and the names on it go."""

import secrets
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Coalesce

from history.actions import record
from organisations.models import User
from organisations.refusals import Refused
from panels import freezing
from panels.enums import GatheringKind, PanelVerb
from panels.models import Gathering, Participant, Snapshot
from panels.queries.counts import count_as_it_stands
from panels.queries.declaring import last_day_of, open_round_of, rounds_to_count
from panels.queries.line_up import totals_of_one, women_seats

NAMES_ARE_KEPT = timedelta(days=30)
"""After the last day of an event, at most."""
ROUND_IS_OPEN = (
    "People are being asked how they are counted. Close that round first: its answers are not"
    " in the count yet."
)

ANSWERS_WAIT = (
    "The answers of those who were asked are on their way into the count. Try again tomorrow."
)


class LockRefused(Refused):
    """The line-up stays open."""


@transaction.atomic
def lock_line_up(*, gathering: Gathering, by: User, now: datetime) -> Snapshot:
    """Freeze what the newest count shows and drop every name. A double click locks once."""
    locked = Gathering.objects.select_for_update().get(pk=gathering.pk)
    frozen = locked.snapshots.order_by("-number").first()
    if locked.locked_at is not None and frozen is not None:
        return frozen
    if why := why_a_round_bars_it(locked):
        raise LockRefused(why)
    # With chance in it no counts can be tried out until they make the fingerprint that is shown.
    facts = freezing.facts_of(_to_freeze(locked)) | {"salt": secrets.token_hex(16)}
    snapshot = Snapshot.objects.create(
        gathering=locked,
        number=frozen.number + 1 if frozen else 1,
        as_at=locked.held_on,
        facts=facts,
        sha256=freezing.fingerprint(facts),
        locked_by=by,
        locked_at=now,
    )
    _forget_names(locked)
    locked.uploads.all().delete()
    locked.locked_at = now
    locked.names_dropped_at = locked.names_dropped_at or now
    locked.save(update_fields=["locked_at", "names_dropped_at"])
    _note(PanelVerb.LOCKED, locked, by=by, now=now)
    return snapshot


def why_a_round_bars_it(gathering: Gathering) -> str:
    """Empty where no answers are outside the count."""
    if open_round_of(gathering):
        return ROUND_IS_OPEN
    return ANSWERS_WAIT if rounds_to_count().filter(gathering=gathering).exists() else ""


def _to_freeze(gathering: Gathering) -> freezing.ToFreeze:
    count = count_as_it_stands(gathering)
    line_up = replace(count.line_up, women_seats=women_seats(gathering)) if count else None
    return freezing.ToFreeze(
        gathering=str(gathering.pk),
        kind=GatheringKind(gathering.kind),
        as_at=gathering.held_on,
        totals=asdict(totals_of_one(gathering)),
        count=count.version if count else None,
        line_up=line_up,
    )


def drop_names(*, now: datetime, today: date) -> int:
    """Of every event that ended thirty days ago and was not locked; for how many.

    Each in a transaction of its own. A day that is missed is made up for by the next.
    """
    return sum(_drop_names_of(one, now=now) for one in _with_names(today - NAMES_ARE_KEPT))


def names_go_tomorrow(gathering: Gathering, *, today: date) -> bool:
    """Those that are read in today go with the next daily run."""
    return last_day_of(gathering) + NAMES_ARE_KEPT <= today + timedelta(days=1)


def _with_names(last_day: date) -> Iterable[Gathering]:
    named = Participant.objects.filter(gathering=OuterRef("pk")).exclude(
        name="", email="", merge_key=""
    )
    ended = Coalesce("ends_on", "held_on")
    return (
        Gathering.objects.filter(Exists(named), names_dropped_at=None, held_on__lte=last_day)
        .filter(Q(ends_on=None) | Q(ends_on__lte=last_day))
        .order_by(ended, "pk")
    )


@transaction.atomic
def _drop_names_of(gathering: Gathering, *, now: datetime) -> bool:
    locked = Gathering.objects.select_for_update().get(pk=gathering.pk)
    if locked.names_dropped_at is not None:
        return False
    _forget_names(locked)
    locked.uploads.all().delete()
    locked.names_dropped_at = now
    locked.save(update_fields=["names_dropped_at"])
    _note(PanelVerb.NAMES_DROPPED, locked, by=None, now=now)
    return True


def _forget_names(gathering: Gathering) -> None:
    """The rows stay, as numbers: how many people there were, and who sat where by number."""
    gathering.participants.update(name="", email="", merge_key="")


def _note(verb: PanelVerb, gathering: Gathering, *, by: User | None, now: datetime) -> None:
    record(verb, subject=gathering, organisation=gathering.organisation, by=by, now=now)
