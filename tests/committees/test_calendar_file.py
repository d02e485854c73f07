"""The calendar file of a group, read again by the library that other calendars use."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from icalendar import Calendar

from committees.calendar_file import Entry, calendar_bytes

CHANGED = datetime(2026, 3, 1, 9, 30, 15, 999, tzinfo=UTC)


def entry(**changes: Any) -> Entry:
    usual = {
        "uid": "meeting-1",
        "title": "Board",
        "day": date(2026, 3, 10),
        "starts_at": None,
        "place": "",
        "url": "https://example.org/m/1/",
        "is_cancelled": False,
    }
    return Entry(**(usual | changes))


def read(*entries: Entry) -> list[Any]:
    calendar = Calendar.from_ical(calendar_bytes("Board", list(entries), changed_at=CHANGED))
    return list(calendar.walk("VEVENT"))


def test_without_a_time_it_takes_the_day() -> None:
    (event,) = read(entry())
    assert event.decoded("dtstart") == date(2026, 3, 10)
    assert event["uid"] == "meeting-1"
    assert event.decoded("dtstamp") == CHANGED.replace(microsecond=0)
    assert str(event["status"]) == "CONFIRMED"
    assert "location" not in event


@pytest.mark.parametrize(
    ("day", "in_utc"),
    [
        (date(2026, 1, 12), datetime(2026, 1, 12, 14, 30, tzinfo=UTC)),
        (date(2026, 7, 13), datetime(2026, 7, 13, 13, 30, tzinfo=UTC)),
        (date(2026, 3, 29), datetime(2026, 3, 29, 13, 30, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 25, 14, 30, tzinfo=UTC)),
    ],
)
def test_a_time_is_of_london(day: date, in_utc: datetime) -> None:
    (event,) = read(entry(day=day, starts_at=time(14, 30)))
    assert event.decoded("dtstart") == in_utc


def test_what_was_cancelled_says_so() -> None:
    (event,) = read(entry(is_cancelled=True))
    assert str(event["status"]) == "CANCELLED"


def test_awkward_names_come_through_and_lines_stay_short() -> None:
    name = "Gŵyl, 多元; “Ọ̀rọ̀” \\ " * 6
    content = calendar_bytes(name, [entry(title=name, place="A; B, C")], changed_at=CHANGED)
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    assert (str(event["summary"]), str(event["location"])) == (name, "A; B, C")


def test_a_line_break_starts_no_line_of_its_own() -> None:
    content = calendar_bytes("B", [entry(title="B\r\nATTENDEE:mailto:a@b.c")], changed_at=CHANGED)
    assert b"\r\nATTENDEE" not in content


def test_nothing_gives_an_empty_calendar_and_the_same_the_same_bytes() -> None:
    assert read() == []
    twice = [calendar_bytes("B", [entry(), entry(uid="2")], changed_at=CHANGED) for _ in "ab"]
    assert twice[0] == twice[1]
