"""Reading a shelf from CSV, as spreadsheets save it. No database, no clock, no settings."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from commitments.enums import LearningKind

COLUMNS = ("kind", "title", "creator", "link", "why")
NEEDED = ("kind", "title")
MOST_BYTES = 1_048_576
MOST_ROWS = 500
MOST_PROBLEMS_SHOWN = 50
LONGEST_CELL = 5_000
SEPARATORS = ",;\t"
BYTE_ORDER_MARK = "\ufeff"
NO_HEADER = (
    "The first row must name the columns: kind, title, creator, link, why. "
    "Of these, kind and title are needed."
)
NOT_TEXT = "This is not a CSV file. Save it from your spreadsheet as “CSV UTF-8” and try again."
BROKEN = "Row {row}: a cell opens with a quotation mark that is not closed again as it should be."


class Unreadable(ValueError):
    """Nothing can be read from it; the message says why and what to do."""


@dataclass(frozen=True)
class Row:
    """`number` as the spreadsheet shows it, where the names of the columns are row 1."""

    number: int
    values: dict[str, str]


@dataclass(frozen=True)
class Problem:
    """`column` is empty where the whole row is meant."""

    row: int
    column: str
    text: str


@dataclass(frozen=True)
class Suggestion:
    """One entry of a shelf, as a form or a file gives it."""

    kind: LearningKind
    title: str
    creator: str = ""
    link: str = ""
    why: str = ""

    @property
    def same_as(self) -> tuple[str, str, str]:
        """Two entries with the same of these are one."""
        return self.kind.value, self.title.casefold(), self.creator.casefold()


def text_of(data: bytes) -> str:
    """UTF-8, UTF-16 with its mark, or Windows' Western European. Raises Unreadable for others."""
    has_mark = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if has_mark else ("utf-8-sig", "cp1252"):
        try:
            return checked(data.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise Unreadable(NOT_TEXT)


def checked(text: str) -> str:
    if "\x00" in text:
        raise Unreadable(NOT_TEXT)
    return text


def rows_of(text: str) -> list[Row]:
    """Every row that holds something. Raises Unreadable, with the row where there is one."""
    records = records_of(checked(text).removeprefix(BYTE_ORDER_MARK))
    names = columns_of(records[0][1] if records else [])
    if len(records) - 1 > MOST_ROWS:
        raise Unreadable(f"This has {len(records) - 1} rows. {MOST_ROWS} can be added at a time.")
    if len(records) == 1:
        raise Unreadable("There is nothing below the names of the columns.")
    return [row_of(number, names, cells) for number, cells in records[1:]]


def records_of(text: str) -> list[tuple[int, list[str]]]:
    """Rows with their numbers, those that are blank left out."""
    first = text.lstrip().partition("\n")[0].partition("\r")[0]
    separator = max(SEPARATORS, key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    found: list[tuple[int, list[str]]] = []
    number = 0
    try:
        for number, cells in enumerate(reader, 1):
            stripped = [cell.strip() for cell in cells]
            if any(len(cell) > LONGEST_CELL for cell in stripped):
                raise Unreadable(f"Row {number}: a cell has more than {LONGEST_CELL} characters.")
            if any(stripped):
                found.append((number, stripped))
    except csv.Error as error:
        if "field limit" in str(error):
            message = f"Row {number + 1}: a cell has more than {LONGEST_CELL} characters."
            raise Unreadable(message) from None
        raise Unreadable(BROKEN.format(row=number + 1)) from None
    return found


def columns_of(header: Sequence[str]) -> list[str]:
    """What each column is called; case and spaces around a name do not matter."""
    names = [" ".join(cell.split()).casefold() for cell in header]
    known = [name for name in names if name in COLUMNS]
    if not set(NEEDED) <= set(known):
        raise Unreadable(NO_HEADER)
    for name in known:
        if known.count(name) > 1:
            raise Unreadable(f"Two columns are called {name}. Keep one of them.")
    strange = [name for name in names if name and name not in COLUMNS]
    if strange:
        raise Unreadable(
            f"We do not know a column called {strange[0][:40]}. Take it out, or call it "
            "kind, title, creator, link or why."
        )
    return names


def row_of(number: int, names: Sequence[str], cells: Sequence[str]) -> Row:
    """What is missing at the end of a row is empty; what is too much is kept, to be refused."""
    values = dict.fromkeys(COLUMNS, "") | dict(zip(names, cells, strict=False))
    values[""] = "".join([values.get("", ""), *cells[len(names) :]])
    return Row(number, values | {"kind": kind_of(values["kind"])})


def kind_of(text: str) -> str:
    """Its value whatever its case, or what was typed."""
    wanted = text.casefold()
    known = {name: kind.value for kind in LearningKind for name in (kind.value, kind.label.lower())}
    return known.get(wanted, text)


def problems_of(row: Row) -> list[Problem]:
    """What is wrong with cells whatever they are to hold."""
    found = [
        Problem(row.number, name, "This is a formula. Put the text it shows.")
        for name, value in row.values.items()
        if value.startswith("=")
    ]
    if row.values[""]:
        found.append(Problem(row.number, "", "There is more in this row than columns with a name."))
    return found


def as_csv(rows: Iterable[Sequence[str]]) -> str:
    """With the names of the columns above them."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([COLUMNS, *rows])
    return out.getvalue()
