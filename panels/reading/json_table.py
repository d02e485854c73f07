"""pretalx's organiser export as JSON: a list of rows whose names are translated headings."""

from collections.abc import Iterator

from panels.enums import ImportFormat
from panels.reading.json_text import entries
from panels.reading.limits import MAX_COLUMNS
from panels.reading.outcome import Reading, Unreadable
from panels.reading.tables import Rows, read_rows
from panels.reading.text import clean, clean_lines


def is_rows(data: object) -> bool:
    return isinstance(data, list) and bool(data) and all(isinstance(row, dict) for row in data)


def read_objects(data: object) -> Reading:
    columns: dict[str, None] = {}
    for row in entries(data):
        columns.update(dict.fromkeys(row))
        if len(columns) > MAX_COLUMNS:
            raise Unreadable(f"The file has more than {MAX_COLUMNS} columns.")
    return read_rows(_rows(data, list(columns)), ImportFormat.TABLE)


def _rows(data: object, columns: list[str]) -> Rows:
    yield 1, [clean(column) for column in columns]
    for number, row in enumerate(entries(data), 2):
        yield number, list(_cells(row, columns))


def _cells(row: dict[str, object], columns: list[str]) -> Iterator[str]:
    for column in columns:
        value = row.get(column)
        if isinstance(value, bool):
            yield "yes" if value else "no"
        elif isinstance(value, list):
            yield "\n".join(filter(None, (clean(part) for part in value)))
        else:
            yield clean_lines(value) if isinstance(value, str) else clean(value)
