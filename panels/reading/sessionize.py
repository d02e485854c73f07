"""Sessionize's views: “All” (sessions, speakers, rooms), “Sessions” and “GridSmart”.

An id of a session is a text in `sessions` and a number in a speaker's own list. Breaks are
service sessions and left out; a plenum session only suggests a main stage. What speakers are
sorted into, and what they answered, is never read: it may be their gender.
"""

from collections.abc import Iterator
from typing import Any

from panels.enums import ImportFormat
from panels.programme import ProgrammeSession
from panels.reading import times
from panels.reading.json_text import entries, inside, listed
from panels.reading.leftovers import Leftovers, counted
from panels.reading.limits import MAX_KEY, MAX_ROOM
from panels.reading.outcome import Reading, Unreadable
from panels.reading.people import Builder, person_name
from panels.reading.text import clean
from panels.reading.vocabulary import goes_ahead, perhaps_main_stage, role_of_type

MAX_KINDS = 20


def is_sessionize(data: object) -> bool:
    if isinstance(data, dict):
        return isinstance(data.get("sessions"), list) and isinstance(data.get("speakers"), list)
    return any(
        isinstance(group.get("sessions"), list) or isinstance(group.get("timeSlots"), list)
        for group in entries(data)
    )


def read_sessionize(data: object) -> Reading:
    book = _Book(data)
    for session in _sessions(data):
        book.add(session)
    if not book.builder.drafts:
        raise Unreadable("This Sessionize file has no sessions yet.")
    return Reading(
        ImportFormat.SESSIONIZE_JSON, book.builder.programme(), thrown_away=book.thrown_away()
    )


def _sessions(data: object) -> Iterator[dict[str, Any]]:
    if isinstance(data, dict):
        yield from entries(data.get("sessions"))
        return
    for group in entries(data):
        yield from entries(group.get("sessions"))
        for room in entries(group.get("rooms")):
            yield from entries(room.get("sessions"))


class _Book:
    """The file's own lists by id, and what was found in it so far."""

    def __init__(self, data: object) -> None:
        self.builder = Builder()
        self.leftovers = Leftovers()
        self.service = self.not_held = 0
        self.speakers = {
            clean(speaker.get("id")): speaker for speaker in entries(inside(data, "speakers"))
        }
        self.rooms = {
            clean(room.get("id")): clean(room.get("name"), MAX_ROOM)
            for room in entries(inside(data, "rooms"))
        }
        self.items = {
            clean(item.get("id")): clean(item.get("name"), MAX_ROOM)
            for category in entries(inside(data, "categories"))
            for item in entries(category.get("items"))
        }
        self.of_session: dict[str, dict[str, None]] = {}
        for code, speaker in self.speakers.items():
            self.leftovers.note(speaker, is_person=True)
            for session in listed(speaker.get("sessions")):
                found = clean(session.get("id") if isinstance(session, dict) else session)
                self.of_session.setdefault(found, {})[code] = None

    def add(self, session: dict[str, Any]) -> None:
        if session.get("isServiceSession"):
            self.service += 1
            return
        if not goes_ahead(clean(session.get("status"))):
            self.not_held += 1
            return
        self.leftovers.note(session)
        items = listed(session.get("categoryItems"))[:MAX_KINDS]
        kinds = [self.items.get(clean(item), "") for item in items]
        draft = self.builder.add_slot(self._session(session, kinds))
        role = role_of_type(" ".join(kinds))
        for code, written in self._people(session):
            name = person_name(written, f"“{draft.session.title}”")
            self.builder.seat(draft, code=code, name=name, role=role)

    def _session(self, session: dict[str, Any], kinds: list[str]) -> ProgrammeSession:
        title = clean(session.get("title"))
        room = self.rooms.get(clean(session.get("roomId")), "") or clean(session.get("room"))
        starts = times.start(clean(session.get("startsAt")))
        return ProgrammeSession(
            source_key=f"talk:{clean(session.get('id'), MAX_KEY) or title[:MAX_KEY]}",
            title=title,
            room=room,
            starts_at=starts.at if starts else None,
            minutes=times.between(starts, times.start(clean(session.get("endsAt")))),
            main_stage_hint=bool(session.get("isPlenumSession"))
            or perhaps_main_stage((*kinds, room)),
            has_time=starts is None or starts.has_time,
        )

    def _people(self, session: dict[str, Any]) -> Iterator[tuple[str, str]]:
        """Code and name: of the session's own list, else of the speakers who name it."""
        named = listed(session.get("speakers")) or self.of_session.get(clean(session.get("id")), [])
        for speaker in named:
            own = speaker if isinstance(speaker, dict) else {"id": speaker}
            code = clean(own.get("id"))
            known = self.speakers.get(code, own)
            parts = (clean(known.get(name)) for name in ("firstName", "lastName"))
            name = clean(known.get("fullName")) or " ".join(part for part in parts if part)
            if code or name:
                yield code, name or clean(own.get("name"))

    def thrown_away(self) -> tuple[str, ...]:
        if self.service:
            breaks = counted(self.service, "break or other service session", "breaks and the like")
            self.leftovers.note_words(breaks)
        if self.not_held:
            words = counted(self.not_held, "session", "sessions")
            self.leftovers.note_words(f"{words} that will not be held")
        if self.items:
            self.leftovers.note_words("What speakers are sorted into")
        return self.leftovers.phrases()
