"""JSON that cannot cost more than it may, and reaching into it without trusting its shape."""

import json
from collections.abc import Iterator
from typing import Any

from panels.reading.limits import MAX_DIGITS, MAX_JSON_BRACKETS, MAX_JSON_COMMAS
from panels.reading.outcome import Unreadable


def parsed(text: str) -> Any:
    """Numbers that no programme needs (endless, infinite) become None."""
    brackets = text.count("{") + text.count("[")
    if brackets > MAX_JSON_BRACKETS or text.count(",") > MAX_JSON_COMMAS:
        raise Unreadable("This JSON file holds far more entries than a programme has.")
    try:
        return json.loads(text, parse_int=_integer, parse_constant=_nothing)
    except json.JSONDecodeError as problem:
        raise Unreadable(
            f"This looks like JSON, but line {problem.lineno} cannot be read. Export it again."
        ) from None
    except RecursionError:
        raise Unreadable("This JSON file is nested far deeper than a programme is.") from None


def _integer(digits: str) -> int | None:
    return int(digits) if len(digits) <= MAX_DIGITS else None


def _nothing(_constant: str) -> None:
    return None


def entries(value: object) -> Iterator[dict[str, Any]]:
    """The objects of a list; whatever else it holds is passed over."""
    if isinstance(value, list):
        yield from (entry for entry in value if isinstance(entry, dict))


def inside(value: object, *path: str) -> Any:
    """What lies under these names, or None."""
    for name in path:
        if not isinstance(value, dict):
            return None
        value = value.get(name)
    return value


def listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
