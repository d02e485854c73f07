"""From rows of cells to a table: headings, what must not be read in, and what columns may hold."""

from collections import Counter
from collections.abc import Iterable, Sequence

from panels.enums import ColumnUse, ImportFormat
from panels.reading.leftovers import counted
from panels.reading.limits import MAX_CELL, MAX_CELLS, MAX_COLUMNS, MAX_LETTERS, MAX_ROWS
from panels.reading.outcome import Reading, Table, Unreadable
from panels.reading.sensitive import asks_about_people, tells_about_people
from panels.reading.suggesting import TITLES, is_unneeded, suggestions
from panels.reading.text import clean, folded
from panels.reading.vocabulary import role_of, use_of

Rows = Iterable[tuple[int, Sequence[str]]]
LOOKED_AT = 30
NAMES = {ColumnUse.NAME, ColumnUse.NAMES, ColumnUse.FIRST_NAME, ColumnUse.LAST_NAME}


def likeness(rows: Sequence[Sequence[str]]) -> int:
    """How much these first rows look like a line-up: known headings; both talks and people best."""
    if not rows:
        return -1
    uses = {use for cell in rows[_heading_at(rows)] if cell and (use := use_of(cell))}
    return len(uses) + 10 * bool(uses & TITLES) + 20 * bool(uses & NAMES)


def has_headings(row: Sequence[str]) -> bool:
    """Whether these cells name columns instead of filling them.

    “Ada Obi, chair” does not, though a column may be headed “Chair”.
    """
    uses = {cell: use for cell in row if cell and (use := use_of(cell))}
    sure = {use for cell, use in uses.items() if role_of(cell) is None}
    return bool(sure & NAMES) or (bool(sure) and len(uses) > 1)


def read_rows(rows: Rows, format_: ImportFormat, thrown_away: tuple[str, ...] = ()) -> Reading:
    """`rows`: each with the number that a person sees; blank ones are left out."""
    numbers, cells = within_limits(rows)
    if not cells:
        raise Unreadable("There is nothing in this file but blank cells.")
    top = _heading_at(cells[:LOOKED_AT])
    headings, first = cells[top], top + 1
    if first == len(cells):
        raise Unreadable("This table has headings but no rows below them.")
    width = len(headings)
    for number, row in zip(numbers[first:], cells[first:], strict=True):
        if len(row) > width:
            message = f"Row {number} has {len(row)} cells, but there are {width} columns."
            raise Unreadable(message)
    if top:
        thrown_away = (*thrown_away, counted(top, "row", "rows") + " above the headings")
    columns = _columns(headings)
    kept, dropped = _sorted_out(columns, cells[first:])
    table = Table(
        columns=tuple(columns[index] for index in kept),
        rows=tuple(
            tuple(row[index] if index < len(row) else "" for index in kept) for row in cells[first:]
        ),
        row_numbers=tuple(numbers[first:]),
    )
    if not table.columns:
        raise Unreadable("Nothing in this table is needed for a line-up.")
    suggested = suggestions(table)
    finished = Table(table.columns, table.rows, suggested, table.row_numbers)
    return Reading(format_, table=finished, thrown_away=(*thrown_away, *dropped))


def within_limits(rows: Rows) -> tuple[list[int], list[Sequence[str]]]:
    numbers: list[int] = []
    kept: list[Sequence[str]] = []
    filled = letters = 0
    for number, row in rows:
        tidy = _without_blank_end(row)
        if not tidy:
            continue
        if len(kept) > MAX_ROWS:
            raise Unreadable(f"The file has more than {MAX_ROWS:,} rows.")
        if len(tidy) > MAX_COLUMNS:
            raise Unreadable(f"Row {number} has more than {MAX_COLUMNS} columns.")
        filled += len(tidy) - tidy.count("")
        if filled > MAX_CELLS:
            raise Unreadable(f"The file has more than {MAX_CELLS:,} filled cells.")
        letters += sum(map(len, tidy))
        if letters > MAX_LETTERS:
            raise Unreadable(f"The file holds more than {MAX_LETTERS:,} characters.")
        for column, cell in enumerate(tidy):
            if len(cell) > MAX_CELL:
                raise Unreadable(_too_long(number, column, kept))
        numbers.append(number)
        kept.append(tidy)
    return numbers, kept


def _too_long(number: int, column: int, before: list[Sequence[str]]) -> str:
    heading = before[0][column] if before and column < len(before[0]) else ""
    where = f"column “{clean(heading, 60)}”" if heading else f"column {column + 1}"
    return f"Row {number}, {where} holds more than {MAX_CELL:,} characters."


def _without_blank_end(row: Sequence[str]) -> tuple[str, ...]:
    end = len(row)
    while end and not row[end - 1]:
        end -= 1
    return tuple(row[:end])


def _heading_at(rows: Sequence[Sequence[str]]) -> int:
    """The row with most known headings; without any, the first with more than one cell.

    What comes again in its column fills it: “Speaker” under “Position”, “Room 2” under “Track”.
    """
    times = Counter(place for row in rows for place in enumerate(row))
    once = [[cell for at, cell in enumerate(row) if times[at, cell] == 1] for row in rows]
    known = [
        sum(use_of(cell) is not None for cell in row) if has_headings(row) else 0 for row in once
    ]
    if any(known):
        return known.index(max(known))
    several = [index for index, row in enumerate(rows) if len(row) - list(row).count("") > 1]
    return several[0] if several else 0


def _columns(headings: Sequence[str]) -> list[str]:
    """Names to tell the columns apart: “Name” and “Name (2)”, “Column 3” where there is none."""
    seen: Counter[str] = Counter()
    names: list[str] = []
    taken = {folded(clean(heading, 200)) for heading in headings}
    for index, heading in enumerate(headings, 1):
        name = own = clean(heading, 200) or f"Column {index}"
        while seen[folded(name)] or (name != own and folded(name) in taken):
            seen[folded(own)] += 1
            name = f"{own} ({seen[folded(own)]})"
        seen[folded(name)] += 1
        names.append(name)
    return names


def _sorted_out(columns: list[str], rows: Sequence[Sequence[str]]) -> tuple[list[int], list[str]]:
    """Which columns are kept, and phrases for those that are not."""
    kept: list[int] = []
    dropped: list[str] = []
    for index, column in enumerate(columns):
        values = [row[index] for row in rows if index < len(row) and row[index]]
        if asks_about_people(column) or tells_about_people(values):
            dropped.append(
                f"Column “{clean(column, 80)}”: it asks for what is never kept of people"
            )
        elif is_unneeded(column):
            dropped.append(f"Column “{clean(column, 80)}”")
        elif values:
            kept.append(index)
    return kept, dropped
