"""The personal pieces of a pack: what somebody is called, and what somebody wrote.

A piece says whose it is and has a random salt of its own. The seal is over its hash, so the words
can go and the seal still holds. Rules only: where salts come from is the caller's to say.
"""

from collections.abc import Callable, Iterable
from hashlib import sha256
from typing import Any
from uuid import UUID

NAME, WORDS = "name", "words"
GONE = {NAME: "Somebody", WORDS: "Words taken out"}
SALT_BYTES = 32
"""As long as the hash that takes its place: what is taken out always leaves less than there was."""

Piece = dict[str, str]
Text = str | dict[str, Any]
"""Words of nobody in particular; a piece; or several of either, joined."""


def name(said: str, by: UUID | None) -> Text:
    return _piece(NAME, said, by)


def words(said: str, by: UUID | None) -> Text:
    return _piece(WORDS, said, by)


def _piece(kind: str, said: str, by: UUID | None) -> Text:
    """An empty text is nobody's, and so is one that nobody in particular wrote."""
    return {"kind": kind, "by": str(by), "said": said} if said and by else said


def joined(parts: Iterable[Text]) -> Text:
    """Several as one text; plain where none of them is personal."""
    every = list(parts)
    plain = [part for part in every if isinstance(part, str)]
    return "".join(plain) if len(plain) == len(every) else {"joined": every}


def each_piece(value: Any, change: Callable[[Piece], Any]) -> Any:
    """A copy in which each piece is what `change` makes of it, and all else as it was."""
    if isinstance(value, list):
        return [each_piece(part, change) for part in value]
    if not isinstance(value, dict):
        return value
    if "by" in value:
        return change(value)
    return {key: each_piece(part, change) for key, part in value.items()}


def salted(value: Any, salt: Callable[[], str]) -> Any:
    return each_piece(value, lambda piece: {**piece, "salt": salt()})


def taken_out(piece: Piece) -> Piece:
    """Whose it was and the hash of it, which tells nothing without the salt."""
    left = {"kind": piece.get("kind", ""), "by": piece["by"]}
    if "said" not in piece:
        return {**left, "sha256": piece.get("sha256", "")}
    salted_text = f"{piece.get('salt', '')}{piece['said']}"
    return {**left, "sha256": sha256(salted_text.encode()).hexdigest()}


def sealed(value: Any) -> Any:
    """As the seal sees it: the same before and after a piece was taken out."""
    return each_piece(value, taken_out)


def without(value: Any, by: UUID) -> Any:
    """A copy from which everything of this person is taken out."""
    theirs = str(by)
    return each_piece(value, lambda piece: taken_out(piece) if piece["by"] == theirs else piece)


def as_read(value: Any) -> Any:
    """A copy in plain text, with words in the place of what was taken out."""
    if isinstance(value, list):
        return [as_read(part) for part in value]
    if not isinstance(value, dict):
        return value
    if "by" in value:
        return value.get("said", GONE.get(value.get("kind", ""), GONE[WORDS]))
    if "joined" in value:
        return "".join(str(as_read(part)) for part in value["joined"])
    return {key: as_read(part) for key, part in value.items()}
