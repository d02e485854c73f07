"""Days, times and lengths as programmes write them; what cannot be understood is None."""

import re
from datetime import datetime, timedelta

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


def moment(text: str) -> datetime | None:
    """A day and perhaps a time; with a zone only where one is written."""
    text = text.strip()
    if not text or len(text) > MAX_DATE:
        return None
    found: datetime | None
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        found = _as_written(text.casefold())
    if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
        return None
    return found


def _as_written(text: str) -> datetime | None:
    for pattern in _WRITTEN:
        if found := pattern.fullmatch(text):
            return _of_parts(found.groupdict(default=""))
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


def day_and_time(day: str, time: str) -> datetime | None:
    """Of two cells; a day alone, without its time, says nothing."""
    return moment(f"{day} {time}") if day and time else None


def between(starts: datetime | None, ends: datetime | None) -> int | None:
    """Whole minutes; None unless both are known, in one way, and in their order."""
    if starts is None or ends is None or (starts.tzinfo is None) != (ends.tzinfo is None):
        return None
    return _sensible(ends - starts)


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
