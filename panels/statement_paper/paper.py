"""A statement as a picture of 1200 by 630, and as one page of A4."""

import json
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from panels.freezing import canonical
from panels.statement_facts import QUESTION, Facts, marks_of
from panels.statement_words import HEADING, about, days_of, kind_of, said_of, stated
from ui.line_up import MARKS, USUAL_WORDS, sentence
from ui.table_drawing import LARGE, MOST_SEATS, seat_positions, seat_radius, table_radii
from ui.typesetting import drawable, typeset

HERE = Path(__file__).parent
IMAGE, PAGE, TABLE = HERE / "image.typ", HERE / "page.typ", HERE / "table.typ"
LONGEST_RUN = 24
BREAK_HERE = "\u200b"


@cache
def templates_digest() -> str:
    return sha256(b"".join(path.read_bytes() for path in (IMAGE, PAGE, TABLE))).hexdigest()


def digest_of(facts: Facts, *more: str) -> str:
    """Changes with everything that the picture, or with `more` the page, shows."""
    return sha256(repr((templates_digest(), canonical(facts), more)).encode()).hexdigest()[:16]


def picture(facts: Facts, *, site: str) -> bytes:
    return _picture(canonical(facts), site)


@lru_cache(maxsize=64)
def _picture(facts: str, site: str) -> bytes:
    """Those asked for last are kept, some 80 kilobytes each."""
    return typeset(IMAGE, words(json.loads(facts)) | {"site": site}, format="png")


def paper(facts: Facts, *, address: str) -> bytes:
    """The PDF: tagged, in British English."""
    return _paper(canonical(facts), address)


@lru_cache(maxsize=64)
def _paper(facts: str, address: str) -> bytes:
    data = words(json.loads(facts)) | {"address": address, "shown_address": _breakable(address)}
    return typeset(PAGE, data)


def words(facts: Facts) -> dict[str, Any]:
    """All that either says. What no font here can draw is left away, and the rest remains."""
    plain_about = f"{kind_of(facts)}, {days_of(facts)}"
    return {
        "kind": HEADING,
        "title": _breakable(drawable(facts["title"]) or kind_of(facts)),
        "about": _breakable(drawable(about(facts)) or plain_about),
        "stated": _breakable(drawable(stated(facts)) or "Stated by the organiser."),
        "question": QUESTION,
        "measures": [_measure(measure) for measure in facts["measures"]],
        "limits": facts["limits"],
    }


def _measure(measure: Facts) -> dict[str, Any]:
    parts = measure["parts"]
    warnings = [warning["label"] for warning in measure["warnings"]]
    return {
        "title": measure["title"],
        "asks": measure["asks"],
        "result": parts[0]["tag"]["label"] if parts else measure["tag"]["label"],
        "figure": parts[0]["figure"] if parts else "",
        "drawing": _drawing(parts[0]) if parts else None,
        "parts": [{"name": part["name"], "said": said_of(part)} for part in parts],
        "remarks": [part["with_chair"] for part in parts if part["with_chair"]] + warnings,
        "warning": ". ".join(warnings),
        "stamp": measure["stamp"],
    }


def _drawing(part: Facts) -> dict[str, Any]:
    """The table as on the pages, in the same units; a bar where chairs would be too many."""
    marks = sorted(marks_of(part), key=MARKS.index)
    counts = part["seats"]
    found: dict[str, Any] = {
        "alt": f"{part['label']}. {sentence(marks, USUAL_WORDS | part['words'])}",
        "key": [
            {"mark": mark, "words": f"{counts[mark]} {part['words'][mark]}"}
            for mark in MARKS
            if mark in part["words"]
        ],
        "width": LARGE.width,
        "height": LARGE.height,
        "centre": part["centre"],
        "bar": [{"mark": mark, "share": counts[mark]} for mark in MARKS if mark in counts],
    }
    if len(marks) > MOST_SEATS:
        return found | {"seats": []}
    radius_x, radius_y = table_radii(len(marks))
    seats = zip(marks, seat_positions(len(marks)), strict=True)
    return found | {
        "radius_x": radius_x,
        "radius_y": radius_y,
        "seat_radius": seat_radius(len(marks)),
        "seats": [
            {"mark": mark, "x": seat.x, "y": seat.y, "angle": seat.angle} for mark, seat in seats
        ],
    }


def _breakable(text: str) -> str:
    """A word too long for its line may be broken; other words never are."""
    return " ".join(_broken(word) for word in text.split())


def _broken(word: str) -> str:
    """Only Latin letters: a mark of another script must stay with its letter."""
    if len(word) <= LONGEST_RUN or not word.isascii():
        return word
    pieces = [word[start : start + LONGEST_RUN] for start in range(0, len(word), LONGEST_RUN)]
    return BREAK_HERE.join(pieces)
