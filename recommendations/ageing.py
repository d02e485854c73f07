"""How late the work of each lead and theme is, in bands. Nobody is ranked. Rules only."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

NO_DATE = "No date yet"
BANDS = ("Not yet due", "1 to 30 days late", "31 to 90 days late", "Over 90 days late", NO_DATE)


@dataclass(frozen=True)
class Open:
    """An action that is not shown to be done. `lead`: a name, or empty; `key` tells people of
    the same name apart."""

    key: str
    lead: str
    theme: str
    target: date | None


@dataclass(frozen=True)
class Aged:
    """So many in each of BANDS, under one heading. Without a `key` nobody leads them."""

    key: str
    name: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.counts)


def band_of(target: date | None, today: date) -> int:
    """The place in BANDS. What is due today is not late."""
    if target is None:
        return 4
    late = (today - target).days
    return 0 if late <= 0 else 1 if late <= 30 else 2 if late <= 90 else 3


def by_lead(actions: Iterable[Open], today: date) -> list[Aged]:
    """By name; what nobody leads comes first, for it needs somebody."""
    found = _grouped(((each.key, each.lead, each.target) for each in actions), today)
    return sorted(found, key=lambda aged: (aged.key != "", aged.name.casefold(), aged.key))


def by_theme(actions: Iterable[Open], today: date) -> list[Aged]:
    """In the order in which they come."""
    return _grouped(((each.theme, each.theme, each.target) for each in actions), today)


def _grouped(named: Iterable[tuple[str, str, date | None]], today: date) -> list[Aged]:
    counts: dict[tuple[str, str], list[int]] = {}
    for key, name, target in named:
        own = counts.setdefault((key, name), [0] * len(BANDS))
        own[band_of(target, today)] += 1
    return [Aged(key, name, tuple(own)) for (key, name), own in counts.items()]
