"""From a file to rows by the names of their columns."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from panels.reading.outcome import Unreadable
from panels.reading.sheets import rows_of_file
from panels.reading.text import clean, clean_lines, folded
from recommendations.plan_columns import COLUMNS
from ui.spreadsheets import safe_cell

MOST_ROWS = 5_000
MOST_LETTERS = 2_000_000
KEYS = {folded(heading): key for key, heading in COLUMNS.items()}


@dataclass(frozen=True)
class FileRow:
    """`number`: as a person sees it. `cells`: of the columns that the file has."""

    number: int
    cells: Mapping[str, str]


def as_typed(cell: str) -> str:
    """Without the apostrophe that keeps a text from being a formula; line ends are one kind."""
    bare = cell[1:] if cell.startswith("'") and safe_cell(cell[1:]) == cell else cell
    return clean_lines(bare)


def read_plan_file(content: bytes) -> list[FileRow]:
    """Unreadable, with the reason, for what is no plan."""
    try:
        rows = rows_of_file(content)
    except Unreadable as problem:
        raise Unreadable(problem.message.replace("line-up", "plan")) from None
    if not rows:
        raise Unreadable("The file is empty.")
    columns = _columns(rows[0][1])
    if len(rows) > MOST_ROWS + 1:
        raise Unreadable(f"The file has more than {MOST_ROWS:,} rows.")
    if sum(len(cell) for _, row in rows for cell in row) > MOST_LETTERS:
        raise Unreadable(f"The file holds more than {MOST_LETTERS:,} characters.")
    for number, row in rows:
        if len(row) > len(columns):
            raise Unreadable(f"Row {number} has more cells than there are columns.")
    found = [
        FileRow(number, {key: as_typed(_at(row, place)) for place, key in enumerate(columns)})
        for number, row in rows[1:]
    ]
    if not found:
        raise Unreadable("This file has headings but no rows below them.")
    return found


def _at(cells: Sequence[str], place: int) -> str:
    return cells[place] if place < len(cells) else ""


def _columns(headings: Sequence[str]) -> list[str]:
    found: list[str] = []
    for heading in headings:
        key = KEYS.get(folded(heading))
        if key is None:
            known = ", ".join(COLUMNS.values())
            said = f"There is no column “{clean(heading, 60)}” in a plan. The columns are: {known}."
            raise Unreadable(said)
        if key in found:
            raise Unreadable(f"The column “{COLUMNS[key]}” is there twice.")
        found.append(key)
    if "reference" not in found:
        raise Unreadable("There is no column “Reference”.")
    return found
