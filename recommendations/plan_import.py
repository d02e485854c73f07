"""What a file would change of a source's plan, and what is wrong with it. Nothing is saved here."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from panels.reading.text import clean
from recommendations.enums import Horizon, Level, Response, State
from recommendations.pasted_plan import Member, People
from recommendations.plan_cells import Cells, Problem, refuse_differences
from recommendations.plan_columns import COLUMNS
from recommendations.plan_file import FileRow, as_typed
from recommendations.plan_steps import HeldStep, StepEntry, step_entries
from recommendations.planning import circle
from recommendations.refusals import CLOSED, IN_A_CIRCLE, IS_PROPOSED, REASON_NEEDED

ABOUT = tuple(COLUMNS)[: tuple(COLUMNS).index("number")]
STATE_STAYS = "A file cannot change this: it is “%s”. The committee decides what is closed."
NEW_STATE = "A new recommendation is not started. Leave this empty."
OTHER_SOURCE = "This row belongs to “%s”. Update that source with it."
NOT_HERE = "There is no “%s” in this source."
NO_REFERENCE = "Every row needs its reference."
WITH_RESPONSE = "Say what the response is, too."
NO_ANSWER = "A response that was recorded cannot be taken back by a file."


@dataclass(frozen=True)
class Held:
    """One recommendation as it stands. `depends`: references within its source."""

    pk: UUID
    values: Mapping[str, Any]
    response: str
    reason: str
    state: str
    sponsor: Member | None
    depends: frozenset[str]
    steps: Mapping[int, HeldStep]


@dataclass(frozen=True)
class Here:
    source: str
    today: date
    began_on: date | None
    people: People
    held: Mapping[str, Held]


@dataclass
class Entry:
    """What the file makes of one recommendation; `words` name what is different."""

    reference: str
    held: Held | None
    row: int
    values: dict[str, Any]
    response: tuple[str, str]
    sponsor: Member | None
    depends: frozenset[str]
    steps: list[StepEntry]
    words: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Outcome:
    added: list[Entry]
    changed: list[Entry]
    unchanged: int
    problems: list[Problem]

    @property
    def digest(self) -> str:
        """Of all that would be done: when the plan moves on meanwhile, it is looked at again."""
        said = repr([_told(entry) for entry in (*self.added, *self.changed)])
        return hashlib.sha256(said.encode()).hexdigest()


def _told(entry: Entry) -> tuple[object, ...]:
    """In one order in every process: that of a set is another in each."""
    own = (entry.reference, entry.values, entry.response, entry.sponsor, entry.steps, entry.words)
    return (*own, entry.held.pk if entry.held else None, sorted(entry.depends))


EMPTY = Held(
    UUID(int=0),
    {
        "title": "", "text": "", "theme": "", "is_finding": False, "level": "", "horizon": "",
        "phase": None,
    },
    Response.NONE_YET, "", State.NOT_STARTED, None, frozenset(), {},
)  # fmt: skip


def compare(rows: Iterable[FileRow], here: Here) -> Outcome:
    problems: list[Problem] = []
    grouped: dict[str, list[FileRow]] = defaultdict(list)
    for row in rows:
        reference = clean(row.cells["reference"])
        if not reference or len(reference) > 20:
            said = "Use 20 characters or fewer." if reference else NO_REFERENCE
            problems.append(Problem(row.number, COLUMNS["reference"], said))
            continue
        grouped[reference].append(row)
    entries = [
        _entry(reference, own, grouped, here, problems) for reference, own in grouped.items()
    ]
    _refuse_circles(entries, here, problems)
    return Outcome(
        added=[each for each in entries if each.held is None],
        changed=[each for each in entries if each.held and each.words],
        unchanged=sum(1 for each in entries if each.held and not each.words),
        problems=sorted(problems, key=lambda problem: problem.row),
    )


def _entry(
    reference: str,
    rows: list[FileRow],
    known: Mapping[str, Any],
    here: Here,
    problems: list[Problem],
) -> Entry:
    refuse_differences(rows, [k for k in ABOUT if k in rows[0].cells], problems)
    held = here.held.get(reference)
    now, cells = held or EMPTY, Cells(rows[0], problems)
    if cells.at("source") not in ("", as_typed(here.source)):
        cells.say("source", OTHER_SOURCE % clean(cells.at("source"), 80))
    _check_state(cells, held)
    entry = Entry(
        reference=reference,
        held=held,
        row=rows[0].number,
        values=_values(cells, now),
        response=_response(cells, now),
        sponsor=cells.person("sponsor", now.sponsor, here.people.find),
        depends=_depends(cells, now, {*known, *here.held}),
        steps=step_entries(rows, now.steps, here, problems),
    )
    entry.words = _words(entry, now)
    if held and entry.words and held.state in State.closed():
        cells.say("reference", CLOSED)
    elif now.state == State.PROPOSED_FOR_CLOSURE and any(each.is_planned for each in entry.steps):
        cells.say("reference", IS_PROPOSED)
    return entry


def _check_state(cells: Cells, held: Held | None) -> None:
    now = State(held.state) if held else State.NOT_STARTED
    if cells.choice("state", now, State, blank=None) != now:
        cells.say("state", STATE_STAYS % now.label if held else NEW_STATE)


def _values(cells: Cells, now: Held) -> dict[str, Any]:
    was = now.values
    title = cells.text("title", was["title"], 160, required=True)
    return {
        "title": title,
        "text": cells.text("text", was["text"], 10_000) or title,
        "theme": cells.text("theme", was["theme"], 160),
        "is_finding": cells.yes_or_no("is_finding", now=was["is_finding"]),
        "level": cells.choice("level", was["level"], Level, blank=""),
        "horizon": cells.choice("horizon", was["horizon"], Horizon, blank=""),
        "phase": cells.whole("phase", was["phase"], 1, 9),
    }


def _response(cells: Cells, now: Held) -> tuple[str, str]:
    """An empty cell leaves it: a response is not taken back by leaving it out."""
    response = cells.choice("response", now.response, Response, blank=None)
    reason = cells.text("response_reason", now.reason, 10_000)
    if not cells.at("response_reason"):
        reason = now.reason if response == now.response else ""
    if response in Response.needing_a_reason() and not reason:
        cells.say("response_reason", REASON_NEEDED)
    if response == Response.NONE_YET and now.response != Response.NONE_YET:
        cells.say("response", NO_ANSWER)
    if response == Response.NONE_YET and reason:
        cells.say("response", WITH_RESPONSE)
    return response, reason


def _depends(cells: Cells, now: Held, known: set[str]) -> frozenset[str]:
    if not cells.has("depends_on"):
        return now.depends
    named = [clean(each) for each in re.split(r"[,;\n]", cells.at("depends_on"))]
    for each in filter(None, named):
        if each not in known:
            cells.say("depends_on", NOT_HERE % clean(each, 40))
    return frozenset(each for each in named if each)


def _refuse_circles(entries: list[Entry], here: Here, problems: list[Problem]) -> None:
    depends = {reference: held.depends for reference, held in here.held.items()}
    depends |= {entry.reference: entry.depends for entry in entries}
    for entry in entries:
        is_other = not entry.held or entry.depends != entry.held.depends
        found = circle(entry.reference, sorted(entry.depends), depends) if is_other else []
        if found:
            said = IN_A_CIRCLE % " needs ".join(found)
            problems.append(Problem(entry.row, COLUMNS["depends_on"], said))


def _words(entry: Entry, now: Held) -> list[str]:
    """The columns that are different, then each action."""
    keys = [key for key, value in entry.values.items() if value != now.values[key]]
    keys += ["depends_on"] if entry.depends != now.depends else []
    keys += ["response"] if entry.response != (now.response, now.reason) else []
    keys += ["sponsor"] if entry.sponsor != now.sponsor else []
    return [COLUMNS[key] for key in keys] + [w for each in entry.steps if (w := each.words)]
