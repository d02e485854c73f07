"""The bank holidays of each nation."""

from datetime import date
from functools import cache

import holidays

from organisations.enums import Nation


@cache
def bank_holidays(nation: Nation, year: int) -> frozenset[date]:
    """Of one nation, with the years on either side for moves across New Year."""
    return frozenset(
        holidays.country_holidays("GB", subdiv=nation.value, years=[year - 1, year, year + 1])
    )


def next_holidays(nation: Nation, today: date, *, count: int = 3) -> list[date]:
    return sorted(day for day in bank_holidays(nation, today.year) if day >= today)[:count]
