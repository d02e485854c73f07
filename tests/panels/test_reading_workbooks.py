"""Excel workbooks, from cells to a programme."""

from datetime import datetime, time, timedelta
from io import BytesIO
from unittest.mock import Mock

import pytest
from openpyxl import Workbook

from bench.hostile_workbooks import with_texts
from panels.enums import ColumnUse, ImportFormat, SeatRole
from panels.reading import Unreadable, package, read, to_programme
from panels.reading import workbook as workbooks
from tests.panels.test_reading_tables import OURS, programme_of, seats_of, table_of


def workbook(rows: list[list[object]], more: dict[str, list[list[object]]] | None = None) -> bytes:
    book = Workbook()
    for name, lines in (more or {}).items():
        sheet = book.create_sheet(name)
        for line in lines:
            sheet.append(line)
    for row in rows:
        book.active.append(row)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def test_a_workbook_reads_as_its_csv() -> None:
    content = workbook([line.split(",") for line in OURS.splitlines()])
    assert read(content).format == ImportFormat.WORKBOOK
    assert programme_of(content) == programme_of(OURS)


def test_days_times_and_numbers_of_a_workbook() -> None:
    starts = datetime.fromisoformat("2026-03-04T10:00")
    table = table_of(
        workbook(
            [
                ["session", "name", "start", "day", "time", "minutes", "featured"],
                ["One", "Ada", starts, starts.date(), time(10, 0), 45.0, True],
                [2.5, "#N/A", None, None, None, timedelta(hours=1, minutes=5), False],
            ]
        )
    )
    assert table.rows == (
        ("One", "Ada", "2026-03-04 10:00", "2026-03-04", "10:00", "45", "yes"),
        ("2.5", "", "", "", "", "1:05", "no"),
    )
    by_day = {"name": ColumnUse.NAME, "day": ColumnUse.DAY, "time": ColumnUse.TIME}
    assert to_programme(table, by_day).sessions[0].starts_at == starts


def test_of_several_sheets_the_one_with_talks_and_people_is_read() -> None:
    flat = [["Title", "FirstName", "LastName"], ["Care", "Ada", "Obi"]]
    content = workbook([["Notes"], ["none"]], {"Speakers": [["Name"], ["Ada"]], "Flat": flat})
    assert seats_of(content) == [("Care", [("Ada Obi", SeatRole.PANELLIST)])]
    assert read(content).thrown_away == ("Other sheets: “Sheet”, “Speakers”",)


def test_texts_that_excel_keeps_apart() -> None:
    """With pieces in bold, and phonetic help that is no part of a name."""
    texts = (
        "<si><t>session</t></si><si><t>name</t></si><si><t>Care</t></si>"
        "<si><r><t>Ada </t></r><r><rPr><b/></rPr><t>Obi</t></r></si>"
    )
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="s"><v>{a}</v></c><c r="C{n}" t="s"><v>{b}</v></c></row>'
        for n, a, b in ((3, 0, 1), (9, 2, 3))
    )
    content = with_texts(texts, rows)
    assert seats_of(content) == [("Care", [("Ada Obi", SeatRole.PANELLIST)])]
    assert table_of(content).row_number(0) == 9


def test_cells_are_counted_before_they_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    content = workbook([["session", "name"], ["Care", "Ada"], ["Care", "Bo"], ["Tea", "Cy"]])
    monkeypatch.setattr(package, "MAX_SHEET_CELLS", 8)
    assert len(table_of(content).rows) == 3
    monkeypatch.setattr(package, "MAX_SHEET_CELLS", 7)
    parsed = Mock()
    monkeypatch.setattr(package, "_guard_of", parsed)
    with pytest.raises(Unreadable, match="more than 7 cells"):
        read(content)
    assert not [call for call in parsed.call_args_list if "sheet" in call.args[0].filename]


def test_a_text_of_many_cells_is_looked_through_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Six texts: once to choose the sheet, once to read it."""
    looked = Mock(side_effect=workbooks.clean_lines)
    monkeypatch.setattr(workbooks, "clean_lines", looked)
    content = workbook([["session", "name"], *[["Care", f"Ada {n % 3}"] for n in range(50)]])
    assert len(table_of(content).rows) == 50
    assert looked.call_count == 12
