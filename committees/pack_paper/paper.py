"""A pack on A4: tagged, in British English, with headings to jump to."""

import re
import unicodedata
from pathlib import Path
from typing import Any

from committees.pack_seal import Content
from ui.typesetting import can_be_drawn, typeset

PACK = Path(__file__).parent / "pack.typ"
LONGEST_RUN = 18
BREAK_HERE = "\u200b"
NOT_DRAWN = "Some letters here have no typeface on this paper. The page on screen shows them."
A_PAGE = re.compile(rb"/Type\s*/Page\b(?!s)")
KEPT_CONTROLS = frozenset("\n\t")
WIDTHS = {
    "reference": "10%",
    "title": "1.6fr",
    "what": "1.6fr",
    "why": "1.8fr",
    "who": "1.1fr",
    "when": "16%",
    "days": "9%",
    "views": "1.2fr",
}


def paper(content: Content, sha256: str) -> bytes:
    """Raises typst.TypstError where the template itself is wrong."""
    return typeset(PACK, words(content, sha256))


def pages_in(pdf: bytes) -> int | None:
    """None where the pages stand in a compressed part of the file."""
    return len(A_PAGE.findall(pdf)) or None


def words(content: Content, sha256: str) -> dict[str, Any]:
    """All that the paper says, as text that can be set."""
    said: dict[str, Any] = {
        "title": f"Pack {content['number']}, {content['meeting_on']}",
        "organisation": content["organisation"],
        "group": content["group"],
        "cut_off": content["cut_off"],
        "frozen_by": content["frozen_by"],
        "since": content["since"],
        "sha256": " ".join(sha256[at : at + 8] for at in range(0, len(sha256), 8)),
        "totals": [[total["label"], total["figure"]] for total in content["totals"]],
        "sections": [_section(section) for section in content["sections"]],
    }
    clean: dict[str, Any] = _clean(said)
    clean["note"] = "" if can_be_drawn(_letters(clean)) else NOT_DRAWN
    return clean


def _section(section: dict[str, Any]) -> dict[str, Any]:
    keys = [key for key, _ in section["columns"]]
    return {
        "part": section["part"],
        "title": section["title"],
        "nothing": section["nothing"],
        "columns": [title for _, title in section["columns"]],
        "widths": [WIDTHS[key] for key in keys],
        "numbers": [at for at, key in enumerate(keys) if key == "days"],
        "rows": [[_cell(row[key]) for key in keys] for row in section["rows"]],
    }


def _cell(value: object) -> str:
    return "" if value is None else str(value)


def _clean(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _clean(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_clean(each) for each in value]
    return _breakable(_without_controls(value)) if isinstance(value, str) else value


def _without_controls(text: str) -> str:
    return "".join(
        letter
        for letter in text
        if letter in KEPT_CONTROLS or unicodedata.category(letter) not in {"Cc", "Cs"}
    )


def _breakable(text: str) -> str:
    """A word too long for its column may be broken, where its letters are Latin ones alone."""
    return re.sub(rf"[\x21-\x7e]{{{LONGEST_RUN},}}", _broken, text)


def _broken(found: re.Match[str]) -> str:
    word = found.group()
    pieces = [word[at : at + LONGEST_RUN] for at in range(0, len(word), LONGEST_RUN)]
    return BREAK_HERE.join(pieces)


def _letters(value: Any) -> str:
    """Each letter once; a mark is drawn on its letter or alone."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return "".join(sorted(set("".join(map(_letters, value)))))
    return "".join(sorted(set(value) - set("\n\t\u200b"))) if isinstance(value, str) else ""
