"""The rows of a file as they stand, whatever they are for."""

from io import BytesIO

import pytest
from openpyxl import Workbook

from panels.reading import limits, sheets
from panels.reading.outcome import Unreadable
from panels.reading.sheets import rows_of_file


def workbook(*, state: str = "visible") -> bytes:
    book = Workbook()
    hidden, shown = book.active, book.create_sheet("Plan")
    hidden.append(["Not this"])
    hidden.sheet_state, shown.sheet_state = "hidden", state
    shown.append(["Reference", "Title"])
    shown.append([1, "=1+1"])
    shown.append([])
    shown.append([2.0, "B"])
    written = BytesIO()
    if state == "hidden":
        hidden.sheet_state = "visible"
    book.save(written)
    return written.getvalue()


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_rows_with_the_numbers_that_people_see(separator: str) -> None:
    text = f'A{separator}B\r\n\r\n1{separator}"two\nlines"\r\n'
    assert rows_of_file(text.encode("utf-16")) == [(1, ("A", "B")), (3, ("1", "two\nlines"))]


def test_of_a_workbook_the_first_sheet_that_can_be_seen() -> None:
    assert rows_of_file(workbook()) == [(1, ("Reference", "Title")), (2, ("1",)), (4, ("2", "B"))]
    assert rows_of_file(workbook(state="hidden")) == [(1, ("Not this",))]


@pytest.mark.parametrize(
    "content",
    [b"%PDF-1.7", b"\xd0\xcf\x11\xe0", b"PK\x03\x04", b"A\x00B", b'A,"B\n', b"x," * 101 + b"x"],
)
def test_what_cannot_be_read_is_refused_in_words(content: bytes) -> None:
    with pytest.raises(Unreadable):
        rows_of_file(content)


def test_a_large_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_BYTES", 3)
    assert rows_of_file(b"A,B") == [(1, ("A", "B"))]
    with pytest.raises(Unreadable, match="larger than"):
        rows_of_file(b"A,BC")
    assert limits.MAX_BYTES == 5 * 1024 * 1024
