"""Files for spreadsheets, in which no cell is ever taken for a formula."""

import csv
import io
from collections.abc import Iterable

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
