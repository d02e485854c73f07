"""The rows of a CSV file or a workbook as they stand, within the same limits as any other file."""

import warnings
from collections import Counter
from collections.abc import Sequence
from io import BytesIO

from openpyxl import load_workbook

from panels.reading.csv_text import SEPARATORS, csv_rows
from panels.reading.detecting import NEVER, ZIP
from panels.reading.limits import MAX_BYTES
from panels.reading.outcome import Unreadable
from panels.reading.package import DAMAGED, check_package
from panels.reading.tables import within_limits
from panels.reading.text import decoded
from panels.reading.workbook import sheet_rows


def rows_of_file(content: bytes) -> list[tuple[int, Sequence[str]]]:
    """Each with the number that a person sees; of a workbook the first sheet that can be seen.

    Unreadable, with the reason, for anything that is no such file or is too large.
    """
    if len(content) > MAX_BYTES:
        raise Unreadable(f"The file is larger than {MAX_BYTES // 1024 // 1024} MB.")
    if any(content.startswith(beginning) for beginning in NEVER):
        raise Unreadable("This is neither a CSV file nor an Excel workbook (.xlsx).")
    if content.startswith(ZIP):
        return _of_workbook(content)
    text = decoded(content)
    numbers, rows = within_limits(csv_rows(text, _separator(text)))
    return list(zip(numbers, rows, strict=True))


def _separator(text: str) -> str:
    """What the first line has most of."""
    first = Counter(text.lstrip("\r\n").split("\n", 1)[0][:10_000])
    return max(SEPARATORS, key=lambda separator: first[separator])


def _of_workbook(content: bytes) -> list[tuple[int, Sequence[str]]]:
    check_package(content)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
            try:
                shown = [s for s in book.worksheets if s.sheet_state == "visible"]
                numbers, rows = within_limits(sheet_rows(shown[0])) if shown else ([], [])
            finally:
                book.close()
        except Unreadable:
            raise
        except Exception:  # openpyxl raises whatever its broken part happens to lead to
            raise Unreadable(DAMAGED) from None
    return list(zip(numbers, rows, strict=True))
