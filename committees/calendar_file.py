"""The meetings of a group as a calendar file (RFC 5545)."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event

LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True)
class Entry:
    """`uid` stays the same for as long as the meeting does, so that a moved one moves.

    Names the group and never what anybody wrote of the meeting.
    """

    uid: str
    title: str
    day: date
    starts_at: time | None
    place: str
    url: str
    is_cancelled: bool


def calendar_bytes(name: str, entries: list[Entry], *, changed_at: datetime) -> bytes:
    """`changed_at`: the last change to any of it, so that the same meetings give the same bytes."""
    calendar = Calendar()
    calendar.add("prodid", "-//At the Table//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for entry in entries:
        calendar.add_component(_event(entry, changed_at))
    return calendar.to_ical()


def _event(entry: Entry, changed_at: datetime) -> Event:
    event = Event()
    event.add("uid", entry.uid)
    event.add("dtstamp", changed_at.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", _start(entry))
    event.add("summary", entry.title)
    event.add("status", "CANCELLED" if entry.is_cancelled else "CONFIRMED")
    event.add("url", entry.url)
    if entry.place:
        event.add("location", entry.place)
    return event


def _start(entry: Entry) -> date | datetime:
    """A moment of London in UTC, which every calendar knows; the whole day without a time."""
    if entry.starts_at is None:
        return entry.day
    return datetime.combine(entry.day, entry.starts_at, tzinfo=LONDON).astimezone(UTC)
