"""An Excel workbook as the zip file that it is, looked through before it is opened."""

import re
import struct
import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from panels.reading.limits import (
    LAST_ROW,
    MAX_BESIDE,
    MAX_CELL,
    MAX_COLUMNS,
    MAX_INSIDE,
    MAX_LETTERS,
    MAX_PARTS,
    MAX_ROWS,
    MAX_SHEET_CELLS,
    MAX_SMALL_PART,
    MAX_TEXTS,
    MAX_UNPACKED,
)
from panels.reading.outcome import Unreadable
from panels.reading.xml_guard import Guard

WHAT = "This workbook"
DAMAGED = f"{WHAT} breaks off or is damaged. Save it again and choose it once more."
BROKEN = (
    BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, LookupError, RuntimeError,
    OverflowError,
)  # fmt: skip
_ENTRY_OF_DIRECTORY = b"PK\x01\x02"
_LARGE = re.compile(r"xl/(worksheets/[^/]+|sharedStrings)\.xml", re.IGNORECASE)
_TOO_MANY_ROWS = f"{WHAT} has more than {MAX_ROWS:,} rows."
_ROWS = (b"<row ", b"<row>")
_CELLS = (b"<c ", b"<c>", b"<c/")
_WORKBOOK_PART = re.compile(r"/?xl/workbook\d*\.xml", re.IGNORECASE)
_XML_BEGINS = (b"<", b"\xef\xbb\xbf<", b"\xff\xfe", b"\xfe\xff", b"\x00<")
# Blank rows between are not counted, but somewhere they end.
LAST_READ = 2 * MAX_ROWS
_REFERENCE = re.compile(r"([A-Z]{1,3})(\d{1,7})")
_OTHER_KINDS = {
    "word/document.xml": "This is a Word document. Copy the line-up out of it and paste it here.",
    "ppt/presentation.xml": "This is a presentation. Copy the line-up out of it and paste it here.",
    "content.xml": "This is an OpenDocument file. Save it as Excel (.xlsx) or CSV.",
}


def check_package(content: bytes) -> None:
    """Refuses what is no workbook, holds macros, or would unpack to more than may be read."""
    if content.count(_ENTRY_OF_DIRECTORY) > MAX_PARTS:
        raise Unreadable(f"{WHAT} holds more than {MAX_PARTS:,} parts.")
    try:
        with ZipFile(BytesIO(content)) as package:
            parts = package.infolist()
            _check_parts(parts)
            budget = _Budget()
            for part in parts:
                _check_part(package, part, budget)
    except BROKEN:
        raise Unreadable(DAMAGED) from None


def _check_parts(parts: list[ZipInfo]) -> None:
    names = [part.filename for part in parts]
    for name, message in _OTHER_KINDS.items():
        if name in names:
            raise Unreadable(message)
    if not any(_WORKBOOK_PART.fullmatch(name) for name in names):
        raise Unreadable("This is a zip file, not an Excel workbook. Choose the file inside it.")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise Unreadable(f"{WHAT} holds macros. Save it as .xlsx, without macros.")
    if any(name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) for name in names):
        raise Unreadable(f"{WHAT} names files outside itself, which no workbook needs.")
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable(f"{WHAT} is locked with a password. Save it without one.")
    if any(part.compress_type not in {ZIP_STORED, ZIP_DEFLATED} for part in parts):
        raise Unreadable(DAMAGED)
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise Unreadable(_too_large())


def _too_large() -> str:
    return f"{WHAT} unpacks to more than {MAX_UNPACKED // 1024 // 1024} MB."


class _Budget:
    """What all parts of one workbook may cost together."""

    def __init__(self) -> None:
        self.bytes = MAX_UNPACKED
        self.cells = MAX_SHEET_CELLS
        self.letters = MAX_LETTERS

    def spend_bytes(self, number: int) -> None:
        self.bytes -= number
        if self.bytes < 0:
            raise Unreadable(_too_large())

    def spend_cells(self, number: int = 1) -> None:
        self.cells -= number
        if self.cells < 0:
            raise Unreadable(f"{WHAT} has more than {MAX_SHEET_CELLS:,} cells.")

    def spend_letters(self, number: int) -> None:
        self.letters -= number
        if self.letters < 0:
            raise Unreadable(f"{WHAT} holds more than {MAX_LETTERS:,} characters.")


def _refuse_many_cells(package: ZipFile, part: ZipInfo) -> None:
    """Counted as bytes before anything is parsed, which takes a hundred times longer."""
    budget, rows = _Budget(), 0
    for piece in _unpacked(package, part, budget):
        rows += sum(map(piece.count, _ROWS))
        if rows > LAST_READ:
            raise Unreadable(_TOO_MANY_ROWS)
        budget.spend_cells(sum(map(piece.count, _CELLS)))


def _check_part(package: ZipFile, part: ZipInfo, budget: _Budget) -> None:
    if _LARGE.fullmatch(part.filename):
        _refuse_many_cells(package, part)
    pieces = _unpacked(package, part, budget)
    first = next(pieces, b"")
    if not (part.filename.endswith((".xml", ".rels")) or first.startswith(_XML_BEGINS)):
        for _piece in pieces:
            pass
        return
    _guard_of(part, budget).watch(_again(first, pieces))


def _unpacked(package: ZipFile, part: ZipInfo, budget: _Budget) -> Iterator[bytes]:
    with package.open(part) as stream:
        while piece := stream.read(64 * 1024):
            budget.spend_bytes(len(piece))
            yield piece


def _again(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest


def _guard_of(part: ZipInfo, budget: _Budget) -> Guard:
    if part.filename == "[Content_Types].xml":
        return _TypesGuard(WHAT)
    if _LARGE.fullmatch(part.filename):
        return _SheetGuard(budget)
    if part.file_size > MAX_SMALL_PART:
        raise Unreadable(f"{WHAT} has a part that is far larger than a line-up needs.")
    return Guard(WHAT)


class _TypesGuard(Guard):
    """Macros are declared here, whatever the file is called; so is which part is the workbook."""

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        kind = attributes.get("ContentType", "")
        if "macroenabled" in kind.lower():
            raise Unreadable(f"{WHAT} holds macros. Save it as .xlsx, without macros.")
        part = attributes.get("PartName", "")
        if "sheet.main+xml" in kind and part and not _WORKBOOK_PART.fullmatch(part):
            raise Unreadable(DAMAGED)


class _SheetGuard(Guard):
    """A worksheet or the table of its texts: counts rows, columns, cells and characters."""

    def __init__(self, budget: _Budget) -> None:
        super().__init__(WHAT, most=8 * MAX_SHEET_CELLS)
        self.parser.CharacterDataHandler = self._characters
        self.budget = budget
        self.rows = self.row = self.column = self.texts = self.letters = 0
        self.inside = self.beside = 0
        self.in_cell = False

    def opened(self, name: str, attributes: dict[str, str]) -> None:
        if name == "row":
            self._row(attributes.get("r"))
        elif name == "c":
            self._cell(attributes.get("r"))
        elif name == "si":
            self._text()
        elif self.in_cell:
            self._part_of_cell(name)
        else:
            self.beside += 1
            if self.beside > MAX_BESIDE:
                raise Unreadable(f"{WHAT} holds far more beside its cells than a line-up needs.")

    def _text(self) -> None:
        self.texts += 1
        self.in_cell, self.inside, self.letters = True, 0, 0
        if self.texts > MAX_TEXTS:
            raise Unreadable(f"{WHAT} holds more than {MAX_TEXTS:,} different texts.")

    def _part_of_cell(self, name: str) -> None:
        self.inside += 1
        if self.inside > MAX_INSIDE:
            raise Unreadable(f"{WHAT} has a cell that holds far more than a text.")
        if name in {"v", "is"}:
            self._value()

    def _value(self) -> None:
        if self.column > MAX_COLUMNS:
            raise Unreadable(f"Row {self.row} has more than {MAX_COLUMNS} columns.")
        if self.row > LAST_READ:
            raise Unreadable(_TOO_MANY_ROWS)

    def _row(self, number: str | None) -> None:
        self.rows += 1
        self.row = self._number(number) if number else self.row + 1
        self.column = 0
        if self.rows > LAST_READ:
            raise Unreadable(_TOO_MANY_ROWS)
        if self.row > LAST_ROW:
            raise Unreadable(DAMAGED)

    @staticmethod
    def _number(written: str) -> int:
        if not (written.isascii() and written.isdigit() and len(written) <= 7):
            raise Unreadable(DAMAGED)
        return int(written)

    def _cell(self, reference: str | None) -> None:
        self.budget.spend_cells()
        self.in_cell, self.inside, self.letters = True, 0, 0
        if reference is None:
            self.column += 1
            return
        found = _REFERENCE.fullmatch(reference)
        if found is None or int(found[2]) > LAST_ROW:
            raise Unreadable(DAMAGED)
        column = 0
        for letter in found[1]:
            column = 26 * column + ord(letter) - 64
        self.column = column

    def _characters(self, text: str) -> None:
        self.budget.spend_letters(len(text))
        self.letters += len(text)
        if self.letters > MAX_CELL:
            where = f"Row {self.row}, column {self.column}" if self.column else "A cell"
            raise Unreadable(f"{where} holds more than {MAX_CELL:,} characters.")

    def closed(self, name: str) -> None:
        if name in {"c", "row", "si"}:
            self.in_cell, self.letters = False, 0
