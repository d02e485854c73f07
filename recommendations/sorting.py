"""By what a recommendation is sorted, and what history keeps of it: keys, never words."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace

Details = Mapping[str, str]


@dataclass(frozen=True)
class Sorting:
    """Empty where there is none."""

    theme: str = ""
    level: str = ""
    horizon: str = ""
    phase: str = ""


SORTED_BY = tuple(each.name for each in fields(Sorting))


def change_of(name: str, before: str, after: str) -> dict[str, str]:
    """What history keeps of one change, so that a past day is told as it was."""
    return {"from": before, name: after}


def before_any(changes: Iterable[Details], today: Sorting) -> Sorting:
    """Before the first change whose keys are on record; where there is none, as it is today."""
    first = vars(today).copy()
    for change in reversed([change for change in changes if "from" in change]):
        first |= dict.fromkeys(_names(change), change["from"])
    return Sorting(**first)


def after(sorting: Sorting, change: Details) -> Sorting:
    """Of changes from before the keys were kept nobody knows what they were."""
    if "from" not in change:
        return sorting
    return replace(sorting, **{name: change[name] for name in _names(change)})


def _names(change: Details) -> list[str]:
    return [name for name in SORTED_BY if name in change]
