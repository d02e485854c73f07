"""From a table and what its columns hold to a programme."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from panels.enums import ColumnUse, SeatRole, Stage
from panels.programme import Programme, ProgrammeSession
from panels.reading import times
from panels.reading.leftovers import counted, some_of
from panels.reading.limits import MAX_EMAIL, MAX_KEY, MAX_ROOM
from panels.reading.outcome import Table, Unreadable
from panels.reading.pasted import WHOLE_LINE_UP
from panels.reading.people import Builder, Draft, person_name
from panels.reading.suggesting import MANY
from panels.reading.text import clean, folded
from panels.reading.vocabulary import goes_ahead, is_yes, perhaps_main_stage, role_of, stage_of

Mapped = Mapping[str, ColumnUse]
ROLE_OF_COLUMN = {
    ColumnUse.CHAIRS: SeatRole.CHAIR,
    ColumnUse.MODERATORS: SeatRole.MODERATOR,
    ColumnUse.KEYNOTES: SeatRole.KEYNOTE,
}
OF_PEOPLE = {ColumnUse.NAME, ColumnUse.FIRST_NAME, ColumnUse.LAST_NAME, ColumnUse.NAMES}
_COMMA = re.compile(r"\s*,\s+|\s+(?:&|and|und|et)\s+(?=\S+\s+\S)")
_EMAIL = re.compile(r"[^@\s,;<>\"]+@[^@\s,;<>\"]+\.[^@\s,;<>\".]+")


@dataclass(frozen=True)
class MappedTable:
    """`thrown_away`: columns that nobody mapped, and words that could not be understood."""

    programme: Programme
    thrown_away: tuple[str, ...]


def problem_with(table: Table, mapping: Mapped) -> str:
    """What is wrong with a mapping, for whoever made it; nothing where it will do."""
    columns: dict[ColumnUse, list[str]] = {}
    for column in table.columns:
        if column in mapping:
            columns.setdefault(ColumnUse(mapping[column]), []).append(column)
    for use, named in columns.items():
        if len(named) > 1 and use not in MANY:
            return f"{some_of(named)} cannot all hold “{use.label}”. Choose one of them."
    if ColumnUse.SESSION in columns and ColumnUse.SESSIONS in columns:
        return "Say of one column only that it holds the titles of sessions."
    if not columns.keys() & (OF_PEOPLE | ROLE_OF_COLUMN.keys() | {ColumnUse.ROLE}):
        return "Say which column holds the people: their names, or at least their roles."
    return ""


def to_programme(table: Table, mapping: Mapped) -> Programme:
    return map_table(table, mapping).programme


def map_table(table: Table, mapping: Mapped) -> MappedTable:
    """`mapping`: what columns hold, by their names; the others are not read."""
    if problem := problem_with(table, mapping):
        raise Unreadable(problem)
    mapper = _Mapper(table, mapping)
    for index, row in enumerate(table.rows):
        mapper.read(_Row(table.row_number(index), mapper.at, row))
    if not mapper.builder.seats:
        raise Unreadable("Nobody is found in these columns. Look again at what each one holds.")
    return MappedTable(mapper.builder.programme(), tuple(mapper.left_over()))


@dataclass(frozen=True)
class _Row:
    number: int
    at: Mapping[ColumnUse, Sequence[int]]
    cells: Sequence[str]

    def cell(self, use: ColumnUse) -> str:
        return next(iter(self.cells_of(use)), "")

    def cells_of(self, use: ColumnUse) -> list[str]:
        return [self.cells[index] for index in self.at.get(use, ())]

    @property
    def where(self) -> str:
        return f"Row {self.number}"


class _Mapper:
    def __init__(self, table: Table, mapping: Mapped) -> None:
        self.builder = Builder()
        self.at: dict[ColumnUse, list[int]] = {}
        self.unmapped: list[str] = []
        for index, column in enumerate(table.columns):
            if column in mapping:
                self.at.setdefault(ColumnUse(mapping[column]), []).append(index)
            else:
                self.unmapped.append(column)
        self.above: list[Draft] = []
        # One title at two times or in two rooms is two sessions; a row that says only one of the
        # two, or neither, is of the last of those it may mean.
        self.places: dict[tuple[str, times.Start | None, str], Draft] = {}
        self.not_held = 0
        self.not_understood: dict[str, list[str]] = {}

    def read(self, row: _Row) -> None:
        if not goes_ahead(row.cell(ColumnUse.STATUS)):
            self.not_held += 1
            return
        people = list(self._people(row))
        sessions = self._sessions(row)
        self.builder.refuse_too_many(len(people) * len(sessions))
        for draft in sessions:
            for person in people:
                self.builder.seat(
                    draft, code=person.code, name=person.name, role=person.role, email=person.email
                )

    def _sessions(self, row: _Row) -> list[Draft]:
        """Of a row without a title and code: those of the row above it."""
        titles = list(_titles(row))
        if not titles:
            if not self.above:
                self.above = [self._session(row, WHOLE_LINE_UP, "")]
            return self.above
        self.above = [self._session(row, title, code) for title, code in titles]
        return self.above

    def _session(self, row: _Row, title: str, code: str) -> Draft:
        self.builder.count_named()
        key = f"talk:{code[:MAX_KEY]}" if code else f"title:{folded(title)[:MAX_KEY]}"
        if code and key in self.builder.drafts:
            return self.builder.drafts[key]
        starts = self._starts(row)
        room = clean(row.cell(ColumnUse.ROOM)[: 2 * MAX_ROOM], MAX_ROOM)
        stage, hint = (
            row.cell(use)[:MAX_ROOM] for use in (ColumnUse.STAGE, ColumnUse.MAIN_STAGE_HINT)
        )
        if known := self.places.get((key, starts, room)):
            return known
        draft = self.builder.add_slot(
            ProgrammeSession(
                source_key=key,
                title=title,
                room=room,
                starts_at=starts.at if starts else None,
                minutes=self._minutes(row, starts),
                main_stage_hint=is_yes(hint) or perhaps_main_stage((hint, room, stage)),
                stage=self._stage(stage),
                has_time=starts is None or starts.has_time,
            )
        )
        for place in ((starts, room), (starts, ""), (None, room), (None, "")):
            self.places[key, *place] = draft
        return draft

    def _starts(self, row: _Row) -> times.Start | None:
        day, hour = row.cell(ColumnUse.DAY).partition(" 00:00")[0], row.cell(ColumnUse.TIME)
        found = times.start_of(self._written_time(row, ColumnUse.STARTS), day, hour)
        if day and found is None:
            self._puzzle("day", day)
        elif hour and not (found and found.has_time):
            self._puzzle("time", hour)
        return found

    def _written_time(self, row: _Row, use: ColumnUse) -> str:
        written = row.cell(use)
        if written and times.start(written) is None:
            self._puzzle("time", written)
        return written

    def _minutes(self, row: _Row, starts: times.Start | None) -> int | None:
        whole = times.between(starts, times.start(self._written_time(row, ColumnUse.ENDS)))
        written = row.cell(ColumnUse.MINUTES)
        found = times.minutes(written, with_days=False) if whole is None else whole
        if written and found is None:
            self._puzzle("length", written)
        return found

    def _stage(self, written: str) -> Stage | None:
        found = stage_of(written) if written else None
        if written and found is None:
            self._puzzle("stage", written)
        return found

    def _people(self, row: _Row) -> Iterator["_Person"]:
        """One of their own columns, then those of columns that hold several."""
        role = self._role(row)
        name = row.cell(ColumnUse.NAME) or " ".join(
            filter(None, (row.cell(ColumnUse.FIRST_NAME), row.cell(ColumnUse.LAST_NAME)))
        )
        code, email = clean(row.cell(ColumnUse.PERSON_ID)), _address(row.cell(ColumnUse.EMAIL))
        name = person_name(name, row.where)
        if name or (row.cell(ColumnUse.ROLE) and ColumnUse.NAMES not in self.at):
            yield _Person(code if name else "", name, _flagged(row) or role, email)
        for use in (ColumnUse.NAMES, *ROLE_OF_COLUMN):
            for cell in row.cells_of(use):
                yield from _several(row, cell, use, role, code if not name else "")

    def _role(self, row: _Row) -> SeatRole:
        written = row.cell(ColumnUse.ROLE)
        found = role_of(written) if written else None
        if written and found is None:
            self._puzzle("role", written)
        return found or SeatRole.PANELLIST

    def _puzzle(self, what: str, written: str) -> None:
        words = self.not_understood.setdefault(what, [])
        if len(words) < 1_000:
            words.append(clean(written, 60))

    def left_over(self) -> Iterator[str]:
        yield from (f"Column “{clean(column, 80)}”" for column in self.unmapped)
        if self.not_held:
            yield counted(self.not_held, "row", "rows") + " of what will not be held"
        for what, words in self.not_understood.items():
            yield f"Not understood as a {what}: {some_of(words)}"


@dataclass(frozen=True)
class _Person:
    code: str
    name: str
    role: SeatRole
    email: str = ""


def _titles(row: _Row) -> Iterator[tuple[str, str]]:
    """Title and code of each session that the row is about."""
    codes = _split(row.cell(ColumnUse.SESSION_ID))
    if ColumnUse.SESSIONS in row.at:
        written = row.cell(ColumnUse.SESSIONS)
        titles = written.split("\n")
        if len(titles) == 1 and len(codes) > 1:
            titles = written.split(", ")
        matched = codes if len(codes) == len(titles) else [""] * len(titles)
        yield from ((clean(t), code) for t, code in zip(titles, matched, strict=True) if clean(t))
        return
    title, code = clean(row.cell(ColumnUse.SESSION)), codes[0] if codes else ""
    if title or code:
        yield title, code


def _several(row: _Row, cell: str, use: ColumnUse, role: SeatRole, codes: str) -> Iterator[_Person]:
    if use in ROLE_OF_COLUMN and stage_of(cell) is not None:
        return
    names = _names(cell, len(_split(codes)) if use == ColumnUse.NAMES else 0)
    known = _split(codes) if use == ColumnUse.NAMES else []
    matched = known if len(known) == len(names) else [""] * len(names)
    for written, code in zip(names, matched, strict=True):
        name = person_name(written, row.where)
        if name:
            yield _Person(code, name, ROLE_OF_COLUMN.get(use, role))


def _names(cell: str, expected: int) -> list[str]:
    """By lines, else by semicolons, else by commas and “and”; commas as long as they fit."""
    for separator in ("\n", ";"):
        if separator in cell:
            return [part.strip() for part in cell.split(separator) if part.strip()]
    parts = [part.strip() for part in _COMMA.split(cell) if part.strip()]
    return [cell.strip()] if expected == 1 else parts


def _split(cell: str) -> list[str]:
    return [code for code in re.split(r"[\s,;]+", cell) if code]


def _flagged(row: _Row) -> SeatRole | None:
    """A column “Chair” that says yes or no of the person whose row it is."""
    for use, role in ROLE_OF_COLUMN.items():
        if any(is_yes(cell) for cell in row.cells_of(use)):
            return role
    return None


def _address(written: str) -> str:
    found = written.strip().casefold()
    return found if len(found) <= MAX_EMAIL and _EMAIL.fullmatch(found) else ""
