"""What a meeting decided, as text to send round. Rules only."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from ui.dates import in_full

MARKS = re.compile(r"([\\`*_\[\]<>#|~&])")


@dataclass(frozen=True)
class Ruled:
    """`about`: what was decided on. `was_passed_on`: not by a member of the committee."""

    reference: str
    title: str
    about: str
    ruling: str
    why: str
    by: str
    was_passed_on: bool = False


@dataclass(frozen=True)
class Covered:
    title: str
    was_covered: bool | None


@dataclass(frozen=True)
class Minutes:
    organisation: str
    group: str
    held_on: date
    pack: int
    decisions: tuple[Ruled, ...] = ()
    apologies: tuple[str, ...] = ()
    agenda: tuple[Covered, ...] = ()


def as_markdown(minutes: Minutes) -> str:
    return "\n".join(_lines(minutes)) + "\n"


def _lines(minutes: Minutes) -> Iterator[str]:
    yield f"# Minutes: {plain(minutes.group)}, {in_full(minutes.held_on)}"
    yield ""
    yield f"{plain(minutes.organisation)}. Decisions taken on pack {minutes.pack}."
    yield from ("", "## Apologies", "")
    yield ", ".join(map(plain, minutes.apologies)) or "None."
    yield from ("", "## Agenda", "")
    yield from [f"- {plain(item.title)}: {covered(item)}" for item in minutes.agenda] or ["None."]
    yield from ("", "## Decisions", "")
    if not minutes.decisions:
        yield "Nothing was decided."
    for each in minutes.decisions:
        yield f"- **{plain(each.reference)} {plain(each.title)}**: {plain(each.about)}."
        yield f"  {plain(each.ruling)}. {_why(each)}Recorded by {plain(each.by)}{_passed(each)}."


def _why(each: Ruled) -> str:
    return f"{plain(each.why).rstrip('.')}. " if each.why else ""


def _passed(each: Ruled) -> str:
    return ", as nobody on the committee was free to decide" if each.was_passed_on else ""


def covered(item: Covered) -> str:
    if item.was_covered is None:
        return "not recorded"
    return "covered" if item.was_covered else "not reached"


def plain(text: str) -> str:
    """On one line, and nothing in it read as a mark of Markdown."""
    return MARKS.sub(r"\\\1", " ".join(text.split()))
