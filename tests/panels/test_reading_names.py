"""A name is kept without what people write behind it of themselves."""

import json

import pytest

from panels.programme import Programme
from panels.reading import map_table, read


def programme_of(content: str, name: str) -> Programme:
    found = read(content.encode(), name)
    if found.programme is not None:
        return found.programme
    assert found.table is not None
    return map_table(found.table, found.table.suggested).programme


def names(programme: Programme) -> list[str]:
    return [seat.name for session in programme.sessions for seat in session.seats]


@pytest.mark.parametrize(
    "written", ["Sam Doe (they/them)", "Sam Doe [she/her]", "Sam Doe (pronouns: he/him)"]
)
def test_pronouns_are_dropped_from_every_kind_of_file(written: str) -> None:
    day = {
        "title": "Opening",
        "guid": "a",
        "persons": [{"public_name": written}],
        "start": "10:00",
        "duration": "00:30",
    }
    schedule = {"schedule": {"conference": {"days": [{"rooms": {"Hall": [day]}}]}}}
    assert names(programme_of(f"session,name\nOpening,{written}\n", "line-up.csv")) == ["Sam Doe"]
    assert names(programme_of(f"Opening:\n{written}, chair\n", "")) == ["Sam Doe"]
    assert names(programme_of(json.dumps(schedule), "schedule.json")) == ["Sam Doe"]
