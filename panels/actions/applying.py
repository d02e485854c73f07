"""A programme that was read of a file becomes sessions and seats: all of it or nothing.

Reading the same file again changes nothing. What a newer file no longer has stays: a talk that
is missing from an export is not a talk that was called off.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import Any, NamedTuple, TypeVar
from uuid import UUID

from django.db import models, transaction
from django.db.models import Max
from django.utils import timezone

from history.actions import record
from organisations.models import User
from panels.actions.locked import refuse_if_locked
from panels.actions.seats import next_number
from panels.actions.seats_of_a_file import by_role, seat_them, seats_standing
from panels.enums import PanelVerb
from panels.models import Gathering, Participant, Seat, Session
from panels.programme import Programme, ProgrammeSeat, ProgrammeSession
from panels.seating import name_key

A_BATCH = 2_000
WHEN = ["starts_at", "has_time", "minutes"]
Row = TypeVar("Row", bound=models.Model)
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Applied:
    """What a programme changed. `unchanged`: sessions that were as the file has them."""

    sessions_added: int = 0
    sessions_changed: int = 0
    people_added: int = 0
    seats_added: int = 0
    unchanged: int = 0

    @property
    def is_nothing_new(self) -> bool:
        return not (
            self.sessions_added or self.sessions_changed or self.people_added or self.seats_added
        )


@transaction.atomic
def apply_programme(
    *,
    gathering: Gathering,
    programme: Programme,
    by: User,
    now: datetime,
    on_progress: Progress | None = None,
) -> Applied:
    """Raises LockedError. `on_progress` hears how many rows of how many are done, by batch."""
    locked = Gathering.objects.select_for_update().get(pk=gathering.pk)
    refuse_if_locked(locked)
    work = Work(locked, programme, on_progress)
    work.put_sessions()
    work.put_people()
    work.put_seats()
    applied = work.applied()
    if not applied.is_nothing_new:
        _tell(locked, applied, by, now)
    return applied


def _tell(gathering: Gathering, applied: Applied, by: User, now: datetime) -> None:
    record(
        PanelVerb.LINE_UP_IMPORTED,
        subject=gathering,
        organisation=gathering.organisation,
        by=by,
        now=now,
        sessions_added=applied.sessions_added,
        sessions_changed=applied.sessions_changed,
        seats_added=applied.seats_added,
    )


def hashed_key(gathering: Gathering, key: str) -> str:
    """With the gathering's id: the same person of two events is not to be recognised by it."""
    return hashlib.sha256(f"{gathering.pk}\n{key}".encode()).hexdigest()


class Known(NamedTuple):
    """What is left of a session once it is saved: fifty thousand rows of models take much room."""

    pk: UUID
    title: str


@dataclass
class Work:
    gathering: Gathering
    programme: Programme
    on_progress: Progress | None
    sessions: dict[str, Known] = field(default_factory=dict)
    people: dict[str, UUID] = field(default_factory=dict)
    added: set[UUID] = field(default_factory=set)
    changed: set[UUID] = field(default_factory=set)
    people_added: int = 0
    seats_added: int = 0
    done: int = 0

    def applied(self) -> Applied:
        touched = self.added | self.changed
        return Applied(
            sessions_added=len(self.added),
            sessions_changed=len(self.changed),
            people_added=self.people_added,
            seats_added=self.seats_added,
            unchanged=len({session.pk for session in self.sessions.values()} - touched),
        )

    def in_batches(self, rows: Sequence[Row]) -> Iterator[list[Row]]:
        left = iter(rows)
        while batch := list(islice(left, A_BATCH)):
            yield batch

    def _went_on(self, rows: int) -> None:
        self.done += rows
        if self.on_progress:
            self.on_progress(self.done, self.programme.talks + self.programme.seats)

    def _create(self, new: list[Row], *, counts: bool = True) -> None:
        """They are held no longer than that."""
        for batch in self.in_batches(new):
            type(batch[0])._default_manager.bulk_create(batch)
            if counts:
                self._went_on(len(batch))
        new.clear()

    # Sessions

    def put_sessions(self) -> None:
        """By the file's own key; one that was typed by hand is taken up by its title."""
        known = list(self.gathering.sessions.all())
        by_source = {one.source_key: one for one in known if one.source_key}
        by_title = _only_ones((name_key(one.title), one) for one in known if not one.source_key)
        position = Session.with_removed.filter(gathering=self.gathering).aggregate(
            last=Max("position")
        )["last"]
        new: list[Session] = []
        changed: list[Session] = []
        for number, read in enumerate(self.programme.sessions, (position or 0) + 1):
            source = hashed_key(self.gathering, read.source_key)
            values = self._values(read) | {"source_key": source}
            session = by_source.get(source) or by_title.pop(name_key(values["title"]), None)
            if session is None:
                session = Session(gathering=self.gathering, position=number, **values)
                new.append(session)
                self.added.add(session.pk)
            elif _set(session, values):
                changed.append(session)
            self.sessions[read.source_key] = Known(session.pk, session.title)
            if len(new) >= A_BATCH:
                self._create(new)
        self._create(new)
        self._change_sessions(changed)

    def _values(self, read: ProgrammeSession) -> dict[str, Any]:
        starts = read.starts_at
        if starts is not None and timezone.is_naive(starts):
            starts = timezone.make_aware(starts)
        values: dict[str, Any] = {
            "title": read.title[:300] or self.gathering.title,
            "room": read.room[:120],
            "starts_at": starts,
            "has_time": read.has_time,
            "minutes": read.minutes,
        }
        return values | ({"stage": read.stage} if read.stage else {})

    def _change_sessions(self, changed: list[Session]) -> None:
        names = ["title", "room", "stage", *WHEN, "source_key", "revision"]
        for batch in self.in_batches(changed):
            Session.objects.bulk_update(batch, names)
        self.changed = {session.pk for session in changed}
        self._went_on(self.programme.talks - len(self.added))

    # People

    def put_people(self) -> None:
        """By the file's own key; somebody typed by hand is taken up by a name nobody else bears."""
        read = {
            seat.person_key: seat
            for session in self.programme.sessions
            for seat in session.seats
            if seat.person_key
        }
        bearers = Counter(name_key(seat.name) for seat in read.values())
        known = list(self.gathering.participants.all())
        by_merge = {one.merge_key: one for one in known if one.merge_key}
        by_name = _only_ones((name_key(one.name), one) for one in known if not one.merge_key)
        new: list[Participant] = []
        changed: list[Participant] = []
        first = number = next_number(self.gathering)
        for key, seat in read.items():
            merge, name = hashed_key(self.gathering, key), name_key(seat.name)
            values = _person(seat) | {"merge_key": merge}
            person = by_merge.get(merge)
            if person is None and bearers[name] == 1:
                person = by_name.get(name)
            if person is None:
                person = Participant(gathering=self.gathering, number=number, **values)
                number += 1
                new.append(person)
            elif _set(person, values):
                changed.append(person)
            self.people[key] = person.pk
            if len(new) >= A_BATCH:
                self._create(new, counts=False)
        self._create(new, counts=False)
        for batch in self.in_batches(changed):
            Participant.objects.bulk_update(batch, ["name", "email", "merge_key"])
        self.people_added = number - first

    # Seats

    def put_seats(self) -> None:
        standing = seats_standing(self.gathering)
        new: list[Seat] = []
        filled: list[Seat] = []
        for read in self.programme.sessions:
            session = self.sessions[read.source_key]
            before = len(new) + len(filled)
            for role, wanted in by_role(read).items():
                people = [self.people[key] for key in wanted if key]
                here = standing.get((session.pk, role), [])
                seat_them(session.pk, role, people, len(wanted), here, new, filled)
            if len(new) + len(filled) > before:
                self.is_changed(session)
            if len(new) >= A_BATCH:
                self._create_seats(new)
        for batch in self.in_batches(filled):
            Seat.objects.bulk_update(batch, ["participant"])
        self._create_seats(new)
        self._went_on(self.programme.seats - self.seats_added)

    def _create_seats(self, new: list[Seat]) -> None:
        self.seats_added += len(new)
        self._create(new)

    def is_changed(self, session: Known) -> None:
        if session.pk in self.added or session.pk in self.changed:
            return
        self.changed.add(session.pk)
        Session.objects.filter(pk=session.pk).update(revision=models.F("revision") + 1)


def _person(seat: ProgrammeSeat) -> dict[str, str]:
    """A file without addresses takes none away."""
    return {"name": seat.name[:160]} | ({"email": seat.email[:254]} if seat.email else {})


def _only_ones(pairs: Any) -> dict[str, Any]:
    """Of those that share a key none: nobody could tell which is meant."""
    found: dict[str, list[Any]] = defaultdict(list)
    for key, row in pairs:
        found[key].append(row)
    return {key: rows[0] for key, rows in found.items() if key and len(rows) == 1}


def _set(row: Any, values: dict[str, Any]) -> bool:
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    if changed and isinstance(row, Session):
        row.revision += 1
    return bool(changed)
