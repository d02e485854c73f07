"""Days, times and lengths as programmes write them; what cannot be understood is None."""

import re
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from panels.reading.limits import MAX_DATE, MAX_MINUTES

FIRST_YEAR, LAST_YEAR = 1900, 2200
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_CLOCK = r"(?:,?\s+(?:at\s+)?(?P<hour>\d{1,2})[:.](?P<minute>\d\d)(?::\d\d)?\s?(?P<half>[ap]m)?)?"
# A day is written before its month, as in Britain, unless the month is a word.
_DAYS = (
    r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4}|\d\d)",
    r"(?P<year>\d{4})/(?P<month>\d{1,2})/(?P<day>\d{1,2})",
    r"(?:[a-z]{3,9},?\s+)?(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?P<month>[a-z]{3,9}),?\s+(?P<year>\d{4})",
    r"(?:[a-z]{3,9},?\s+)?(?P<month>[a-z]{3,9})\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})",
)
_WRITTEN = [re.compile(day + _CLOCK) for day in _DAYS]
_COLONS = re.compile(r"(\d{1,4}):(\d{1,2})(?::(\d{1,2}))?")
_SPELT = re.compile(
    r"(?:(\d{1,3})\s*(?:h|hr|hrs|hours?|std\.?)\s*)?(?:(\d{1,5})\s*(?:m|mins?\.?|minutes?|minuten|′|')?)?"
)


class Start(NamedTuple):
    """Without a time `at` is the midnight of its day."""

    at: datetime
    has_time: bool = True


def moment(text: str) -> datetime | None:
    """A day and perhaps a time; with a zone only where one is written."""
    found = start(text)
    return found.at if found else None


def start(text: str) -> Start | None:
    """As `moment`, knowing whether a time is written."""
    text = text.strip()
    if not text or len(text) > MAX_DATE:
        return None
    found = _as_iso(text) or _as_written(text.casefold())
    if found is None or not FIRST_YEAR <= found.at.year <= LAST_YEAR:
        return None
    return found


def _as_iso(text: str) -> Start | None:
    with suppress(ValueError):
        return Start(datetime.combine(date.fromisoformat(text), time()), has_time=False)
    with suppress(ValueError):
        return Start(datetime.fromisoformat(text))
    return None


def _as_written(text: str) -> Start | None:
    for pattern in _WRITTEN:
        if found := pattern.fullmatch(text):
            parts = found.groupdict(default="")
            at = _of_parts(parts)
            return Start(at, has_time=bool(parts["hour"])) if at else None
    return None


def _of_parts(parts: dict[str, str]) -> datetime | None:
    """In the event's own time; None for a day or an hour that there is not."""
    month, year, hour = parts["month"], int(parts["year"]), int(parts["hour"] or 0)
    if not month.isdigit():
        if month[:3] not in _MONTHS:
            return None
        month = str(_MONTHS.index(month[:3]) + 1)
    if parts["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if parts["half"] == "pm" else 0)
    try:
        return datetime(  # noqa: DTZ001  (which zone that is, the gathering knows)
            year if year > 99 else 2000 + year,
            int(month),
            int(parts["day"]),
            hour,
            int(parts["minute"] or 0),
        )
    except ValueError:
        return None


def start_of(written: str, day: str, hour: str) -> Start | None:
    """Of a cell that says all of it, else of two cells together, else whichever day is known."""
    found = start(written)
    if found and found.has_time:
        return found
    alone = start(day) or found
    if alone is None or alone.has_time or not hour:
        return alone
    return start(f"{day or written} {hour}") or start(f"{alone.at:%Y/%m/%d} {hour}") or alone


def between(starts: Start | None, ends: Start | None) -> int | None:
    """Whole minutes; None unless both times are known, in one way, and in their order."""
    if starts is None or ends is None or not (starts.has_time and ends.has_time):
        return None
    if (starts.at.tzinfo is None) != (ends.at.tzinfo is None):
        return None
    return _sensible(ends.at - starts.at)


def minutes(text: str, *, with_days: bool = True) -> int | None:
    """“45”, “45 min”, “1 h 30”, “HH:MM”, “D:HH:MM” and “HH:MM:SS”.

    Three numbers are days, hours and minutes where a schedule may have been written by pretalx,
    unless they cannot be: more than 23 hours, or two digits where it writes one. Otherwise, and
    in every spreadsheet, they are hours, minutes and seconds.
    """
    text = text.strip().casefold()
    if found := _COLONS.fullmatch(text):
        first, second, third = found.groups()
        if third is None:
            return _sensible(timedelta(hours=int(first), minutes=int(second)))
        if not with_days or len(first) > 1 or int(second) > 23:
            return _sensible(timedelta(hours=int(first), minutes=int(second), seconds=int(third)))
        return _sensible(timedelta(days=int(first), hours=int(second), minutes=int(third)))
    if text and (found := _SPELT.fullmatch(text)):
        hours, rest = found.groups()
        return _sensible(timedelta(hours=int(hours or 0), minutes=int(rest or 0)))
    return None


def _sensible(length: timedelta) -> int | None:
    whole = int(length.total_seconds() // 60)
    return whole if 0 < whole <= MAX_MINUTES else None
