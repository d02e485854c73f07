"""Workbooks that somebody might send to do harm or by mistake."""

import struct
import zipfile
import zlib
from collections.abc import Callable, Iterable
from io import BytesIO

from openpyxl import Workbook

MB = 1024 * 1024
HEADINGS = "session,stage,role,name,duration_minutes"
GOOD = f"{HEADINGS}\nOpening,main,keynote,Ada Obi,30\nOpening,main,chair,Zoë Öz,30\n"
GOOD_ROWS = 50_000
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
ROW = '<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{text}</t></is></c></row>'


def workbook(
    rows: Iterable[Iterable[object]], *, change: Callable[[Workbook], None] | None = None
) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(list(row))
    if change:
        change(book)
    buffer = BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def good_workbook() -> bytes:
    return workbook([line.split(",") for line in GOOD.splitlines()])


def repacked(
    content: bytes, replaced: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED
) -> bytes:
    """The same workbook with some parts replaced or added."""
    buffer = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(buffer, "w", method) as new:
        for name in old.namelist():
            if name not in replaced:
                new.writestr(name, old.read(name))
        for name, part in replaced.items():
            new.writestr(name, part)
    return buffer.getvalue()


def with_sheet(data: str) -> bytes:
    sheet = f'<worksheet xmlns="{SHEET}"><sheetData>{data}</sheetData></worksheet>'
    return repacked(good_workbook(), {"xl/worksheets/sheet1.xml": sheet.encode()})


def zip_bomb() -> bytes:
    return repacked(good_workbook(), {"xl/worksheets/sheet1.xml": bytes(600 * MB)})


def lying_zip_bomb() -> bytes:
    """As small as a line-up, its directory says; 100 MB when unpacked."""
    honest = repacked(good_workbook(), {"xl/worksheets/sheet1.xml": b"<a>" + b" " * (100 * MB)})
    return honest.replace(struct.pack("<L", 100 * MB + 3), struct.pack("<L", 4_000))


def many_parts() -> bytes:
    return repacked(good_workbook(), {f"xl/media/{n}.txt": b"" for n in range(20_000)})


def million_rows_workbook() -> bytes:
    return with_sheet("".join(f'<row r="{n}"><c><v>1</v></c></row>' for n in range(1, 1_000_001)))


def empty_cells_workbook() -> bytes:
    return with_sheet(("<row>" + "<c/>" * 90 + "</row>") * 40_000)


def good_rows_workbook() -> bytes:
    rows = (
        [f"Session {n // 5}", "other", "presenter", f"Person {n % 30_000}", 30]
        for n in range(GOOD_ROWS)
    )
    return workbook([HEADINGS.split(","), *rows])


def macros() -> bytes:
    types = (
        f'<Types xmlns="{_TYPES}"><Override PartName="/xl/workbook.xml" ContentType='
        '"application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
    )
    return repacked(good_workbook(), {"[Content_Types].xml": types.encode()})


def merge(book: Workbook) -> None:
    book.active.merge_cells("A2:A3")


def formulas() -> bytes:
    return workbook([["session", "name"], ["One", "Ada Obi"], ["=1+1", '=HYPERLINK("x","y")']])


def damaged() -> bytes:
    content = bytearray(good_workbook())
    content[len(content) // 2 - 200 : len(content) // 2] = bytes(200)
    return bytes(content)


def with_bytes_put_in() -> bytes:
    content = good_workbook()
    return content[:30] + zlib.compress(b"x" * 1000) + content[30:]


def with_workbook_at(part: str) -> bytes:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    types = f'<Types xmlns="{_TYPES}"><Override PartName="{part}" ContentType="{kind}"/></Types>'
    return repacked(good_workbook(), {"[Content_Types].xml": types.encode()})


def with_password() -> bytes:
    content = bytearray(good_workbook())
    at = content.index(b"PK\x01\x02")
    content[at + 8] |= 1
    return bytes(content)


def plain_zip(name: str) -> bytes:
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr(name, "hello")
    return buffer.getvalue()


def with_texts(texts: str, rows: str) -> bytes:
    """As Excel writes it: texts in a part of their own, cells that say which one."""
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    declared = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    with zipfile.ZipFile(BytesIO(good_workbook())) as package:
        types = package.read("[Content_Types].xml").decode().replace("</Types>", declared)
    sheet = f'<worksheet xmlns="{SHEET}"><sheetData>{rows}</sheetData></worksheet>'
    parts = {
        "[Content_Types].xml": types,
        "xl/sharedStrings.xml": f'<sst xmlns="{SHEET}">{texts}</sst>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    return repacked(good_workbook(), {name: part.encode() for name, part in parts.items()})


def one_text_everywhere() -> bytes:
    """A text of 9,999 characters that the file holds once and says 100,000 times."""
    texts = f"<si><t>name</t></si><si><t>{'a  ' * 3_333}</t></si>"
    return with_texts(texts, ("<row>" + '<c t="s"><v>1</v></c>' * 50 + "</row>") * 2_000)


def wide_texts() -> bytes:
    """One letter in each text that makes all its others take four bytes."""
    return with_texts(f"<si><t>{'a' * 9_990}\U0001f389</t></si>" * 5_000, "")
