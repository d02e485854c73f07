"""A line-up as people write it: one person on each line, a blank line before the next session.

“Ada Obi, chair”, “Ada Obi (chair)”, “Chair: Ada Obi” and “- Ada Obi” are all read; a line that
ends with a colon, or begins with #, is the title of a session or the role of those below it.
"""

import re
from collections.abc import Iterator

from panels.enums import ImportFormat, SeatRole
from panels.programme import ProgrammeSession
from panels.reading.leftovers import counted
from panels.reading.limits import MAX_KEY, MAX_NAME, MAX_ROWS
from panels.reading.outcome import Reading, Unreadable
from panels.reading.people import Builder, Draft
from panels.reading.sensitive import without_pronouns
from panels.reading.text import LINE, clean, folded
from panels.reading.vocabulary import perhaps_main_stage, role_of

WHOLE_LINE_UP = "Line-up"
MAX_PERSON = 1_000
_BULLET = re.compile(r"^\s*(?:[-*•·–—]\s+|\(?\d{1,3}[.)]\s+)")
_BRACKETED = re.compile(r"^(.*?)\s*[(\[]([^()\[\]]*)[)\]]\s*$")
_APART = re.compile(r"\s+[–—-]\s+|\s*[,;\t|]\s*")
_TITLE_MARK = re.compile(r"^\s*(?:#+|session\s*:|panel\s*:)\s*", re.IGNORECASE)


def read_pasted(text: str) -> Reading:
    writer = _Writer()
    for number, line in enumerate((found.group() for found in LINE.finditer(text)), 1):
        if number > MAX_ROWS:
            raise Unreadable(f"There are more than {MAX_ROWS:,} lines.")
        if len(line) > MAX_PERSON:
            raise Unreadable(f"Line {number} is longer than {MAX_PERSON:,} characters.")
        writer.read(number, "\t".join(clean(part) for part in line.split("\t")).strip())
    return writer.reading()


class _Writer:
    def __init__(self) -> None:
        self.builder = Builder()
        self.draft: Draft | None = None
        self.default = SeatRole.PANELLIST
        self.blocks = self.untitled = self.besides = self.pronouns = 0

    def read(self, number: int, line: str) -> None:
        if not line:
            self.draft, self.default = None, SeatRole.PANELLIST
        elif title := self._title(line):
            role = role_of(title)
            if role is None:
                self._begin(title)
            else:
                self.default = role
        else:
            self._person(number, line)

    @staticmethod
    def _title(line: str) -> str:
        marked = _TITLE_MARK.match(line)
        if marked and (rest := line[marked.end() :].strip(" #:\t")):
            return rest
        return line.rstrip(": \t") if line.endswith(":") else ""

    def _begin(self, title: str) -> Draft:
        self.blocks += 1
        self.draft = self.builder.add_slot(
            ProgrammeSession(
                source_key=f"title:{folded(title)[:MAX_KEY]}",
                title=title,
                main_stage_hint=perhaps_main_stage((title,)),
            )
        )
        return self.draft

    def _person(self, number: int, line: str) -> None:
        written = _BULLET.sub("", line)
        bare = without_pronouns(written)
        self.pronouns += bare != written
        name, role, besides = _name_and_role(bare)
        if len(name) > MAX_NAME:
            raise Unreadable(f"Line {number} is too long to be a name.")
        if not name and role is None:
            return
        self.besides += besides
        if self.draft is None:
            self.untitled += 1
        draft = self.draft or self._begin(f"Session {self.blocks + 1}")
        self.builder.seat(draft, code="", name=name, role=role or self.default)

    def reading(self) -> Reading:
        if not self.builder.seats:
            raise Unreadable("There is nobody in this line-up. Write one person on each line.")
        if self.untitled == self.blocks == 1:
            self._only_session_bears_no_number()
        return Reading(
            ImportFormat.PASTED, self.builder.programme(), thrown_away=tuple(self._left())
        )

    def _only_session_bears_no_number(self) -> None:
        _key, only = self.builder.drafts.popitem()
        whole = ProgrammeSession(source_key="title:", title=WHOLE_LINE_UP)
        self.builder.session(whole).seats = only.seats

    def _left(self) -> Iterator[str]:
        if self.besides:
            yield f"What stands beside {counted(self.besides, 'name', 'names')} and is no role"
        if self.pronouns:
            yield f"Pronouns beside {counted(self.pronouns, 'name', 'names')}"


def _name_and_role(line: str) -> tuple[str, SeatRole | None, bool]:
    """The name, the role where one is known, and whether anything else was left out."""
    before, colon, after = line.partition(":")
    if colon and (role := role_of(before)):
        return clean(_APART.split(after.strip(), maxsplit=1)[0]), role, False
    line, bracketed = _without_brackets(line)
    name, *rest = _APART.split(line)
    besides = [part for part in (*bracketed, *rest) if part]
    if not besides and (role := role_of(name)):
        return "", role, False
    roles = [found for part in besides if (found := role_of(part))]
    return clean(name), roles[0] if roles else None, len(roles) < len(besides)


def _without_brackets(line: str) -> tuple[str, list[str]]:
    """At most three at the end of a line: no name has more."""
    inside: list[str] = []
    for _ in range(3):
        if found := _BRACKETED.match(line):
            line = found[1]
            inside.append(found[2].strip())
    return line, inside
