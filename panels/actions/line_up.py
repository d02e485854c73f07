"""Who sits where: sessions and their seats, by hand or from a programme that was read.

Each action locks the gathering first, so that two of them never meet half-way. History says that
the line-up changed and which session; never a name.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import F, Max

from history.actions import record
from history.models import Entry
from organisations.limits import DOUBLE_CLICK
from organisations.models import User
from organisations.refusals import Refused
from panels.actions.applying import Applied, apply_programme
from panels.actions.locked import LockedError, refuse_if_locked
from panels.actions.seats import (
    Known,
    as_they_would_stand,
    forget_without_a_seat,
    people_known,
    put_seats,
    seats_of,
)
from panels.enums import PanelVerb, Stage
from panels.models import Gathering, Session
from panels.seating import MOST_SEATS, SeatEntry, seated_twice

__all__ = [
    "Applied",
    "LockedError",
    "SeatEntry",
    "SessionMovedOnError",
    "apply_programme",
    "remove_session",
    "remove_sessions",
    "save_session",
    "set_stage",
]

FIELDS = ("title", "stage", "room", "starts_at", "has_time", "minutes")


class SessionMovedOnError(Exception):
    """Somebody saved or removed the session meanwhile; `current` is how it stands now."""

    def __init__(self, current: Session) -> None:
        self.current = current


@dataclass(frozen=True)
class _Typed:
    fields: dict[str, Any]
    seats: list[SeatEntry]
    known: Known

    def is_already(self, session: Session) -> bool:
        return (
            session.removed_at is None
            and all(getattr(session, name) == value for name, value in self.fields.items())
            and seats_of(session) == self.seats
        )


@transaction.atomic
def save_session(
    *,
    gathering: Gathering,
    session: Session | None,
    title: str,
    stage: Stage,
    room: str = "",
    starts_at: datetime | None = None,
    has_time: bool = True,
    minutes: int | None = None,
    seats: Sequence[SeatEntry],
    over_revision: int = 0,
    by: User,
    now: datetime,
) -> Session:
    """A new session where `session` is None. The same name is the same person, counted once.
    `has_time`: else `starts_at` is the midnight of a day, and nothing more is known.

    `over_revision` is the one that was on the page; raises SessionMovedOnError where a newer one
    says something else, and LockedError once the line-up is locked. A second click finds the
    session of the first.
    """
    locked = lock(gathering)
    _refuse_impossible(seats)
    known = people_known(locked, session)
    values = (title, stage, room, starts_at, has_time, minutes)
    typed = _Typed(dict(zip(FIELDS, values, strict=True)), as_they_would_stand(seats, known), known)
    if session is None:
        twin = _just_added(locked, typed, by, now)
        return twin or _write(Session(gathering=locked, position=_last(locked)), typed, by, now)
    current = Session.with_removed.get(pk=session.pk, gathering=locked)
    current.gathering = locked
    if typed.is_already(current):
        return current
    if current.revision != over_revision:
        raise SessionMovedOnError(current)
    current.revision += 1
    current.removed_at = None
    return _write(current, typed, by, now)


def lock(gathering: Gathering) -> Gathering:
    """Raises LockedError: what was read before the lock may be old by now."""
    locked = Gathering.objects.select_for_update().get(pk=gathering.pk)
    refuse_if_locked(locked)
    return locked


def _refuse_impossible(seats: Sequence[SeatEntry]) -> None:
    if len(seats) > MOST_SEATS:
        raise Refused(f"A session has at most {MOST_SEATS} seats.")
    for number in seated_twice(seats):
        seat = seats[number]
        raise Refused(f"{seat.name} is there twice as {seat.role.label.lower()}.")


def _last(gathering: Gathering) -> int:
    last = Session.with_removed.filter(gathering=gathering).aggregate(last=Max("position"))["last"]
    return (last or 0) + 1


def _just_added(gathering: Gathering, typed: _Typed, by: User, now: datetime) -> Session | None:
    """What this person added a moment ago, where it is the same: a second click."""
    entries = Entry.objects.about(gathering).filter(
        actor=by,
        verb=PanelVerb.LINE_UP_CHANGED,
        at__gt=now - DOUBLE_CLICK,
        details__has_key="added",
    )
    added = [entry.details["added"] for entry in entries]
    same = gathering.sessions.filter(pk__in=added, **typed.fields)
    return next((session for session in same if typed.is_already(session)), None)


def _write(session: Session, typed: _Typed, by: User, now: datetime) -> Session:
    what = "added" if session._state.adding else "session"
    for name, value in typed.fields.items():
        setattr(session, name, value)
    session.save()
    put_seats(session, typed.seats, typed.known)
    _tell(session.gathering, by, now, **{what: session.pk})
    return session


def _tell(gathering: Gathering, by: User, now: datetime, **details: Any) -> None:
    record(
        PanelVerb.LINE_UP_CHANGED,
        subject=gathering,
        organisation=gathering.organisation,
        by=by,
        now=now,
        **details,
    )


@transaction.atomic
def remove_session(*, session: Session, by: User, now: datetime) -> bool:
    """False when it was removed already, as after a double click."""
    return remove_sessions(gathering=session.gathering, sessions=[session.pk], by=by, now=now) == 1


@transaction.atomic
def remove_sessions(
    *, gathering: Gathering, sessions: Collection[UUID], by: User, now: datetime
) -> int:
    """Take these off the programme, with their seats; how many there were. Their counts stay."""
    locked = lock(gathering)
    found = list(locked.sessions.filter(pk__in=sessions))
    if not found:
        return 0
    people = list(
        locked.participants.filter(seats__session__in=found).values_list("pk", flat=True).distinct()
    )
    for session in found:
        session.seats.all().delete()
    locked.sessions.filter(pk__in=[session.pk for session in found]).update(
        removed_at=now, source_key="", revision=F("revision") + 1
    )
    forget_without_a_seat(locked, people)
    which = {"session": found[0].pk} if len(found) == 1 else {"sessions": len(found)}
    _tell(locked, by, now, **which, removed=True)
    return len(found)


@transaction.atomic
def set_stage(
    *, gathering: Gathering, sessions: Collection[UUID], stage: Stage, by: User, now: datetime
) -> int:
    """How many sessions were on another stage and are on this one now."""
    locked = lock(gathering)
    changed = locked.sessions.filter(pk__in=sessions).exclude(stage=stage)
    number = changed.update(stage=stage, revision=F("revision") + 1)
    if number:
        _tell(locked, by, now, sessions=number, stage=stage)
    return number
