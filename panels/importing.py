"""What is shown of a programme before it is saved, and which of its sessions are the main stage."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, tzinfo
from uuid import NAMESPACE_OID, uuid5

from panels.enums import SeatRole, Stage
from panels.programme import Programme, ProgrammeSession

KEPT = timedelta(hours=1)
"""How long what was read of a file waits for somebody to confirm it."""
AT_ONCE = 500
"""Up to so many seats and sessions are saved while the person waits."""
FIRST_ROWS = 20
MOST_SUGGESTIONS = 60


@dataclass(frozen=True)
class StageChoice:
    """One tick: a session that is perhaps on the main stage, or all of those in one room."""

    key: str
    label: str
    detail: str
    sources: frozenset[str]


@dataclass(frozen=True)
class FirstRow:
    session: str
    room: str
    starts_at: date | datetime | None
    name: str
    role: str


@dataclass(frozen=True)
class Preview:
    """`met_again`: people who sit in more than one place and are counted once.

    `days`: sessions by day, those without a day last.
    """

    talks: int
    seats: int
    people: int
    met_again: int
    same_names: tuple[str, ...]
    roles: tuple[tuple[str, int], ...]
    days: tuple[tuple[date | None, int], ...]
    rows: tuple[FirstRow, ...]
    rows_left: int
    stated_main: int
    stated_other: int

    @property
    def filled(self) -> dict[str, bool]:
        """Which columns of the first rows hold anything at all."""
        names = ("starts_at", "room", "name", "role")
        return {name: any(getattr(row, name) for row in self.rows) for name in names}


def preview(programme: Programme, *, zone: tzinfo) -> Preview:
    """`zone`: the one in which its times will be shown."""
    seats = [seat for session in programme.sessions for seat in session.seats]
    people = Counter(seat.person_key for seat in seats if seat.person_key)
    roles = Counter(seat.role for seat in seats)
    stages = Counter(session.stage for session in programme.sessions)
    days = Counter(_day(session.starts_at, zone) for session in programme.sessions)
    rows = tuple(_first_rows(programme, zone))
    return Preview(
        talks=programme.talks,
        seats=len(seats),
        people=programme.people,
        met_again=sum(times > 1 for times in people.values()),
        same_names=programme.same_names,
        roles=tuple((str(role.label), roles[role]) for role in SeatRole if roles[role]),
        days=tuple(sorted(days.items(), key=lambda one: (one[0] is None, one[0] or date.min))),
        rows=rows,
        rows_left=len(seats) + sum(not one.seats for one in programme.sessions) - len(rows),
        stated_main=stages[Stage.MAIN],
        stated_other=stages[Stage.OTHER],
    )


def _there(moment: datetime | None, zone: tzinfo) -> datetime | None:
    """A moment without a zone is in the gathering's own time, which is this one."""
    if moment is None:
        return None
    return moment.astimezone(zone) if moment.tzinfo else moment.replace(tzinfo=zone)


def _day(moment: datetime | None, zone: tzinfo) -> date | None:
    there = _there(moment, zone)
    return there.date() if there else None


def _first_rows(programme: Programme, zone: tzinfo) -> Iterator[FirstRow]:
    """Each seat, and each session without any."""
    left = FIRST_ROWS
    for session in programme.sessions:
        people = [(seat.name, str(seat.role.label)) for seat in session.seats[:left]] or [("", "")]
        starts_at: date | datetime | None = _there(session.starts_at, zone)
        if isinstance(starts_at, datetime) and not session.has_time:
            starts_at = starts_at.date()
        for name, role in people:
            yield FirstRow(session.title, session.room, starts_at, name, role)
        left -= len(people)
        if left <= 0:
            return


def changes_in_words(numbers: Mapping[str, int], *, is_saved: bool) -> list[str]:
    """`numbers`: of Applied, by their names. What is none is not said."""
    kept = "was" if is_saved else "is"
    many = "were" if is_saved else "are"
    unchanged = numbers.get("unchanged", 0)
    sessions = [
        (numbers.get("sessions_added", 0), "added"),
        (numbers.get("sessions_changed", 0), "changed"),
        (unchanged, f"as it {kept}" if unchanged == 1 else f"as they {many}"),
    ]
    said = [(number, what) for number, what in sessions if number]
    parts = [f"{number:,} {what}" for number, what in said]
    if said:
        parts[0] = f"{_counted(said[0][0], 'session', 'sessions')} {said[0][1]}"
    people, seats = numbers.get("people_added", 0), numbers.get("seats_added", 0)
    added = [_counted(people, "person", "people")] if people else []
    added += [_counted(seats, "seat", "seats")] if seats else []
    both = [", ".join(parts), f"{' and '.join(added)} added" if added else ""]
    return [words for words in both if words]


def _counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"


def has_hints(programme: Programme) -> bool:
    return any(one.main_stage_hint and one.stage is None for one in programme.sessions)


def stage_choices(programme: Programme, new: Collection[str]) -> tuple[StageChoice, ...]:
    """What a file hints at, of sessions that are `new`: a hint never decides by itself.

    One tick for each session; where these are many, one for each room; none where even these
    would be too many to look through.
    """
    hinted = [
        session
        for session in programme.sessions
        if session.main_stage_hint and session.stage is None and session.source_key in new
    ]
    if len(hinted) <= MOST_SUGGESTIONS:
        return tuple(_of_session(session) for session in hinted)
    rooms: dict[str, list[ProgrammeSession]] = {}
    for session in hinted:
        rooms.setdefault(session.room, []).append(session)
    if len(rooms) > MOST_SUGGESTIONS:
        return ()
    return tuple(_of_room(room, sessions) for room, sessions in rooms.items())


def _of_session(session: ProgrammeSession) -> StageChoice:
    key = uuid5(NAMESPACE_OID, f"session {session.source_key}").hex
    return StageChoice(key, session.title, session.room, frozenset({session.source_key}))


def _of_room(room: str, sessions: list[ProgrammeSession]) -> StageChoice:
    first = sessions[0].title
    others = len(sessions) - 1
    more = f" and {others:,} more" if others else ""
    return StageChoice(
        uuid5(NAMESPACE_OID, f"room {room}").hex,
        room or "Without a room",
        f"“{first}”{more}",
        frozenset(session.source_key for session in sessions),
    )


def with_main_stage(programme: Programme, sources: Collection[str]) -> Programme:
    """These sessions are on the main stage because somebody said so."""
    return Programme(
        tuple(
            replace(session, stage=Stage.MAIN) if session.source_key in sources else session
            for session in programme.sessions
        )
    )
