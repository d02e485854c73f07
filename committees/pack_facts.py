"""What a pack is made of: plain facts, read at one moment. A `Text` may be somebody's own."""

from dataclasses import dataclass
from datetime import date, datetime

from committees.pack_pieces import Text
from recommendations.enums import State


@dataclass(frozen=True)
class Subject:
    """The recommendation that something is about."""

    id: str
    reference: str
    title: Text


@dataclass(frozen=True)
class Step:
    """An action. `lead` is empty where nobody is named; `has_lead`: somebody who is here today.

    `moves`: how often the committee moved its date.
    """

    id: str
    title: str
    lead: Text = ""
    has_lead: bool = False
    is_proven: bool = False
    original: date | None = None
    target: date | None = None
    moves: int = 0


@dataclass(frozen=True)
class Work:
    """A recommendation as it stood. `last_heard`: its last update or, before any, its first day."""

    subject: Subject
    state: State
    needs_work: bool
    is_silent: bool
    is_overdue: bool
    last_heard: date
    leads: Text = ""
    is_finding: bool = False
    is_activity_only: bool = False
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True)
class Closure:
    """`words`: the outcome, or the reason. `views`: of advisers and of a staff network."""

    id: str
    subject: Subject
    wanted: str
    words: Text
    is_activity_only: bool
    by: Text
    on: date
    shown: int
    steps: int
    views: tuple[tuple[str, Text], ...] = ()


@dataclass(frozen=True)
class Later:
    """A later date that was asked for."""

    id: str
    subject: Subject
    step: str
    old: date
    new: date
    why: Text
    by: Text
    on: date
    moves: int = 0


@dataclass(frozen=True)
class Owed:
    """A response that is owed since the recommendation was added."""

    subject: Subject
    since: date


@dataclass(frozen=True)
class Finished:
    """Closed, or one action shown to be done (`step`)."""

    id: str
    subject: Subject
    on: date
    how: str
    step: str = ""
    outcome: Text = ""
    is_activity_only: bool = False


@dataclass(frozen=True)
class Advised:
    id: str
    reference: str
    title: Text
    group: str
    given_on: date
    answer_due: date | None = None


@dataclass(frozen=True)
class Objected:
    id: str
    subject: Subject
    step: str
    lead: Text
    why: str
    on: date


@dataclass(frozen=True)
class Missed:
    """Something regular that did not happen: a meeting, or what an action asks for."""

    id: str
    what: str
    how: str
    due: date | None
    subject: Subject | None = None
    lead: Text = ""


@dataclass(frozen=True)
class Decided:
    id: str
    subject: Subject
    about: str
    ruling: str
    why: Text
    on: date


@dataclass(frozen=True)
class Moved:
    id: str
    subject: Subject
    step: str
    old: date
    new: date
    why: Text
    on: date


@dataclass(frozen=True)
class Reopened:
    id: str
    subject: Subject
    why: str
    on: date


@dataclass(frozen=True)
class Before:
    """The last pack of this group. `overdue` and `advice`: what stood in it already, by id."""

    number: int
    meeting_on: date
    frozen_at: datetime
    overdue: frozenset[str] = frozenset()
    advice: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Heading:
    """What the pack is for."""

    number: int
    organisation: str
    group: str
    meeting_on: date
    frozen_at: datetime
    frozen_by: Text


@dataclass(frozen=True)
class Facts:
    heading: Heading
    today: date
    before: Before | None = None
    work: tuple[Work, ...] = ()
    closures: tuple[Closure, ...] = ()
    later: tuple[Later, ...] = ()
    owed: tuple[Owed, ...] = ()
    finished: tuple[Finished, ...] = ()
    advice: tuple[Advised, ...] = ()
    objections: tuple[Objected, ...] = ()
    missed: tuple[Missed, ...] = ()
    decided: tuple[Decided, ...] = ()
    moved: tuple[Moved, ...] = ()
    reopened: tuple[Reopened, ...] = ()
