"""A plan as people paste it: on each line a title, and perhaps a lead and a date.

Apart by semicolons or tabs, as a spreadsheet gives them: “Publish our pay gap; Ada Obi; 31/3/2027”.
"""

import calendar
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from panels.reading.text import LINE, clean, folded
from panels.reading.times import moment
from recommendations.planning import why_not_begin
from recommendations.suggesting import Suggested, suggest

MOST_LINES = 500
MOST_LETTERS = 200_000
MOST_OF_A_TITLE = 160
HEADINGS = {"title", "action", "recommendation", "what", "actions", "recommendations"}
BULLET = re.compile(r"^\s*(?:[-*•·–—]\s+|\(?\d{1,3}[.)]\s+)")
WORD = re.compile("[a-z]+")
_LONG = (*calendar.month_name[1:], *calendar.day_name)
_SHORT = (*calendar.month_abbr[1:], *calendar.day_abbr, "sept", "tues", "thur", "thurs")
_BESIDE = ("st", "nd", "rd", "th", "at", "am", "pm", "t", "z")
OF_A_DATE = frozenset(word.casefold() for word in (*_LONG, *_SHORT, *_BESIDE))
NO_TITLE = "There is no title."
TOO_LONG = f"The title has more than {MOST_OF_A_TITLE} characters."
TOO_MANY_PARTS = "There are more than three parts. Put a title, a lead and a date."
NO_SUCH_DAY = "“%s” is no date that is known here. Write it as 31 March 2027 or 31/3/2027."
NO_SUCH_MEMBER = "Nobody in your organisation is called “%s”. Invite them first, or leave it blank."
SEVERAL = "Several members are called “%s”. Use the email address."
TWICE = "The same title stands on line %d."


@dataclass(frozen=True)
class Member:
    pk: UUID
    name: str
    email: str


@dataclass(frozen=True)
class PlanLine:
    """`number` counts the lines as they were pasted. What cannot be read stays as `lead_typed`
    and `day_typed`, with a sentence in `problems`."""

    number: int
    title: str
    lead: Member | None = None
    day: date | None = None
    lead_typed: str = ""
    day_typed: str = ""
    problems: tuple[str, ...] = ()

    @property
    def suggested(self) -> Suggested:
        return suggest(self.title)


class People:
    """Members by the ways in which they are written."""

    def __init__(self, members: Sequence[Member]) -> None:
        self.by_email = {member.email.casefold(): member for member in members}
        self.by_name: dict[str, list[Member]] = {}
        for member in members:
            self.by_name.setdefault(folded(member.name), []).append(member)

    def find(self, typed: str) -> tuple[Member | None, str]:
        """The member, or why there is none."""
        if found := self.by_email.get(typed.casefold()):
            return found, ""
        named = self.by_name.get(folded(typed), [])
        if len(named) == 1:
            return named[0], ""
        return None, (SEVERAL if named else NO_SUCH_MEMBER) % clean(typed, 60)


def day_of(typed: str) -> date | None:
    """As people write it: 31/3/2027, 31 March 2027, 2027-03-31. A time is left aside.

    Reading a programme is lenient about words; here each has to be one of a date.
    """
    found = moment(typed)
    is_number = typed.strip().isdecimal()
    if found is None or is_number or not set(WORD.findall(typed.casefold())) <= OF_A_DATE:
        return None
    return found.date()


def read_plan(
    text: str, members: Sequence[Member], *, today: date, began_on: date | None
) -> list[PlanLine]:
    """Every line that holds anything, whatever is wrong with it; headings are no line."""
    people = People(members)
    found: list[PlanLine] = []
    first_seen: dict[str, int] = {}
    for number, match in enumerate(LINE.finditer(text), 1):
        parts = _parts(match.group())
        if not any(parts) or (not found and folded(parts[0]) in HEADINGS):
            continue
        line = _line(number, parts, people, today=today, began_on=began_on)
        found.append(_with_repeats(line, first_seen))
    return found


def _parts(line: str) -> list[str]:
    cells = line.split("\t") if "\t" in line.strip() else line.split(";")
    parts = [clean(cell) for cell in cells]
    parts[0] = clean(BULLET.sub("", parts[0]))
    while len(parts) > 1 and not parts[-1]:
        parts.pop()
    return parts


def _line(
    number: int, parts: list[str], people: People, *, today: date, began_on: date | None
) -> PlanLine:
    title, lead_typed, day_typed = [*parts, "", ""][:3]
    if lead_typed and not day_typed and moment(lead_typed):
        lead_typed, day_typed = "", lead_typed
    problems = _about_title(title) + ([TOO_MANY_PARTS] if len(parts) > 3 else [])
    lead, why = people.find(lead_typed) if lead_typed else (None, "")
    day = day_of(day_typed) if day_typed else None
    if day_typed and day is None:
        problems.append(NO_SUCH_DAY % clean(day_typed, 60))
    if day:
        problems.append(why_not_begin(day, today=today, began_on=began_on))
    problems.append(why)
    # What does not fit any part is shown with the date, so that nothing is lost from sight.
    shown_day = "; ".join([day_typed, *parts[3:]])
    said = tuple(filter(None, problems))
    return PlanLine(number, title, lead, day, lead_typed, shown_day, said)


def _about_title(title: str) -> list[str]:
    if not title:
        return [NO_TITLE]
    return [TOO_LONG] if len(title) > MOST_OF_A_TITLE else []


def _with_repeats(line: PlanLine, first_seen: dict[str, int]) -> PlanLine:
    """A line that was pasted twice is asked about rather than followed twice."""
    key = folded(line.title)
    if not key or first_seen.setdefault(key, line.number) == line.number:
        return line
    said = (*line.problems, TWICE % first_seen[key])
    return PlanLine(
        line.number, line.title, line.lead, line.day, line.lead_typed, line.day_typed, said
    )


def next_references(taken: Mapping[str, object] | set[str], wanted: int) -> list[str]:
    """The first free whole numbers: 1, 2, 3."""
    free: list[str] = []
    number = 0
    while len(free) < wanted:
        number += 1
        if str(number) not in taken:
            free.append(str(number))
    return free
