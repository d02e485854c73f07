"""Where one can go from an event or group, and how far each of those places has come."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from panels.audit import STANDING_GROUPS
from panels.enums import GatheringKind
from ui.dates import in_full

READ_BY_ALL = frozenset(
    {
        "line_up",
        "seat_planner",
        "three_questions",
        "gathering_frozen",
        "counts_as_at",
    }
)


@dataclass(frozen=True)
class Facts:
    """`barriers`: how many lines of the checklist are answered, and of how many.

    `public_statement`: what its address ends in, where one stands.
    `is_closed`: the names are gone, so nobody is added or asked any more.
    """

    kind: GatheringKind
    sessions: int = 0
    seats: int = 0
    open_round: UUID | None = None
    closes_on: date | None = None
    rounds_closed: int = 0
    rounds_counted: int = 0
    rounds_to_count: int = 0
    barriers: tuple[int, int] = (0, 0)
    answered_on: date | None = None
    look_again_on: date | None = None
    statements: int = 0
    public_statement: str = ""
    is_closed: bool = False
    locked_on: date | None = None
    days_counted: int = 0

    @property
    def is_standing(self) -> bool:
        return self.kind in STANDING_GROUPS

    @property
    def may_be_asked(self) -> bool:
        """The people of one event are asked and counted once; a group's again some day."""
        return not self.is_closed and (self.is_standing or not self.rounds_counted)


@dataclass(frozen=True)
class Place:
    """`name` is that of its address; `more` stands in the address after the gathering."""

    name: str
    title: str
    state: str
    more: tuple[UUID, ...] = ()


def places(facts: Facts, *, may_edit: bool) -> tuple[Place, ...]:
    """In the order of the work. Who only reads is shown what there is to read."""
    found = (*_planning(facts), *_afterwards(facts))
    return tuple(place for place in found if may_edit or place.name in READ_BY_ALL)


def _planning(facts: Facts) -> Iterator[Place]:
    yield Place("line_up", "Line-up", _line_up(facts))
    if not facts.is_closed:
        yield Place("import_start", "Read in a line-up", "From a file, or pasted")
        yield _asking(facts)
        yield Place("seat_planner", "Seat planner", "What each seat asks for")
    yield Place("barriers_edit", "Barriers", _barriers(*facts.barriers))
    yield Place("three_questions", "The three questions", _three(facts))


def _afterwards(facts: Facts) -> Iterator[Place]:
    yield Place("statement_share", "Share", _shared(facts.statements))
    if facts.locked_on:
        frozen = f"Frozen on {in_full(facts.locked_on)}"
        yield Place("gathering_frozen", "Locked line-up", frozen)
    else:
        yield Place("gathering_lock", "Lock the line-up", "Open to changes")
    if facts.is_standing:
        yield Place("counts_as_at", "Counts over time", _days(facts.days_counted))
    else:
        yield Place("gathering_repeat", "Repeat it", "Next year’s, from this one")


def _line_up(facts: Facts) -> str:
    if not facts.seats and not facts.sessions:
        return "Nobody written down yet"
    seats = counted(facts.seats, "seat", "seats")
    if facts.sessions < 2:
        return seats
    return f"{counted(facts.sessions, 'session', 'sessions')}, {seats}"


def _asking(facts: Facts) -> Place:
    if facts.open_round and facts.closes_on:
        state = f"Open until {in_full(facts.closes_on)}"
        return Place("declaration_round", "Ask by link", state, (facts.open_round,))
    return Place("declaration_open", "Ask by link", _asked(facts))


def _asked(facts: Facts) -> str:
    if facts.rounds_to_count:
        return "Asked; the answers are not in the count yet"
    if facts.rounds_counted:
        return "Asked and counted"
    return "Too few answered; you may ask again" if facts.rounds_closed else "Not asked"


def _barriers(answered: int, lines: int) -> str:
    return f"{answered} of {lines} answered" if lines and answered else "Not answered yet"


def _three(facts: Facts) -> str:
    if not facts.answered_on:
        return "Not answered yet"
    answered = f"Answered on {in_full(facts.answered_on)}"
    again = facts.look_again_on
    return f"{answered}; to look at again on {in_full(again)}" if again else answered


def _shared(statements: int) -> str:
    return counted(statements, "statement", "statements") if statements else "Not shared"


def _days(days: int) -> str:
    return counted(days, "day counted", "days counted") if days else "Not counted yet"


def counted(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
