"""Tables as text: whatever separates the cells and however the lines end."""

import csv
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

from panels.enums import ImportFormat
from panels.reading.limits import MAX_LINE
from panels.reading.outcome import Reading, Unreadable
from panels.reading.tables import LOOKED_AT, Rows, has_headings, read_rows
from panels.reading.text import LINE, clean_lines

SEPARATORS = (",", ";", "\t", "|")
_ESCAPED = ("'=", "'+", "'-", "'@")


def separator_of(text: str) -> str | None:
    """What separates known headings best; None where no row names any column."""
    if text[:4].casefold() == "sep=" and text[4:5] in SEPARATORS:
        return text[4]
    best, most = None, 0
    for separator in SEPARATORS:
        rows = _first_rows(text, separator)
        width = max((len(row) for row in rows if has_headings(row)), default=0)
        if width > most:
            best, most = separator, width
    return best


def widest_separator(text: str) -> str | None:
    """Where no heading is known: what gives every one of the first rows the same three cells
    or more. Two cells a line may as well be “Name, role”."""
    for separator in SEPARATORS:
        widths = {len(row) for row in _first_rows(text, separator)}
        if len(widths) == 1 and max(widths) > 2:
            return separator
    return None


def read_csv(text: str, separator: str) -> Reading:
    return read_rows(csv_rows(text, separator), ImportFormat.TABLE)


def csv_rows(text: str, separator: str) -> Rows:
    reader = csv.reader(_lines(text), delimiter=separator, strict=True)
    number = 0
    while True:
        number += 1
        try:
            row = next(reader, None)
        except csv.Error as problem:
            raise Unreadable(_refusal(str(problem), number)) from None
        if row is None:
            return
        if number == 1 and len(row) <= 2 and row and row[0].casefold().startswith("sep="):
            continue
        yield number, [_cell(cell) if cell else "" for cell in row]


def _refusal(problem: str, number: int) -> str:
    if "field larger" in problem:
        return f"Row {number} holds a cell that is far too long."
    return f'Row {number} has a quotation mark (") that is not closed or stands inside a cell.'


def _cell(cell: str) -> str:
    """Without the mark that some exports put before = + - @."""
    tidy = clean_lines(cell)
    return tidy[1:] if tidy.startswith(_ESCAPED) else tidy


def _lines(text: str) -> Iterator[str]:
    """Not `splitlines`, which also ends a line at marks that belong into cells."""
    for number, found in enumerate(LINE.finditer(text), 1):
        line = found.group()
        if len(line) > MAX_LINE:
            raise Unreadable(f"Line {number} is far too long to be a row of a table.")
        yield line


def _first_rows(text: str, separator: str) -> list[list[str]]:
    """As many as can be read; what is wrong with them is said when all are."""
    rows: list[list[str]] = []
    reader = csv.reader(_lines(text[: 2 * MAX_LINE]), delimiter=separator)
    with suppress(csv.Error, Unreadable):
        rows.extend([cell.strip() for cell in row] for row in islice(reader, LOOKED_AT))
    return [row for row in rows if any(row)]
