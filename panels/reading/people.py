"""Who is who within one file, and the programme that grows while it is read."""

from collections import Counter
from dataclasses import dataclass, field, replace

from panels.enums import SeatRole
from panels.programme import Programme, ProgrammeSeat, ProgrammeSession
from panels.reading.limits import (
    MAX_KEY,
    MAX_NAME,
    MAX_NAMED,
    MAX_ROOM,
    MAX_ROWS,
    MAX_SEATS,
    MAX_TITLE,
)
from panels.reading.outcome import Unreadable
from panels.reading.sensitive import without_pronouns
from panels.reading.text import clean, folded

UNTITLED = "Without a title"


@dataclass
class People:
    """One key for one person: the file's own code, else the name however it is written.

    Two people of one name whose addresses differ are two people.
    """

    emails: dict[str, str] = field(default_factory=dict)

    def key(self, *, code: str, name: str, email: str = "") -> str:
        if code:
            return f"code:{clean(code, MAX_KEY)}"
        key = f"name:{folded(name)}"
        if email and self.emails.setdefault(key, folded(email)) != folded(email):
            return f"{key}, {folded(email)}"
        return key


def person_name(written: object, where: str) -> str:
    """`where`: the row or the talk, for the refusal of what cannot be a name."""
    name = without_pronouns(clean(written))
    if len(name) > MAX_NAME:
        raise Unreadable(f"{where}: a name is longer than {MAX_NAME} characters.")
    return name


@dataclass
class Draft:
    """One session while its seats are found."""

    session: ProgrammeSession
    seats: dict[tuple[str, SeatRole, int], ProgrammeSeat] = field(default_factory=dict)

    def finished(self) -> ProgrammeSession:
        return replace(self.session, seats=tuple(self.seats.values()))


class Builder:
    """Collects sessions in the order of the file; each key only once."""

    def __init__(self) -> None:
        self.people = People()
        self.drafts: dict[str, Draft] = {}
        self.slots: Counter[str] = Counter()
        self.seats = self.named = 0

    def add_slot(self, session: ProgrammeSession) -> Draft:
        """A session of its own even where its key is taken: a talk in a second slot."""
        key = session.source_key
        while session.source_key in self.drafts:
            self.slots[key] += 1
            session = replace(session, source_key=f"{key} #{self.slots[key] + 1}")
        return self.session(session)

    def session(self, session: ProgrammeSession) -> Draft:
        """The one with this key, or a new one."""
        if session.source_key not in self.drafts:
            if len(self.drafts) >= MAX_ROWS:
                raise Unreadable(f"The file has more than {MAX_ROWS:,} sessions.")
            tidy = replace(
                session,
                title=clean(session.title, MAX_TITLE) or UNTITLED,
                room=clean(session.room, MAX_ROOM),
            )
            self.drafts[session.source_key] = Draft(tidy)
        return self.drafts[session.source_key]

    def seat(self, draft: Draft, *, code: str, name: str, role: SeatRole, email: str = "") -> None:
        """Somebody sits once in each role; a seat without anybody is one more each time."""
        self.count_named()
        key = self.people.key(code=code, name=name, email=email) if code or name else ""
        place = (key, role, 0 if key else len(draft.seats))
        if place in draft.seats:
            return
        self.seats += 1
        if self.seats > MAX_SEATS:
            raise Unreadable(f"The file has more than {MAX_SEATS:,} seats.")
        draft.seats[place] = ProgrammeSeat(key, name, role, email)

    def count_named(self) -> None:
        self.named += 1
        self.refuse_too_many(0)

    def refuse_too_many(self, more: int) -> None:
        """Before so many more are named."""
        if self.named + more > MAX_NAMED:
            raise Unreadable(f"The file names people and sessions more than {MAX_NAMED:,} times.")

    def programme(self) -> Programme:
        return Programme(tuple(draft.finished() for draft in self.drafts.values()))
