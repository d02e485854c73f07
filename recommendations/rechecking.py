"""Looking again at what was closed as implemented: is it still in place?"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from recommendations.enums import Sustained
from ui.dates import in_full

OVER = "This check is no longer open."
NOTE_OWED = "Say what you found, in a sentence or two."


@dataclass(frozen=True)
class Check:
    """One re-check. `is_open`: neither recorded nor dropped because it was reopened."""

    due_on: date
    is_open: bool


@dataclass(frozen=True)
class Checker:
    """What somebody is here, and to the work. `sits`: on the committee; `is_named`: chair or
    committee, with a seat or without; `advises`: trustee or adviser; `proposed`: closing it."""

    sits: bool = False
    is_named: bool = False
    advises: bool = False
    coordinates: bool = False
    owns: bool = False
    proposed: bool = False

    @property
    def is_free(self) -> bool:
        return not (self.coordinates or self.owns or self.proposed)


def is_passed_on(people: Iterable[Checker]) -> bool:
    """Nobody on the committee is free to look, so a trustee or an adviser does."""
    return not any(each.sits and each.is_free for each in people)


def may_record(person: Checker, people: Iterable[Checker]) -> bool:
    """people: everybody here, this person among them."""
    return person.is_free and (person.sits or (person.advises and is_passed_on(people)))


def may_open(person: Checker, people: Iterable[Checker]) -> bool:
    """Coordinators of the committee are let in too, to be told that somebody else looks."""
    belongs = person.sits or (person.is_named and person.coordinates)
    is_told = belongs and not person.owns and not person.proposed
    return is_told or may_record(person, people)


def why_not_record(check: Check, *, result: str, note: str, today: date) -> str:
    """Why this cannot be recorded; empty when it can.

    That it has not lasted may be said at any time; that it has, from the day on which it is due.
    """
    if not check.is_open:
        return OVER
    if not note.strip():
        return NOTE_OWED
    if result == Sustained.SUSTAINED and today < check.due_on:
        return f"This can be said from {in_full(check.due_on)} on."
    return ""
