"""The days of a workshop that repeats. Rules only; bank holidays are the organiser's to avoid."""

from datetime import date, timedelta

from ui.dates import TOO_FAR, is_within_reach

MOST = 52
"""Of days in all, and of weeks between two of them."""
MOST_DATES = 200
"""Of one workshop, those that are past with them."""


def days(first: date, *, every_weeks: int | None = None, times: int | None = None) -> list[date]:
    """`times` days in all, each `every_weeks` weeks after the one before; one where it is once."""
    apart = timedelta(weeks=every_weeks or 0)
    return [first + apart * number for number in range(times or 1)]


def problems(
    first: date, *, every_weeks: int | None, times: int | None, today: date
) -> dict[str, str]:
    """By field, in words; empty when right."""
    if every_weeks is None and times is not None and times > 1:
        return {"every_weeks": "Say how many weeks lie between two of them."}
    if every_weeks is not None and times is None:
        return {"times": "Say how many times in all."}
    for name, number in (("every_weeks", every_weeks), ("times", times)):
        if number is not None and not 1 <= number <= MOST:
            return {name: f"Choose a number from 1 to {MOST}."}
    if not is_within_reach(first, today=today):
        return {"held_on": TOO_FAR}
    last = days(first, every_weeks=every_weeks, times=times)[-1]
    return {} if is_within_reach(last, today=today) else {"times": TOO_FAR}
