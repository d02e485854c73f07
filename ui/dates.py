"""Months and years on the calendar. Rules only."""

import calendar
from datetime import date

REACH_IN_MONTHS = 10 * 12
TOO_FAR = "Choose a date within ten years of today."
FIRST_YEAR_OF_EVENTS = 1990


def in_full(day: date) -> str:
    """As it stands in a sentence: 5 March 2026."""
    return f"{day.day} {day:%B %Y}"


def months_later(day: date, months: int) -> date:
    """The same day of the month, or that month's last day: 31 January + 1 is 28 February."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def is_within_reach(day: date, *, today: date) -> bool:
    """Ten years back or ahead at most: anything else is a slip of the keyboard."""
    first, last = (months_later(today, sign * REACH_IN_MONTHS) for sign in (-1, 1))
    return first <= day <= last


def what_is_wrong_with_event(day: date, *, today: date) -> str:
    """Events are counted looking back too, so further than `is_within_reach`; empty when right."""
    last = months_later(today, REACH_IN_MONTHS)
    if day.year >= FIRST_YEAR_OF_EVENTS and day <= last:
        return ""
    return f"Enter a date from {FIRST_YEAR_OF_EVENTS} to {last.year}."
