from datetime import date

import pytest

from ui.dates import is_within_reach, months_later


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2025, 12, 15), 1, date(2026, 1, 15)),
        (date(2025, 12, 15), 12, date(2026, 12, 15)),
        (date(2025, 12, 15), 0, date(2025, 12, 15)),
        (date(2026, 12, 31), -1, date(2026, 11, 30)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 5, 20), -12, date(2025, 5, 20)),
    ],
)
def test_months_end_where_the_month_ends(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


@pytest.mark.parametrize(
    ("day", "is_near"),
    [
        (date.min, False),
        (date(2016, 3, 9), False),
        (date(2016, 3, 10), True),
        (date(2026, 3, 10), True),
        (date(2036, 3, 10), True),
        (date(2036, 3, 11), False),
        (date.max, False),
    ],
)
def test_ten_years_either_way_are_within_reach(day: date, is_near: bool) -> None:
    assert is_within_reach(day, today=date(2026, 3, 10)) is is_near
