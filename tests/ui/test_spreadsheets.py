"""No cell is ever taken for a formula."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from ui.spreadsheets import BYTE_ORDER_MARK, FORMULA_SIGNS, as_csv, as_xlsx, safe_cell


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+44 20", "-2", "@name", "=cmd|' /C calc'!A0", "  =1+1", "\u00a0=1", "\u3000＝1",
        "＝1+1", "＋1", "－1", "＠a", "\t=1", "\r=1", "\n=1", "\tx", "\rx", "\nx", "=",
    ],
)  # fmt: skip
def test_what_would_begin_a_formula_gets_an_apostrophe(text: str) -> None:
    assert safe_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "a=b", "Voices", "صوت", "1 of 2", "'x", " x", "3 - 4", "   "])
def test_anything_else_stays_as_it_is(text: str) -> None:
    assert safe_cell(text) == text


def test_numbers_stay_numbers_and_nothing_is_empty() -> None:
    assert [safe_cell(value) for value in (0, 7, -1, None)] == ["0", "7", "-1", ""]


def test_a_file_begins_with_its_mark_and_quotes_every_cell() -> None:
    assert as_csv([["A", 1], ['say "hi"', None]]) == '\ufeff"A","1"\r\n"say ""hi""",""\r\n'


cells = st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=20)


@given(st.lists(st.lists(cells, min_size=2, max_size=2), min_size=1, max_size=4))
def test_every_cell_comes_back_as_it_was_or_with_an_apostrophe(rows: list[list[str]]) -> None:
    read = csv.reader(io.StringIO(as_csv(rows).removeprefix(BYTE_ORDER_MARK), newline=""))
    found = [list(row) for row in read]
    assert found == [[safe_cell(cell) for cell in row] for row in rows]
    for row in found:
        assert not any(cell.lstrip()[:1] in FORMULA_SIGNS for cell in row if cell.strip())
        assert not any(cell[:1] in ("\t", "\r", "\n") for cell in row)


@pytest.mark.parametrize("sign", [*"=+-@＝＋－＠", "\t", "\r", "\n", "  =", "\u3000＝"])
def test_no_cell_of_a_workbook_is_a_formula(sign: str) -> None:
    text = f"{sign}1+1"
    sheet = load_workbook(io.BytesIO(as_xlsx({"A": [[text, 7, "plain"]]})))["A"]
    first, number, plain = sheet[1]
    assert [cell.data_type for cell in sheet[1]] == ["s", "n", "s"]
    assert str(first.value).startswith("'")
    assert (number.value, plain.value) == (7, "plain")


def test_a_workbook_holds_what_no_workbook_can_without_it() -> None:
    book = load_workbook(io.BytesIO(as_xlsx({"A": [["x\x00y\x07z", None]], "B": []})))
    assert book.sheetnames == ["A", "B"]
    assert book["A"]["A1"].value == "xyz"


@given(st.lists(st.lists(cells, min_size=1, max_size=2), min_size=1, max_size=3))
def test_every_cell_of_a_workbook_comes_back_as_text(rows: list[list[str]]) -> None:
    sheet = load_workbook(io.BytesIO(as_xlsx({"A": rows})))["A"]
    assert all(cell.data_type in ("s", "n") for row in sheet for cell in row)
    assert all(cell.value is None or isinstance(cell.value, str) for row in sheet for cell in row)
