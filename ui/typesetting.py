"""Pages and pictures that are not HTML: PDFs, and the picture a link is shown with.

What people typed goes in as data, so nothing in it is read as markup.
"""

import json
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final, Literal

import typst
from django.conf import settings

PIXELS_PER_INCH = 72
"""One point is one pixel."""
# PDF/A forbids the empty box that stands for what no font has, so typesetting one refuses it.
PROBE = b"#json(bytes(sys.inputs.data))"
NO_EMPTY_BOXES: Final = "a-2b"


@cache
def fonts() -> typst.Fonts:
    """The few that come with typst, the system's, and those in FONT_FOLDERS. Read once."""
    return typst.Fonts(font_paths=[Path(folder) for folder in settings.FONT_FOLDERS])


def typeset(
    template: Path, data: Mapping[str, Any], *, format: Literal["pdf", "png"] = "pdf"
) -> bytes:
    """The finished bytes. The template reads its data with `json(bytes(sys.inputs.data))`.

    Raises typst.TypstError where the template itself is wrong.
    """
    made: bytes = typst.compile(
        template,
        root=template.parent,
        format=format,
        ppi=PIXELS_PER_INCH,
        font_paths=fonts(),
        sys_inputs={"data": json.dumps(data)},
    )
    return made


def drawable(text: str) -> str:
    """The text on one line, or nothing where some of it could only be drawn as an empty box."""
    plain = " ".join(text.split())
    return plain if can_be_drawn(plain) else ""


@lru_cache(maxsize=4096)
def can_be_drawn(text: str) -> bool:
    """Whether the fonts of this installation hold every character; about a millisecond."""
    if any(unicodedata.category(letter) == "Cc" for letter in text):
        return False
    probe = {"data": json.dumps(text)}
    try:
        typst.compile(PROBE, font_paths=fonts(), sys_inputs=probe, pdf_standards=NO_EMPTY_BOXES)
    except typst.TypstError:
        return False
    return True
