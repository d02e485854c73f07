"""Names as people type them, in any script. Rules only."""

import unicodedata

# They turn the words around them about, as far as the end of the page.
TURNS_TEXT_ABOUT = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# A line break is left to whoever checks names: it is refused, not mended.
LINE_BREAKS = frozenset("\n\r\u2028\u2029")
# Letters and symbols to Unicode, and yet nothing to see.
BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")


def clean_name(text: str) -> str:
    """Without control and direction-changing characters; empty when nothing of it can be seen.

    Joiners stay: Arabic, Tamil and many emoji are not spelled right without them.
    """
    kept = "".join(sign for sign in text if sign in LINE_BREAKS or not _is_stripped(sign)).strip()
    return kept if any(_is_seen(sign) for sign in kept) else ""


def _is_stripped(sign: str) -> bool:
    return sign in TURNS_TEXT_ABOUT or unicodedata.category(sign) == "Cc"


def _is_seen(sign: str) -> bool:
    return unicodedata.category(sign)[0] in "LNPS" and sign not in BLANK_LETTERS
