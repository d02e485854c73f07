"""Reminders: the calendar of one person."""

from organisations.tokens import new_token
from tests.access_rows import Rows, Seeds


def rows(seeds: Seeds) -> Rows:
    here = {"organisation": seeds.organisation.slug}
    return {
        "my_calendar": {"token": new_token()},
        "reminders_planned": here,
        "reminders_today": here,
    }
