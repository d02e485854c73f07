"""Whether something still reads as it did when somebody looked at it."""

from collections.abc import Mapping
from hashlib import sha256


def marks(parts: Mapping[str, str]) -> str:
    """What somebody had before their eyes: a short digest of each part, by its name."""
    return ".".join(_mark(name, words) for name, words in parts.items())


def changed_since(shown: str, parts: Mapping[str, str]) -> list[str]:
    """The names of the parts that read differently from when `shown` was made."""
    seen = shown.split(".")
    return [name for name, words in parts.items() if _mark(name, words) not in seen]


def _mark(name: str, words: str) -> str:
    return sha256(f"{name}\0{words}".encode()).hexdigest()[:24]
