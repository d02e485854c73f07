"""Excel workbooks, by openpyxl row by row; of several sheets the one that looks like a line-up.

Formulas are never worked out: a cell has the value that was saved with it, or none.
"""

import warnings
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

from openpyxl import load_workbook
from openpyxl.cell.cell import ERROR_CODES

from panels.enums import ImportFormat
from panels.reading.leftovers import some_of
from panels.reading.limits import MAX_COLUMNS, MAX_SHEETS
from panels.reading.outcome import Reading, Unreadable
from panels.reading.package import DAMAGED, LAST_READ, check_package
from panels.reading.tables import LOOKED_AT, Rows, likeness, read_rows
from panels.reading.text import clean_lines


def read_workbook(content: bytes) -> Reading:
    check_package(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
            try:
                return _read(book)
            finally:
                book.close()
        except Unreadable:
            raise
        except Exception:  # openpyxl raises whatever its broken part happens to lead to
            raise Unreadable(DAMAGED) from None


def _read(book: Any) -> Reading:
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    hidden = [sheet.title for sheet in book.worksheets if sheet.sheet_state != "visible"]
    if not sheets:
        raise Unreadable("This workbook has no sheet that can be seen.")
    if len(sheets) > MAX_SHEETS:
        raise Unreadable(f"This workbook has more than {MAX_SHEETS} sheets.")
    best = max(sheets, key=lambda sheet: likeness([row for _, row in sheet_rows(sheet, LOOKED_AT)]))
    others = [sheet.title for sheet in sheets if sheet is not best] + hidden
    left = (f"Other sheets: {some_of(others)}",) if others else ()
    return read_rows(sheet_rows(best), ImportFormat.WORKBOOK, left)


def sheet_rows(sheet: Any, last: int = LAST_READ) -> Rows:
    """Each row with its number; a size that the sheet claims to have is not believed."""
    sheet.reset_dimensions()
    tidied: dict[str, str] = {}
    cells = sheet.iter_rows(max_col=MAX_COLUMNS, max_row=last, values_only=True)
    for number, row in enumerate(cells, 1):
        if row.count(None) < len(row):
            yield (
                number,
                [_tidy(value, tidied) if isinstance(value, str) else _text(value) for value in row],
            )


def _tidy(value: str, tidied: dict[str, str]) -> str:
    """A text that many cells share is looked through once."""
    found = tidied.get(value)
    if found is None:
        found = tidied[value] = _text(value)
    return found


def _moment(value: datetime) -> str:
    """A cell of a day alone holds its midnight."""
    has_time = value.time() != time()
    return value.isoformat(" ", "minutes") if has_time else value.date().isoformat()


def _text(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case datetime():
            return _moment(value)
        case date():
            return value.isoformat()
        case time():
            return value.isoformat("minutes")
        case timedelta():
            hours, rest = divmod(int(value.total_seconds() // 60), 60)
            return f"{hours}:{rest:02}"
        case float() if value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        case str() if value in ERROR_CODES:
            return ""
        case _:
            return clean_lines(str(value))
