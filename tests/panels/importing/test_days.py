"""A day without a time, from the file to the line-up."""

from datetime import UTC, datetime

import pytest
from django.test import Client

from panels.enums import ColumnUse
from panels.models import Gathering, Session, Upload
from panels.programme import Programme
from panels.reading import map_table, read
from panels.reading.times import Start, start, start_of
from tests.panels.importing.conftest import sent, step
from tests.panels.importing.conftest import start as start_page

DAYS = b"session,day,time,name\nOpening,12/03/2026,,Ada Obi\nCare,12/03/2026,14:30,Bo Li\n"
MIDNIGHT = datetime(2026, 3, 12)  # noqa: DTZ001
HALF_PAST_TWO = datetime(2026, 3, 12, 14, 30)  # noqa: DTZ001


def programme_of(text: str) -> tuple[Programme, tuple[str, ...]]:
    table = read(text.encode()).table
    assert table is not None
    mapped = map_table(table, table.suggested)
    return mapped.programme, mapped.thrown_away


@pytest.mark.parametrize(
    ("written", "has_time"),
    [
        ("2026-03-12", False), ("20260312", False), ("12/03/2026", False), ("12.3.26", False),
        ("Thursday, 12 March 2026", False), ("March 12, 2026", False), ("2026/03/12", False),
        ("2026-03-12 00:00", True), ("2026-03-12T00:00", True), ("12/03/2026 0:00", True),
        ("12 March 2026 12:00 am", True),
    ],
)  # fmt: skip
def test_a_day_alone_is_told_from_midnight(written: str, has_time: bool) -> None:
    assert start(written) == Start(MIDNIGHT, has_time)


@pytest.mark.parametrize("written", ["", "soon", "30 February 2026", "2026-13-01", "1899-12-31"])
def test_what_is_no_day_is_none(written: str) -> None:
    assert start(written) is None


@pytest.mark.parametrize(
    ("cells", "found"),
    [
        (("2026-03-12 14:30", "2026-03-13", "9:00"), Start(HALF_PAST_TWO)),
        (("2026-03-12", "", "14:30"), Start(HALF_PAST_TWO)),
        (("", "2026-03-12", "2:30 pm"), Start(HALF_PAST_TWO)),
        (("", "2026-03-12", ""), Start(MIDNIGHT, has_time=False)),
        (("", "2026-03-12", "after lunch"), Start(MIDNIGHT, has_time=False)),
        (("2026-03-12", "", "after lunch"), Start(MIDNIGHT, has_time=False)),
        (("soon", "2026-03-12", ""), Start(MIDNIGHT, has_time=False)),
        (("", "", "14:30"), None),
        (("", "Day 1", "14:30"), None),
    ],
)
def test_day_and_time_of_several_cells(cells: tuple[str, str, str], found: Start | None) -> None:
    assert start_of(*cells) == found


def test_no_length_comes_of_a_day_alone() -> None:
    read_in, _ = programme_of("session,name,start,end\nOne,Ada,2026-03-12,2026-03-12 10:00\n")
    [found] = read_in.sessions
    assert (found.starts_at, found.has_time, found.minutes) == (MIDNIGHT, False, None)


def test_what_is_no_day_or_time_is_said() -> None:
    _, left = programme_of(
        "session,name,day,time\nOne,Ada,Day 1,9:00\nTwo,Bo,2026-03-12,after lunch\n"
    )
    assert left == (
        "Not understood as a day: “Day 1”",
        "Not understood as a time: “after lunch”",
    )


def test_a_row_without_its_day_is_of_the_session_above_in_its_room() -> None:
    text = "session,name,day,room\nOne,Ada,2026-03-12,Hall\nOne,Bo,,Hall\nOne,Cy,,Attic\n"
    found, _ = programme_of(text)
    assert [(one.room, one.seats[0].name, len(one.seats)) for one in found.sessions] == [
        ("Hall", "Ada", 2),
        ("Attic", "Cy", 1),
    ]


def test_a_schedule_whose_talk_has_no_time_keeps_its_day() -> None:
    text = (
        b'{"schedule":{"conference":{"days":[{"date":"2026-03-12","rooms":{"R":['
        b'{"id":1,"title":"T","persons":[]},{"id":2,"title":"U","start":"14:30"}]}}]}}}'
    )
    found = read(text).programme
    assert found is not None
    starts = [(one.starts_at, one.has_time) for one in found.sessions]
    assert starts == [(MIDNIGHT, False), (HALF_PAST_TWO, True)]
    assert Programme.from_json(found.to_json()) == found


def test_it_is_kept_from_the_file_to_the_line_up(as_alice: Client, conference: Gathering) -> None:
    as_alice.post(start_page(conference), sent(DAYS))
    upload = Upload.objects.get()
    uses = {f"column-{at}": use for at, (_, use) in enumerate(upload.columns)}
    assert list(uses.values()) == [
        ColumnUse.SESSION,
        ColumnUse.DAY,
        ColumnUse.TIME,
        ColumnUse.NAME,
    ]
    as_alice.post(step(upload, "columns"), uses)
    shown = as_alice.get(step(upload, "confirm")).content.decode()
    assert ">12 March 2026</time>" in shown
    assert ">12 March 2026, 14:30</time>" in shown
    for again in range(2):
        if again:
            as_alice.post(start_page(conference), sent(DAYS))
            upload = Upload.objects.exclude(pk=upload.pk).get()
            as_alice.post(step(upload, "columns"), uses)
        as_alice.post(step(upload, "confirm"))
        found = Session.objects.order_by("position")
        assert list(found.values_list("title", "starts_at", "has_time", "revision")) == [
            ("Opening", MIDNIGHT.replace(tzinfo=UTC), False, 1),
            ("Care", HALF_PAST_TWO.replace(tzinfo=UTC), True, 1),
        ]


def test_what_was_read_before_there_was_a_difference_is_saved_all_the_same() -> None:
    held = {
        "source_key": "a", "title": "A", "room": "", "starts_at": "2026-03-12T14:30:00",
        "minutes": None, "main_stage_hint": False, "stage": None, "seats": [],
    }  # fmt: skip
    [found] = Programme.from_json({"sessions": [held]}).sessions
    assert (found.starts_at, found.has_time) == (HALF_PAST_TWO, True)
