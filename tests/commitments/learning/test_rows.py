"""Reading a shelf from CSV: what people's spreadsheets make of it, and what nobody should send."""

import pytest

from commitments.learning_rows import (
    LONGEST_CELL,
    MOST_ROWS,
    NO_HEADER,
    NOT_TEXT,
    Problem,
    Row,
    Unreadable,
    as_csv,
    problems_of,
    rows_of,
    text_of,
)

HEADER = "kind,title,creator,link,why"
BOOK = {"kind": "book", "title": "Ọlá’s book", "creator": "", "link": "", "why": "", "": ""}


def why_not(text: str) -> str:
    with pytest.raises(Unreadable) as refusal:
        rows_of(text)
    return str(refusal.value)


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8-sig", b""),
        ("utf-16", b""),
        ("utf-16-be", b"\xfe\xff"),
    ],
)
def test_unicode_is_read_right(encoding: str, mark: bytes) -> None:
    text = f"{HEADER}\r\nbook,Ọlá’s book\r\n"
    assert rows_of(text_of(mark + text.encode(encoding))) == [Row(2, BOOK)]


def test_windows_western_european_is_read_right() -> None:
    data = f"{HEADER}\r\nbook,Zoë’s café\r\n".encode("cp1252")
    assert rows_of(text_of(data))[0].values["title"] == "Zoë’s café"


@pytest.mark.parametrize(
    "data",
    [
        b"PK\x03\x04\x14\x00\x06\x00[Content_Types].xml",
        b"kind,title\nbook,a\x00b\n",
        "kind,title\nbook,a\n".encode("utf-16-le"),
        "kind,title\nbook,a\n".encode("utf-32"),
        b"kind,title\nbook,\x81\x8d\x8f\n",
        b"\xff\xfek",
    ],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    with pytest.raises(Unreadable) as refusal:
        text_of(data)
    assert str(refusal.value) == NOT_TEXT


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_ending(end: str) -> None:
    rows = rows_of(end.join([HEADER, "book,One", "", "film,Two"]))
    assert [(row.number, row.values["title"]) for row in rows] == [(2, "One"), (4, "Two")]


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_every_usual_separator(separator: str) -> None:
    rows = rows_of(f"title{separator}kind\nA, B{separator}book\n".replace("A, B", '"A, B"'))
    assert rows[0].values["title"] == "A, B"
    assert rows[0].values["kind"] == "book"


def test_a_mark_and_blank_lines_before_the_header() -> None:
    assert rows_of(f"\ufeff\n\n{HEADER}\nbook,One\n")[0].number == 4


def test_headers_forgive_case_order_and_spaces() -> None:
    rows = rows_of('  TITLE ,"Kind",\nOne, BOOK ,\n')
    assert rows == [Row(2, BOOK | {"title": "One"})]


@pytest.mark.parametrize("kind", ["Book", "BOOK", " book "])
def test_kinds_forgive_case(kind: str) -> None:
    assert rows_of(f"kind,title\n{kind},One")[0].values["kind"] == "book"


def test_a_cell_of_several_lines() -> None:
    rows = rows_of(f'{HEADER}\nbook,One,,,"first\nsecond"\nfilm,Two\n')
    assert rows[0].values["why"] == "first\nsecond"
    assert rows[1].number == 3


@pytest.mark.parametrize(
    "text", ["", "\n\n", "book,One\n", "title\nOne", "kind\nbook", "a" * 200_000]
)
def test_columns_without_names_are_refused(text: str) -> None:
    expected = NO_HEADER
    if len(text) > LONGEST_CELL:
        expected = f"Row 1: a cell has more than {LONGEST_CELL} characters."
    assert why_not(text) == expected


def test_columns_named_twice_or_strangely_are_refused() -> None:
    assert why_not("kind,title,Title\nbook,One,Two") == (
        "Two columns are called title. Keep one of them."
    )
    assert why_not(f"kind,title,{'x' * 90}\nbook,One,") == (
        f"We do not know a column called {'x' * 40}. Take it out, or call it "
        "kind, title, creator, link or why."
    )


def test_an_empty_sheet_is_refused() -> None:
    assert why_not(f"{HEADER}\n,,,,\n") == "There is nothing below the names of the columns."


def test_500_rows_are_read_and_501_are_not() -> None:
    rows = "book,One\n" * MOST_ROWS
    assert len(rows_of(f"{HEADER}\n{rows}")) == MOST_ROWS
    assert why_not(f"{HEADER}\n{rows}film,Two\n") == (
        "This has 501 rows. 500 can be added at a time."
    )


@pytest.mark.parametrize("length", [LONGEST_CELL + 1, 200_000, 1_000_000])
def test_a_huge_cell_is_refused(length: int) -> None:
    assert why_not(f"{HEADER}\nbook,One\nbook,{'x' * length}\n") == (
        f"Row 3: a cell has more than {LONGEST_CELL} characters."
    )


@pytest.mark.parametrize("line", ['book,"One', 'book,"One"s'])
def test_a_quotation_mark_that_goes_astray_is_refused(line: str) -> None:
    assert why_not(f"{HEADER}\n{line}\n") == (
        "Row 2: a cell opens with a quotation mark that is not closed again as it should be."
    )


def test_nul_in_pasted_text_is_refused() -> None:
    assert why_not(f"{HEADER}\nbook,a\x00b") == NOT_TEXT


def test_formulas_and_cells_too_many_are_problems() -> None:
    [row] = rows_of(f'{HEADER}\nbook,"=HYPERLINK(""x"")",,,,more\n')
    assert problems_of(row) == [
        Problem(2, "title", "This is a formula. Put the text it shows."),
        Problem(2, "", "There is more in this row than columns with a name."),
    ]
    [plain] = rows_of(f"{HEADER}\nbook,-1 and +2 @home,,,,,\n")
    assert problems_of(plain) == []


def test_what_is_written_is_read_again() -> None:
    cells = ["book", 'A "title", in\ntwo lines', "Zoë", "https://a.example", ""]
    assert rows_of(as_csv([cells])) == [
        Row(2, dict(zip(HEADER.split(","), cells, strict=True)) | {"": ""})
    ]
