"""Reading a catalogue's TOML: every mistake is named with its row, all of them at once."""

import tomllib
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any


class CatalogueError(ValueError):
    """All that is wrong with one catalogue file, one sentence each."""

    def __init__(self, file_name: str, problems: Iterable[str]) -> None:
        self.file_name = file_name
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{file_name}: {problem}" for problem in self.problems))


class Row:
    """One table of the file and where it stands.

    A value that is missing or wrong is noted in `problems` and read as empty, so that reading goes
    on; whoever reads raises CatalogueError at the end.
    """

    def __init__(self, values: dict[str, Any], where: str, problems: list[str]) -> None:
        self.values = values
        self.where = where
        self.problems = problems
        self._read: set[str] = set()

    def refuse(self, problem: str) -> None:
        self.problems.append(f"{self.where}: {problem}" if self.where else problem)

    def _take(self, key: str, required: bool = True) -> Any:
        self._read.add(key)
        if key not in self.values and required:
            self.refuse(f"'{key}' is missing")
        return self.values.get(key)

    def text(self, key: str, at_most: int | None = None) -> str:
        return self._checked_text(key, self._take(key), at_most)

    def texts(self, key: str) -> tuple[str, ...]:
        values = self._take(key)
        if values is None:
            return ()
        if not isinstance(values, list) or not values:
            self.refuse(f"'{key}' must be a list of texts")
            return ()
        return tuple(
            self._checked_text(f"{key}, number {number}", value)
            for number, value in enumerate(values, 1)
        )

    def _checked_text(self, name: str, value: Any, at_most: int | None = None) -> str:
        if value is None:
            return ""
        if not isinstance(value, str) or not value.strip():
            self.refuse(f"'{name}' must be a text that is not empty")
        elif "\0" in value:
            self.refuse(f"'{name}' holds a NUL character")
        elif at_most is not None and len(value.strip()) > at_most:
            self.refuse(f"'{name}' has {len(value.strip())} characters, at most {at_most} fit")
        else:
            return value.strip()
        return ""

    def whole_number(self, key: str) -> int:
        """A whole number of at least 1; anything else is refused and read as 1."""
        value = self._take(key)
        if value is None:
            return 1
        if type(value) is int and value >= 1:
            return value
        self.refuse(f"'{key}' must be a whole number of at least 1, not {value!r}")
        return 1

    def choice(self, key: str, allowed: Iterable[str]) -> str | None:
        value = self._take(key)
        if value is None:
            return None
        allowed = [str(name) for name in allowed]
        if isinstance(value, str) and value in allowed:
            return value
        self.refuse(f"{key} {value!r} is not one of {', '.join(allowed)}")
        return None

    def table(self, key: str) -> "Row":
        value = self._take(key)
        if value is not None and not isinstance(value, dict):
            self.refuse(f"'{key}' must be a table")
        where = f"{self.where}, {key}" if self.where else key
        # Inside a table that is missing, one message is enough.
        return Row(value, where, self.problems) if isinstance(value, dict) else Row({}, where, [])

    def rows(
        self, key: str, name: Callable[[int, dict[str, Any]], str], *, required: bool = True
    ) -> list["Row"]:
        """The tables under `[[key]]`; `name` says where each stands, from its number and values."""
        values = self._take(key, required)
        if values is None:
            return []
        if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
            self.refuse(f"'{key}' must be written as [[{key}]]")
            return []
        return [
            Row(value, name(number, value), self.problems) for number, value in enumerate(values, 1)
        ]

    def finish(self) -> None:
        """Refuse what nobody read: a misspelt key must not be lost in silence."""
        for key in self.values:
            if key not in self._read:
                self.refuse(f"'{key}' is not known here")


def catalogue_texts(folder: Path) -> Iterator[tuple[str, str]]:
    """Text and name of each catalogue file, by name."""
    for path in sorted(folder.glob("*.toml")):
        try:
            yield path.read_text(encoding="utf-8"), path.name
        except UnicodeDecodeError:
            raise CatalogueError(path.name, ["not valid UTF-8"]) from None


def read_toml(text: str, file_name: str) -> Row:
    """The file's top level. Raises CatalogueError when it is no TOML at all."""
    try:
        return Row(tomllib.loads(text), "", [])
    except tomllib.TOMLDecodeError as error:
        raise CatalogueError(file_name, [f"not valid TOML: {error}"]) from None


def refuse_repeats(row: Row, what: str, names: Iterable[str]) -> None:
    """Note each name that stands more than once; what is missing has been noted already."""
    seen: set[str] = set()
    for name in names:
        if name in seen:
            row.refuse(f"{what} '{name}' stands there twice")
        if name:
            seen.add(name)
