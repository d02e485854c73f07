"""What a file would change of the actions of one recommendation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Protocol
from uuid import UUID

from panels.reading.text import folded
from recommendations.assignment import DATE_STANDS
from recommendations.enums import ActionKind
from recommendations.pasted_plan import Member, People
from recommendations.plan_cells import Cells, Problem
from recommendations.plan_columns import COLUMNS
from recommendations.plan_file import FileRow
from recommendations.planning import Step, why_not_begin
from recommendations.refusals import KIND_STAYS
from recommendations.suggesting import suggest

OF_A_STEP = tuple(COLUMNS)[tuple(COLUMNS).index("number") + 1 :]
OTHER_KIND = "This belongs to another kind of action. Leave it empty."
TWICE = "This number is on row %d already."
ORIGINAL_STAYS = "A file cannot change this. It is the date that was first accepted."
MOST_STEPS = 999


class Around(Protocol):
    @property
    def today(self) -> date: ...
    @property
    def began_on(self) -> date | None: ...
    @property
    def people(self) -> People: ...


@dataclass(frozen=True)
class HeldStep:
    """One action as it stands."""

    pk: UUID
    step: Step
    lead: Member | None
    original: date | None
    target: date | None
    is_accepted: bool
    shows: bool


@dataclass(frozen=True)
class StepEntry:
    number: int
    held: HeldStep | None
    step: Step
    lead: Member | None
    target: date | None

    @property
    def is_planned(self) -> bool:
        """Whether what is to be done changes, and not only who does it and when."""
        return self.held is None or self.held.step != self.step

    @property
    def words(self) -> str:
        if self.held is None:
            return f"Action {self.number} is added"
        was = self.held
        changed = [
            *(["what is to be done"] if was.step != self.step else []),
            *(["lead"] if was.lead != self.lead else []),
            *(["date"] if was.target != self.target else []),
        ]
        return f"Action {self.number}: {', '.join(changed)}" if changed else ""


def step_entries(
    rows: Sequence[FileRow], held: Mapping[int, HeldStep], here: Around, problems: list[Problem]
) -> list[StepEntry]:
    found: dict[int, StepEntry] = {}
    seen: dict[int, int] = {}
    for row in rows:
        cells = Cells(row, problems)
        if not any(cells.at(key) for key in ("number", *OF_A_STEP)):
            continue
        number = cells.whole("number", None, 1, MOST_STEPS)
        if number is None:
            number = _same_title(cells, held) or max([0, *held, *found]) + 1
        if number in seen:
            cells.say("number", TWICE % seen[number])
            continue
        seen[number] = row.number
        found[number] = _entry(number, cells, held.get(number), here)
    return list(found.values())


def _same_title(cells: Cells, held: Mapping[int, HeldStep]) -> int | None:
    """The same file again finds what it added without a number."""
    title = folded(cells.at("step"))
    same = (number for number, each in held.items() if folded(each.step.title) == title)
    return next(same, None) if title else None


def _entry(number: int, cells: Cells, held: HeldStep | None, here: Around) -> StepEntry:
    step = _step(cells, held)
    lead = cells.person("lead", held.lead if held else None, here.people.find)
    target = cells.day("target_date", held.target if held else None)
    if held and held.is_accepted and not cells.at("target_date"):
        target = held.target
    if target != (held.target if held else None):
        why = DATE_STANDS if held and held.is_accepted else ""
        if target and not why:
            why = why_not_begin(target, today=here.today, began_on=here.began_on)
        if why:
            cells.say("target_date", why)
    original = held.original if held else None
    if cells.at("original_date") and cells.day("original_date", original) != original:
        cells.say("original_date", ORIGINAL_STAYS)
    return StepEntry(number, held, step, lead, target)


def _step(cells: Cells, held: HeldStep | None) -> Step:
    was: dict[str, Any] = vars(held.step) if held else {}
    title = cells.text("step", was.get("title", ""), 200, required=True)
    kind = cells.choice("kind", was.get("kind", ""), ActionKind, blank=None)
    if held and held.shows and kind != held.step.kind:
        cells.say("kind", KIND_STAYS)
    typed: dict[str, Any] = {
        "title": title,
        "kind": kind,
        "every_months": cells.whole("every_months", was.get("every_months"), 1, 60),
        "occurrences_needed": cells.whole(
            "occurrences_needed", was.get("occurrences_needed"), 1, 100
        ),
        "moves_with_meetings": cells.yes_or_no(
            "moves_with_meetings", now=was.get("moves_with_meetings", False)
        ),
        "unit": cells.text("unit", was.get("unit", ""), 60),
        "percent_needed": cells.whole("percent_needed", was.get("percent_needed"), 1, 100),
        "budget_pounds": cells.whole("budget_pounds", was.get("budget_pounds"), 0, 1_000_000_000),
        "staff_days": cells.whole("staff_days", was.get("staff_days"), 0, 100_000),
    }
    if not kind:
        suggested = vars(suggest(title))
        typed |= {key: typed.get(key) or value for key, value in suggested.items()}
    typed["is_counted"] = typed["percent_needed"] is not None
    step = Step.of(typed)
    for key in ("every_months", "occurrences_needed", "unit", "percent_needed"):
        if cells.at(key) and typed[key] and not getattr(step, key):
            cells.say(key, OTHER_KIND)
    for key, why in step.problems.items():
        cells.say(key, why)
    return step
