"""Which format a file is, by what it holds: its name says nothing for sure."""

from panels.reading.csv_text import read_csv, separator_of, widest_separator
from panels.reading.json_table import is_rows, read_objects
from panels.reading.json_text import parsed
from panels.reading.limits import MAX_BYTES
from panels.reading.outcome import Reading, Unreadable
from panels.reading.pasted import read_pasted
from panels.reading.schedule_json import is_schedule, read_schedule
from panels.reading.schedule_xml import read_xml
from panels.reading.sessionize import is_sessionize, read_sessionize
from panels.reading.text import decoded
from panels.reading.workbook import read_workbook

SAVE_AS = "Save it as Excel (.xlsx) or CSV and choose that file."
# How files begin that people choose by mistake.
NEVER = {
    b"\xd0\xcf\x11\xe0": f"This is an old Excel file (.xls) or one with a password. {SAVE_AS}",
    b"%PDF": "This is a PDF. Copy the line-up out of it and paste it here.",
    b"{\\rtf": "This is a text document. Copy the line-up out of it and paste it here.",
    b"\x89PNG": "This is a picture. Type or paste the line-up.",
    b"\xff\xd8\xff": "This is a picture. Type or paste the line-up.",
    b"GIF8": "This is a picture. Type or paste the line-up.",
    b"\x1f\x8b": "This file is packed. Unpack it and choose the file inside.",
    b"7z\xbc\xaf": "This file is packed. Unpack it and choose the file inside.",
    b"Rar!": "This file is packed. Unpack it and choose the file inside.",
}
ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


def read(content: bytes, filename: str = "") -> Reading:
    """A programme, or a table to be mapped; Unreadable with the reason for anything else."""
    if len(content) > MAX_BYTES:
        raise Unreadable(f"The file is larger than {MAX_BYTES // 1024 // 1024} MB.")
    for beginning, message in NEVER.items():
        if content.startswith(beginning):
            raise Unreadable(message)
    if content.startswith(ZIP):
        return read_workbook(content)
    text = decoded(content)
    begins = text[:1_000].lstrip("\ufeff \t\r\n")[:1]
    if not text.strip():
        raise Unreadable("The file is empty.")
    if begins == "<":
        return read_xml(text.lstrip("\ufeff \t\r\n"))
    if begins in {"{", "["}:
        return _read_json(text)
    return read_text(text)


def _read_json(text: str) -> Reading:
    data = parsed(text)
    if is_schedule(data):
        return read_schedule(data)
    if is_sessionize(data):
        return read_sessionize(data)
    if is_rows(data):
        return read_objects(data)
    raise Unreadable(
        "This JSON is none that is known here: a schedule of pretalx or frab, or all data of"
        " Sessionize."
    )


def read_text(text: str) -> Reading:
    """A table where headings are known or its rows are alike; else a line-up somebody wrote."""
    separator = separator_of(text) or widest_separator(text)
    return read_csv(text, separator) if separator else read_pasted(text)
