"""Who has a seat in one session, as somebody typed it. Rules only."""

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from panels.enums import SeatRole

MOST_SEATS = 200
"""In one session: more than anybody types, and than one page can bear."""


@dataclass(frozen=True)
class SeatEntry:
    """One row. Without a name the seat is planned and nobody's yet.

    `email` is only ever for sending a link to. `was`: the same person had this name before.
    """

    role: SeatRole
    name: str = ""
    email: str = ""
    was: str = field(default="", compare=False)


def name_key(name: str) -> str:
    """The same for the same name, however it is spaced and capitalised: one person."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def seated_twice(seats: Sequence[SeatEntry]) -> tuple[int, ...]:
    """The rows that seat somebody in a role they have in an earlier row."""
    seen: set[tuple[SeatRole, str]] = set()
    twice = []
    for number, seat in enumerate(seats):
        key = (seat.role, name_key(seat.name))
        if seat.name and key in seen:
            twice.append(number)
        seen.add(key)
    return tuple(twice)


def with_two_addresses(seats: Sequence[SeatEntry]) -> tuple[int, ...]:
    """The rows that give somebody another address than an earlier row does."""
    first: dict[str, str] = {}
    return tuple(
        number
        for number, seat in enumerate(seats)
        if seat.name
        and seat.email
        and first.setdefault(name_key(seat.name), seat.email.casefold()) != seat.email.casefold()
    )


def renamed(rows: Iterable[tuple[str, str]]) -> dict[str, str]:
    """From rows of the name before and now: by the key of each that is gone, the one in its place.

    Whoever still sits here under the old name, or gave way to two, was not spelled anew.
    """
    found: dict[str, dict[str, str]] = {}
    stays = set()
    for was, name in rows:
        stays.add(name_key(name))
        if was and name and name_key(was) != name_key(name):
            found.setdefault(name_key(was), {})[name_key(name)] = name
    return {
        was: next(iter(names.values()))
        for was, names in found.items()
        if was not in stays and len(names) == 1
    }


def in_order(seats: Iterable[SeatEntry]) -> list[SeatEntry]:
    """By role as roles are listed, then by name; those that are nobody's last."""
    roles = list(SeatRole)
    return sorted(
        seats, key=lambda seat: (roles.index(seat.role), not seat.name, name_key(seat.name))
    )
