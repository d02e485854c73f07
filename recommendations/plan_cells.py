"""Reading the cells of one row of a plan; what is wrong is said by row and column."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import TextChoices

from panels.reading.text import clean, folded
from recommendations.pasted_plan import NO_SUCH_DAY, day_of
from recommendations.plan_columns import COLUMNS, NO, YES
from recommendations.plan_file import FileRow, as_typed

YES_OR_NO = "Write yes or no."
WHOLE = "Write a whole number from %s to %s."
ONE_OF = "Write one of these: %s."
TOO_LONG = "Use %d characters or fewer. This has %d."
DIFFERS = "Row %d says something else of the same recommendation."
REQUIRED = "Fill this in."


@dataclass(frozen=True)
class Problem:
    row: int
    column: str
    text: str


class Cells:
    """Each reader gives what stands now where the file has no such column or says the same."""

    def __init__(self, row: FileRow, problems: list[Problem]) -> None:
        self.row, self.problems = row, problems

    def say(self, key: str, text: str) -> None:
        self.problems.append(Problem(self.row.number, COLUMNS[key], text))

    def has(self, key: str) -> bool:
        return key in self.row.cells

    def at(self, key: str) -> str:
        return self.row.cells.get(key, "")

    def text(self, key: str, now: str, most: int, *, required: bool = False) -> str:
        typed = self.at(key)
        if not self.has(key) or typed == as_typed(now):
            if required and not now:
                self.say(key, REQUIRED)
            return now
        if required and not typed:
            self.say(key, REQUIRED)
        if len(typed) > most:
            self.say(key, TOO_LONG % (most, len(typed)))
        return typed

    def choice(self, key: str, now: str, among: type[TextChoices], *, blank: str | None) -> str:
        """`blank`: what an empty cell means; None is as it is now."""
        if not self.at(key):
            return blank if self.has(key) and blank is not None else now
        for value, label in among.choices:
            if folded(self.at(key)) in (folded(value), folded(label)):
                return str(value)
        self.say(key, ONE_OF % ", ".join(among.labels))
        return now

    def yes_or_no(self, key: str, *, now: bool) -> bool:
        if not self.at(key):
            return now
        typed = folded(self.at(key))
        if typed not in (YES, NO):
            self.say(key, YES_OR_NO)
        return typed == YES

    def whole(self, key: str, now: int | None, least: int, most: int) -> int | None:
        if not self.has(key) or not self.at(key):
            return None if self.has(key) else now
        typed = self.at(key).replace(",", "")
        if typed.isdecimal() and len(typed) < 12 and least <= int(typed) <= most:
            return int(typed)
        self.say(key, WHOLE % (f"{least:,}", f"{most:,}"))
        return now

    def day(self, key: str, now: date | None) -> date | None:
        """An empty cell is no day."""
        if not self.at(key):
            return None if self.has(key) else now
        found = day_of(self.at(key))
        if found is None:
            self.say(key, NO_SUCH_DAY % clean(self.at(key), 60))
            return now
        return found

    def person(self, key: str, now: Any, find: Callable[[str], tuple[Any, str]]) -> Any:
        """Whoever holds it may stay though they have left; anybody else has to be a member."""
        typed = self.at(key)
        if not typed:
            return None if self.has(key) else now
        if now and folded(typed) in (folded(now.email), folded(now.name)):
            return now
        member, why = find(typed)
        if why:
            self.say(key, why)
            return now
        return member


def refuse_differences(rows: Iterable[FileRow], keys: Iterable[str], out: list[Problem]) -> None:
    """What is said of a recommendation is said again on the row of each of its actions."""
    first, *others = rows
    for row in others:
        for key in keys:
            if row.cells.get(key) != first.cells.get(key):
                out.append(Problem(row.number, COLUMNS[key], DIFFERS % first.number))
