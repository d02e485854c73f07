"""Files for spreadsheets, in which no cell is ever taken for a formula."""

import csv
import io
import re
from collections.abc import Iterable, Mapping

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

FORMULA_SIGNS = frozenset("=+-@＝＋－＠")
BYTE_ORDER_MARK = "\ufeff"
"""Tells spreadsheets that the file is UTF-8."""


def safe_cell(value: object) -> str:
    """Text as it is read. What would begin a formula, even after spaces, gets an apostrophe.

    A tab or a line break at the start could move what follows into a cell of its own.
    """
    if isinstance(value, int):
        return str(value)
    text = "" if value is None else str(value)
    begins_a_formula = text.lstrip()[:1] in FORMULA_SIGNS if text.strip() else False
    return f"'{text}" if begins_a_formula or text[:1] in ("\t", "\r", "\n") else text


def as_csv(rows: Iterable[Iterable[object]]) -> str:
    """With the byte order mark and Windows line ends, as spreadsheets write it themselves."""
    written = io.StringIO(newline="")
    writer = csv.writer(written, quoting=csv.QUOTE_ALL)
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return BYTE_ORDER_MARK + written.getvalue()


UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
"""Control characters, which the format of workbooks cannot hold."""


def as_xlsx(sheets: Mapping[str, Iterable[Iterable[object]]]) -> bytes:
    """A workbook of text and whole numbers, whatever the text looks like: never a formula."""
    book = Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([_cell(sheet, value) for value in row])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _cell(sheet: WriteOnlyWorksheet, value: object) -> WriteOnlyCell:
    if isinstance(value, int) and not isinstance(value, bool):
        return WriteOnlyCell(sheet, value)
    text = UNWRITABLE.sub("", safe_cell(value))
    cell = WriteOnlyCell(sheet, text or None)
    if text:
        cell.data_type = "s"
    return cell
