import json
from datetime import UTC, datetime

from panels.enums import SeatRole, Stage
from panels.programme import Programme, ProgrammeSeat, ProgrammeSession

ADA = ProgrammeSeat("code:A", "Ada Obi", SeatRole.KEYNOTE, "ada@example.org")
OTHER_ADA = ProgrammeSeat("code:B", "ADA Obi")
BO = ProgrammeSeat("name:bo li", "Bo Li", SeatRole.CHAIR)
NOBODY = ProgrammeSeat("", "", SeatRole.PANELLIST)
FIRST = ProgrammeSession(
    source_key="talk:1",
    title="Opening",
    room="Hall",
    starts_at=datetime(2026, 3, 4, 10, tzinfo=UTC),
    minutes=30,
    main_stage_hint=True,
    stage=Stage.MAIN,
    seats=(ADA, BO),
)
SECOND = ProgrammeSession("talk:2", "Workshop", seats=(ADA, NOBODY, NOBODY))
BOTH = Programme((FIRST, SECOND))


def test_talks_seats_and_people_are_counted() -> None:
    assert (BOTH.talks, BOTH.seats, BOTH.people) == (2, 5, 4)
    assert (Programme().talks, Programme().seats, Programme().people) == (0, 0, 0)


def test_it_survives_json_whole() -> None:
    assert Programme.from_json(json.loads(json.dumps(BOTH.to_json()))) == BOTH


def test_two_people_of_one_name_are_pointed_out() -> None:
    twice = ProgrammeSession("talk:3", "Closing", seats=(OTHER_ADA, BO))
    assert BOTH.same_names == ()
    assert Programme((FIRST, twice)).same_names == ("Ada Obi",)
