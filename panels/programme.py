"""A programme that was read of a file: sessions and seats, before anything of it is saved.

What a file says about people's gender or ethnicity never comes this far.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from panels.enums import SeatRole, Stage


@dataclass(frozen=True, slots=True)
class ProgrammeSeat:
    """`person_key`: the same for the same person all over one file; to be hashed before it is kept.

    Key and name are both blank where a seat is planned and nobody's yet; a session may have
    several such. Anybody else sits once in a session and role.
    `email` only where whoever imports has mapped a column of addresses.
    """

    person_key: str
    name: str
    role: SeatRole = SeatRole.PANELLIST
    email: str = ""


@dataclass(frozen=True, slots=True)
class ProgrammeSession:
    """`source_key`: unique in its file and the same in the next version of that file.

    `stage` is None where the file does not say; `main_stage_hint` is only ever a suggestion.
    `starts_at` knows its zone, or is in the gathering's own time; it is a midnight where only the
    day is known, which `has_time` says.
    """

    source_key: str
    title: str
    room: str = ""
    starts_at: datetime | None = None
    minutes: int | None = None
    main_stage_hint: bool = False
    stage: Stage | None = None
    seats: tuple[ProgrammeSeat, ...] = ()
    has_time: bool = True


@dataclass(frozen=True)
class Programme:
    """Talks, seats and people as the file has them; a talk in two slots is two sessions."""

    sessions: tuple[ProgrammeSession, ...] = ()

    @property
    def talks(self) -> int:
        return len(self.sessions)

    @cached_property
    def seats(self) -> int:
        return sum(len(session.seats) for session in self.sessions)

    @cached_property
    def people(self) -> int:
        """Everybody once; a seat that is nobody's yet is one person."""
        keys = [seat.person_key for session in self.sessions for seat in session.seats]
        return len(set(keys) - {""}) + keys.count("")

    @cached_property
    def same_names(self) -> tuple[str, ...]:
        """Names that several people of the file bear: perhaps the same person twice."""
        bearers: dict[str, dict[str, str]] = {}
        for seat in (seat for session in self.sessions for seat in session.seats):
            if seat.name:
                folded = unicodedata.normalize("NFKC", seat.name).casefold()
                bearers.setdefault(folded, {})[seat.person_key] = seat.name
        return tuple(
            names[next(iter(names))] for _, names in sorted(bearers.items()) if len(names) > 1
        )

    def to_json(self) -> dict[str, Any]:
        return {"sessions": [_session_to_json(session) for session in self.sessions]}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Programme":
        return cls(tuple(_session_from_json(session) for session in data["sessions"]))


def _session_to_json(session: ProgrammeSession) -> dict[str, Any]:
    return {
        "source_key": session.source_key,
        "title": session.title,
        "room": session.room,
        "starts_at": session.starts_at.isoformat() if session.starts_at else None,
        "has_time": session.has_time,
        "minutes": session.minutes,
        "main_stage_hint": session.main_stage_hint,
        "stage": session.stage.value if session.stage else None,
        "seats": [
            [seat.person_key, seat.name, seat.role.value, seat.email] for seat in session.seats
        ],
    }


def _session_from_json(data: Mapping[str, Any]) -> ProgrammeSession:
    return ProgrammeSession(
        source_key=data["source_key"],
        title=data["title"],
        room=data["room"],
        starts_at=datetime.fromisoformat(data["starts_at"]) if data["starts_at"] else None,
        minutes=data["minutes"],
        main_stage_hint=data["main_stage_hint"],
        stage=Stage(data["stage"]) if data["stage"] else None,
        seats=tuple(
            ProgrammeSeat(key, name, SeatRole(role), email)
            for key, name, role, email in data["seats"]
        ),
        has_time=data.get("has_time", True),
    )
