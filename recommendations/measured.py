"""What may be recorded as the figures of one day."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from recommendations.cells import EVERYBODY

MOST_CATEGORIES = 20
FIRST_YEAR = 1990
NOTHING = "Enter at least one figure."
TWICE = "“%s” is there twice."
TOO_MANY = f"Enter at most {MOST_CATEGORIES} categories."
NOT_YET = "Enter a day that has come."
TOO_EARLY = f"Enter a date from {FIRST_YEAR}."
MORE_THAN_OUT_OF = "This cannot be more than the number it is out of."
MORE_THAN_EVERYBODY = (
    "Together the categories hold more people than everybody. Each person is in one category."
)
ONLY_EVERYBODY = "Without a number of people, only the figure for everybody can be recorded."
WHOLE_PEOPLE = "Enter a whole number of people."
NOT_A_SHARE = "Enter how many people, and out of how many."


@dataclass(frozen=True)
class Typed:
    """One figure as it was typed: people of people, or a value."""

    category: str
    part: int | None = None
    whole: int | None = None
    value: Decimal | None = None


def why_not_date(as_at: date, *, today: date) -> str:
    if as_at > today:
        return NOT_YET
    return TOO_EARLY if as_at.year < FIRST_YEAR else ""


def why_not_record(
    rows: Sequence[Typed],
    *,
    is_share: bool,
    counts_people: bool = False,
    as_at: date,
    today: date,
) -> str:
    """Empty where they may be recorded."""
    twice = [
        name for name, times in Counter(folded(row.category) for row in rows).items() if times > 1
    ]
    if not rows:
        return NOTHING
    if twice:
        return TWICE % (twice[0] or "Everybody")
    if len(rows) > MOST_CATEGORIES + 1:
        return TOO_MANY
    if why := why_not_date(as_at, today=today):
        return why
    if is_share:
        return _why_not_shares(rows)
    return _why_not_values(rows) or (_why_not_people(rows) if counts_people else "")


def folded(category: str) -> str:
    """Two categories that differ only in capitals or spaces are one."""
    return " ".join(category.split()).casefold()


def _why_not_values(rows: Sequence[Typed]) -> str:
    is_alone = all(row.category == EVERYBODY and row.value is not None for row in rows)
    return "" if is_alone else ONLY_EVERYBODY


def _why_not_people(rows: Sequence[Typed]) -> str:
    is_whole = all(row.value is None or (row.value >= 0 and row.value % 1 == 0) for row in rows)
    return "" if is_whole else WHOLE_PEOPLE


def _why_not_shares(rows: Sequence[Typed]) -> str:
    for row in rows:
        if row.value is not None or row.part is None or not row.whole:
            return NOT_A_SHARE
        if row.part > row.whole:
            return MORE_THAN_OUT_OF
    return MORE_THAN_EVERYBODY if holds_more_than_everybody(rows) else ""


def holds_more_than_everybody(rows: Sequence[Typed]) -> bool:
    """In people, in those counted, or in the rest of them."""
    total = next((row for row in rows if row.category == EVERYBODY), None)
    if total is None:
        return False
    part, rest = (
        sum(side(row) for row in rows if row.category != EVERYBODY) for side in (_part, _rest)
    )
    return part > _part(total) or rest > _rest(total)


def _part(row: Typed) -> int:
    return row.part or 0


def _rest(row: Typed) -> int:
    return (row.whole or 0) - (row.part or 0)
