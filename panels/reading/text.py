"""From bytes to text, and from any text to text that can be kept and shown."""

import codecs
import re
import unicodedata

from panels.reading.outcome import Unreadable

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
SAVE_AGAIN = "Save the file again as UTF-8 and choose it once more."

# Marks that turn the direction of everything after them, and one that is never text.
_TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\u200b"
_CONTROLS = "".join(map(chr, (*range(32), *range(127, 160))))
_AS_SPACE = str.maketrans(dict.fromkeys(_CONTROLS + "\u2028\u2029", " "))
_GONE = str.maketrans(dict.fromkeys(_TURNING, ""))
_SURROGATES = re.compile("[\ud800-\udfff]")


def decoded(content: bytes) -> str:
    """UTF-8, UTF-16 and UTF-32 with their marks, UTF-8 without, else Windows-1252."""
    for bom, encoding in BOMS:
        if content.startswith(bom):
            text = _strictly(content[len(bom) :], encoding)
            break
    else:
        text = _without_mark(content)
    if "\x00" in text:
        line = _line_of(text, text.index("\x00"))
        raise Unreadable(f"Line {line} holds a NUL, which no text has. {SAVE_AGAIN}")
    return text


def _strictly(content: bytes, encoding: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as problem:
        line = _line_of(content[: problem.start].decode(encoding, "replace"))
        raise Unreadable(
            f"Line {line} holds a character that cannot be read. {SAVE_AGAIN}"
        ) from None


def _without_mark(content: bytes) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as problem:
        if _is_mostly_utf8(content):
            return _strictly(content, "utf-8")
        try:
            return content.decode("cp1252")
        except UnicodeDecodeError:
            line = _line_of(content[: problem.start].decode("latin-1"))
            message = f"The characters of this file cannot be read, from line {line} on."
            raise Unreadable(f"{message} {SAVE_AGAIN}") from None


def _is_mostly_utf8(content: bytes) -> bool:
    """Has letters that only UTF-8 writes so; what is broken of a few more is up to 3 bytes each."""
    text = content.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    right = len(text) - wrong - len(text.encode("ascii", "ignore"))
    return right > 0 and 3 * right >= wrong


def _line_of(text: str, position: int | None = None) -> int:
    before = text if position is None else text[:position]
    return before.count("\n") + before.count("\r") - before.count("\r\n") + 1


def clean(value: object, limit: int | None = None) -> str:
    """One line without anything that cannot be stored or would turn a page around.

    Numbers become text; whatever else is no text becomes nothing.
    """
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    text = str(value)
    if not text.isprintable():
        text = _SURROGATES.sub("\ufffd", text.translate(_GONE).translate(_AS_SPACE))
    text = " ".join(text.split())
    if limit is not None and len(text) > limit:
        return text[: limit - 1].rstrip() + "…"
    return text


def clean_lines(value: str) -> str:
    """As `clean`, with the line ends of a cell kept."""
    if "  " not in value and value.replace("\n", "").isprintable():
        return "\n".join(filter(None, map(str.strip, value.split("\n"))))
    lines = (clean(line) for line in value.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    return "\n".join(line for line in lines if line)


def folded(text: str) -> str:
    """The same for two ways of writing the same name or heading."""
    lowered = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(unicodedata.normalize("NFKC", lowered).split())
