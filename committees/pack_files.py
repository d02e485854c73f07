"""A pack as rows of a spreadsheet. Rules only: the bytes are made where files are."""

import re
from collections.abc import Iterator

from committees.pack_seal import Content

Cell = str | int | None
FIELDS = ("reference", "title", "what", "why", "who", "when", "days", "views")
HEADINGS = ("Section", "Reference", "Title", "What", "Why", "Who", "Date", "Days", "Views")
LONGEST_NAME = 31
NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")


def as_rows(content: Content) -> Iterator[list[Cell]]:
    """One row for each item, in the order of the page."""
    yield list(HEADINGS)
    for section in content["sections"]:
        for row in section["rows"]:
            yield [heading_of(section), *(row[name] for name in FIELDS)]


def heading_of(section: Content) -> str:
    part: str = section["part"]
    return f"{part}: {section['title']}" if part else str(section["title"])


def as_sheets(content: Content, sha256: str) -> dict[str, list[list[Cell]]]:
    """What it is first, then a sheet for each section."""
    sheets: dict[str, list[list[Cell]]] = {"Pack": list(_about(content, sha256))}
    for section in content["sections"]:
        sheets[sheet_name(section)] = list(_sheet(section))
    return sheets


def sheet_name(section: Content) -> str:
    return NOT_IN_A_NAME.sub(" ", section["title"].split(",")[0])[:LONGEST_NAME].strip()


def _about(content: Content, sha256: str) -> Iterator[list[Cell]]:
    yield ["Pack", content["number"]]
    yield ["Organisation", content["organisation"]]
    yield ["For", content["group"]]
    yield ["Meeting", content["meeting_on"]]
    yield ["As it stood on", content["cut_off"]]
    yield ["Frozen by", content["frozen_by"]]
    yield ["SHA-256", sha256]
    yield ["", content["since"]]
    for total in content["totals"]:
        yield [total["label"], total["figure"]]


def _sheet(section: Content) -> Iterator[list[Cell]]:
    yield [title for _, title in section["columns"]]
    for row in section["rows"]:
        yield [row[key] for key, _ in section["columns"]]
    if not section["rows"]:
        yield [section["nothing"]]
