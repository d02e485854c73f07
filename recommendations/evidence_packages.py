"""Office documents, which are zip files: looked through without being opened."""

import re
import struct
import zlib
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from recommendations.evidence_refusals import DAMAGED, UNKNOWN, Unfit

MAX_PARTS = 2_000
MAX_UNPACKED = 60 * 1024 * 1024
MAX_TYPES = 1024 * 1024
"""Of the one part that says what the others are."""

_OFFICE = "application/vnd.openxmlformats-officedocument."
_MAIN_PARTS = {
    "word/document.xml": f"{_OFFICE}wordprocessingml.document",
    "xl/workbook.xml": f"{_OFFICE}spreadsheetml.sheet",
    "ppt/presentation.xml": f"{_OFFICE}presentationml.presentation",
}
_ODT = "application/vnd.oasis.opendocument.text"
_TYPES = "[Content_Types].xml"
_ENTRY_OF_DIRECTORY = b"PK\x01\x02"
END_OF_DIRECTORY = b"PK\x05\x06"
_LENGTH_OF_END = 22
_RUNS = re.compile(
    r"(^|/)(vbaproject\.bin|vbadata\.xml|activex/|macrosheets/|basic/|scripts/"
    r"|.*\.(exe|dll|bat|cmd|js|vbs|jar|html?|swf)$)",
    re.IGNORECASE,
)
_MACROS = "This document holds macros. Save it without them, as %s."
_BROKEN = (
    BadZipFile, zlib.error, struct.error, EOFError, OSError, ValueError, LookupError, RuntimeError,
    OverflowError,
)  # fmt: skip


def read_package(content: bytes) -> str:
    """The media type. Raises Unfit for what is none of the four kinds, runs something, is
    locked, hides something before or behind it, or unpacks to more than may be read."""
    if content.count(_ENTRY_OF_DIRECTORY) > MAX_PARTS:
        raise Unfit(f"This document holds more than {MAX_PARTS:,} parts.")
    if content[-_LENGTH_OF_END:][:4] != END_OF_DIRECTORY:
        raise Unfit(DAMAGED)
    try:
        with ZipFile(BytesIO(content)) as package:
            parts = package.infolist()
            _check_parts(parts)
            _unpack_all(package, parts)
            return _kind(package, [part.filename for part in parts])
    except _BROKEN:
        raise Unfit(DAMAGED) from None


def _check_parts(parts: list[ZipInfo]) -> None:
    names = [part.filename for part in parts]
    if len(set(names)) != len(names):
        raise Unfit(DAMAGED)
    if any(name.startswith(("/", "\\")) or ".." in re.split(r"[/\\]", name) for name in names):
        raise Unfit("This document names files outside itself, which no document needs.")
    if any(part.flag_bits & 1 for part in parts):
        raise Unfit("This document is locked with a password. Save it without one.")
    if any(part.compress_type not in {ZIP_STORED, ZIP_DEFLATED} for part in parts):
        raise Unfit(DAMAGED)
    if any(_RUNS.search(name) for name in names):
        raise Unfit(_MACROS % "a plain document or as PDF")
    _spend(sum(part.file_size for part in parts))


def _unpack_all(package: ZipFile, parts: list[ZipInfo]) -> None:
    """What the directory says of sizes may be a lie, so that every part is unpacked once. What
    is wrong with its check sum shows here too."""
    unpacked = 0
    for part in parts:
        with package.open(part) as stream:
            while piece := stream.read(64 * 1024):
                unpacked += len(piece)
                _spend(unpacked)


def _spend(unpacked: int) -> None:
    if unpacked > MAX_UNPACKED:
        raise Unfit(f"This document unpacks to more than {MAX_UNPACKED // 1024 // 1024} MB.")


def _kind(package: ZipFile, names: list[str]) -> str:
    """Exactly one kind; a file that could be two things is neither."""
    kinds = [kind for part, kind in _MAIN_PARTS.items() if part in names]
    is_odt = "mimetype" in names and "content.xml" in names
    if len(kinds) + is_odt != 1:
        raise Unfit(UNKNOWN)
    if is_odt:
        if package.getinfo("mimetype").file_size > 200:
            raise Unfit(UNKNOWN)
        if package.read("mimetype").decode().strip() != _ODT:
            raise Unfit(UNKNOWN)
        return _ODT
    if _TYPES not in names or package.getinfo(_TYPES).file_size > MAX_TYPES:
        raise Unfit(DAMAGED)
    types = package.read(_TYPES).lower()
    if b"macroenabled" in types or b"vbaproject" in types:
        raise Unfit(_MACROS % "a plain document or as PDF")
    if f"{kinds[0]}.main+xml".lower().encode() not in types:
        raise Unfit(UNKNOWN)
    return kinds[0]
