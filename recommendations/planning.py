"""What a plan may say: dates, references, what an action's kind asks for, and no circles.

Rules only.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from recommendations.assignment import DATE_PASSED
from recommendations.enums import ActionKind, EditedField
from ui.dates import TOO_FAR, in_full, is_within_reach

BEFORE_SOURCE = "This is before %s, when the source began. Choose a later date."
NUMBERS_OF_KIND = ("every_months", "occurrences_needed", "moves_with_meetings")
COVERS = ("unit", "is_counted", "percent_needed")
GROUPS = {
    EditedField.TITLE: ("title",),
    EditedField.KIND: ("kind", *NUMBERS_OF_KIND),
    EditedField.COVERAGE: COVERS,
    EditedField.BUDGET: ("budget_pounds",),
    EditedField.STAFF_DAYS: ("staff_days",),
}
"""What history says was changed of an action, and the columns behind each word."""
MONTHS_NEEDED = "Enter how many months lie between, from 1 to 60."
TIMES_NEEDED = "Enter how many times in a row it has to happen, from 1 to 100."
UNIT_NEEDED = "Enter what has to be covered, such as service area."
PERCENT_NEEDED = "Enter a whole percentage from 1 to 100."


def why_before(day: date | None, began_on: date | None) -> str:
    """Why this date cannot belong to a source that began then; empty when it can."""
    if day and began_on and day < began_on:
        return BEFORE_SOURCE % in_full(began_on)
    return ""


def why_not_begin(day: date, *, today: date, began_on: date | None) -> str:
    """Why a new date cannot be proposed; empty when it can."""
    if day < today:
        return DATE_PASSED
    return why_before(day, began_on) or ("" if is_within_reach(day, today=today) else TOO_FAR)


@dataclass(frozen=True)
class Step:
    """All of an action that somebody types, as its kind allows it."""

    title: str
    kind: str
    every_months: int | None = None
    occurrences_needed: int | None = None
    moves_with_meetings: bool = False
    unit: str = ""
    is_counted: bool = False
    percent_needed: int | None = None
    budget_pounds: int | None = None
    staff_days: int | None = None

    @classmethod
    def of(cls, typed: Mapping[str, Any]) -> "Step":
        """Without what belongs to another kind, which the page shows beside it."""
        kind = typed["kind"]
        is_cadence, is_coverage = kind == ActionKind.CADENCE, kind == ActionKind.COVERAGE
        is_counted = is_coverage and bool(typed.get("is_counted"))
        return cls(
            title=typed["title"],
            kind=kind,
            every_months=typed.get("every_months") if is_cadence else None,
            occurrences_needed=typed.get("occurrences_needed") if is_cadence else None,
            moves_with_meetings=is_cadence and bool(typed.get("moves_with_meetings")),
            unit=(typed.get("unit") or "") if is_coverage else "",
            is_counted=is_counted,
            percent_needed=typed.get("percent_needed") if is_counted else None,
            budget_pounds=typed.get("budget_pounds"),
            staff_days=typed.get("staff_days"),
        )

    @property
    def problems(self) -> dict[str, str]:
        """By field, what its kind still needs."""
        if self.kind == ActionKind.CADENCE:
            asked = (
                ("every_months", self.every_months, 60, MONTHS_NEEDED),
                ("occurrences_needed", self.occurrences_needed, 100, TIMES_NEEDED),
            )
            return {name: say for name, had, most, say in asked if not 1 <= (had or 0) <= most}
        if self.is_counted and not 1 <= (self.percent_needed or 0) <= 100:
            return {"percent_needed": PERCENT_NEEDED}
        return {}


def circle(
    start: str, wanted: Collection[str], depends: Mapping[str, Collection[str]]
) -> list[str]:
    """The chain from `start` back to itself that `wanted` would close; empty where there is none.

    `depends`: what each depends on as it stands; of `start` itself only `wanted` counts.
    """
    came: dict[str, str] = {}
    waiting = list(dict.fromkeys(wanted))
    for each in waiting:
        came.setdefault(each, start)
    while waiting:
        here = waiting.pop()
        if here == start:
            return _chain(start, came)
        for after in depends.get(here, ()):
            if after not in came:
                came[after] = here
                waiting.append(after)
    return []


def _chain(start: str, came: Mapping[str, str]) -> list[str]:
    chain, here = [start], came[start]
    while here != start:
        chain.append(here)
        here = came[here]
    return [*reversed([*chain, start])]
