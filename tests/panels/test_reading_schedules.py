"""schedule.json and schedule.xml of pretalx, frab and others, old and new."""

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from panels.enums import ImportFormat, SeatRole
from panels.programme import ProgrammeSeat, ProgrammeSession
from panels.reading import Reading, Unreadable, read

ADA = {"code": "ADA1", "name": "Ada Obi", "biography": "Secret life", "guid": "guid-of-address"}
BO = {"code": "BO22", "public_name": "Bo Li", "answers": [{"answer": "Woman"}]}


def schedule(*talks: dict[str, Any], room: str = "Blue", day: str = "2026-03-04") -> bytes:
    days = [{"index": 1, "date": day, "rooms": {room: list(talks)}}]
    return json.dumps({"schedule": {"conference": {"title": "Made up", "days": days}}}).encode()


def only(content: bytes) -> ProgrammeSession:
    (session,) = sessions(content)
    return session


def sessions(content: bytes) -> tuple[ProgrammeSession, ...]:
    programme = read(content).programme
    assert programme is not None
    return programme.sessions


def test_a_new_schedule_is_read_whole() -> None:
    talk = {
        "guid": "g", "code": "TALK", "id": 7, "date": "2026-03-04T10:00:00+01:00",
        "end": "2026-03-04T10:45:00+01:00", "duration": "09:09", "room": "Main hall",
        "title": "On chairs", "type": "Keynote", "track": None, "abstract": "Long",
        "persons": [ADA, BO], "links": [{"url": "https://example.org"}], "logo": "x.png",
    }  # fmt: skip
    assert only(schedule(talk)) == ProgrammeSession(
        source_key="talk:TALK",
        title="On chairs",
        room="Main hall",
        starts_at=datetime(2026, 3, 4, 10, tzinfo=timezone(timedelta(hours=1))),
        minutes=45,
        main_stage_hint=True,
        stage=None,
        seats=(
            ProgrammeSeat("code:ADA1", "Ada Obi", SeatRole.KEYNOTE),
            ProgrammeSeat("code:BO22", "Bo Li", SeatRole.KEYNOTE),
        ),
    )
    assert read(schedule(talk)).format == ImportFormat.PRETALX_JSON
    assert read(schedule(talk)).thrown_away == (
        "Abstracts and descriptions",
        "Pictures",
        "Links and files",
        "Biographies and taglines",
        "Codes that follow people from event to event",
        "Answers to questions",
    )


def test_nothing_of_a_person_but_code_and_name_is_kept() -> None:
    kept = json.dumps([s.seats[0].person_key for s in sessions(schedule({"persons": [ADA]}))])
    assert kept == '["code:ADA1"]'
    reading = read(schedule({"title": "T", "persons": [ADA, BO]}))
    assert reading.programme is not None
    for secret in ("Secret life", "guid-of-address", "Woman"):
        assert secret not in json.dumps(reading.programme.to_json()) + str(reading.thrown_away)


def test_an_old_schedule_has_less() -> None:
    talk = {
        "id": 50, "date": "2020-12-16T14:00:00+00:00", "start": "14:00", "duration": "01:30",
        "room": "Tan Room", "title": "Old", "type": "Workshop",
        "persons": [{"id": 14, "public_name": "Ada Obi"}],
    }  # fmt: skip
    found = only(schedule(talk))
    assert (found.source_key, found.minutes, found.room) == ("talk:50", 90, "Tan Room")
    assert found.starts_at == datetime(2020, 12, 16, 14, tzinfo=UTC)
    assert found.seats == (ProgrammeSeat("code:14", "Ada Obi", SeatRole.PRESENTER),)
    assert not found.main_stage_hint


@pytest.mark.parametrize(
    ("duration", "minutes"),
    [
        ("00:45", 45), ("01:30", 90), ("1:02:00", 26 * 60), ("01:30:00", 90), ("00:45:00", 45),
        ("0:45:00", 45), ("00:00", None), ("nonsense", None), ("", None), (45, 45),
        ("99:99:99", 6040), ("9999:00", None),
    ],
)  # fmt: skip
def test_durations_are_read_as_each_program_writes_them(
    duration: str | int, minutes: int | None
) -> None:
    assert only(schedule({"title": "T", "duration": duration})).minutes == minutes


def test_the_end_is_believed_before_the_duration() -> None:
    times = {"date": "2026-03-04T10:00:00Z", "end": "2026-03-04T11:00:00Z", "duration": "1:00:00"}
    assert only(schedule({"title": "T"} | times)).minutes == 60
    backwards = times | {"end": "2026-03-04T09:00:00Z"}
    assert only(schedule({"title": "T"} | backwards)).minutes == 24 * 60


def test_a_talk_in_two_slots_is_two_talks_and_the_same_people() -> None:
    first = {"code": "X", "guid": "1", "title": "Twice", "start": "10:00", "persons": [ADA]}
    programme = read(schedule(first, first | {"guid": "2", "start": "14:00"})).programme
    assert programme is not None
    assert [s.source_key for s in programme.sessions] == ["talk:X", "talk:X #2"]
    assert [s.starts_at for s in programme.sessions] == [
        datetime.fromisoformat("2026-03-04T10:00"),
        datetime.fromisoformat("2026-03-04T14:00"),
    ]
    assert (programme.talks, programme.seats, programme.people) == (2, 2, 1)


def test_people_without_a_code_are_told_apart_by_name() -> None:
    talk = {
        "title": "T",
        "persons": [{"name": "Zoë  ÖZ"}, {"name": "Zoe\u0308 öz"}, {"name": "Al"}],
    }
    assert [seat.person_key for seat in only(schedule(talk)).seats] == ["name:zoë öz", "name:al"]


def test_two_codes_of_one_name_stay_two_people() -> None:
    programme = read(schedule({"title": "T", "persons": [ADA, ADA | {"code": "Z"}]})).programme
    assert programme is not None
    assert (programme.people, programme.same_names) == (2, ("Ada Obi",))


def test_odd_shapes_are_passed_over() -> None:
    odd = {"title": {"en": "Titled", "de": "Betitelt"}, "persons": ["Ada", None, 3], "room": []}
    found = only(schedule(odd, room="Blue"))
    assert (found.title, found.room, found.seats) == ("Titled", "Blue", ())
    assert only(schedule({"title": None})).title == "Without a title"
    with pytest.raises(Unreadable, match="no talks yet"):
        read(schedule())


def test_long_titles_are_shortened_and_long_names_refused() -> None:
    assert only(schedule({"title": "T" * 400})).title == "T" * 299 + "…"
    with pytest.raises(Unreadable) as refusal:
        read(schedule({"title": "T", "persons": [{"name": "n" * 161}]}))
    assert refusal.value.message == "“T”: a name is longer than 160 characters."


XML = """<?xml version="1.0" encoding="UTF-8"?>
<schedule><generator name="made up"/><version>1</version>
  <conference><title>Made up</title></conference>
  <day index="1" date="2026-03-04"><room name="Blue">{events}</room></day>
</schedule>"""
FULL = """<event id="7" guid="g" code="TALK"><title>On  chairs</title><type>Panel</type>
  <date>2026-03-04T10:00:00+00:00</date><start>10:00</start><duration>00:45</duration>
  <room>Main stage</room><abstract>Long</abstract><logo/>
  <persons><person id="1" guid="secret">Ada Obi (she/her)</person><person id="2">Bo Li</person>
  </persons><links><link href="x"/></links></event>"""
BARE = (
    "<event><title>Bare</title><start>09:30</start><persons><person>Ada</person></persons></event>"
)


def test_a_schedule_in_xml_is_read_whole() -> None:
    reading: Reading = read(XML.format(events=FULL).encode())
    assert reading.format == ImportFormat.FRAB_XML
    assert reading.programme is not None
    assert reading.programme.sessions == (
        ProgrammeSession(
            source_key="talk:TALK",
            title="On chairs",
            room="Main stage",
            starts_at=datetime(2026, 3, 4, 10, tzinfo=UTC),
            minutes=45,
            main_stage_hint=False,
            seats=(
                ProgrammeSeat("code:1", "Ada Obi", SeatRole.PANELLIST),
                ProgrammeSeat("code:2", "Bo Li", SeatRole.PANELLIST),
            ),
        ),
    )
    assert reading.thrown_away == (
        "Abstracts and descriptions",
        "Links and files",
        "Codes that follow people from event to event",
    )


def test_all_but_the_tree_is_optional_in_xml() -> None:
    found = only(XML.format(events=BARE).encode())
    assert (found.source_key, found.room, found.minutes) == ("title:bare", "Blue", None)
    assert found.starts_at == datetime.fromisoformat("2026-03-04T09:30")
    assert only(XML.format(events="<event/>").encode()).title == "Without a title"
    with pytest.raises(Unreadable, match="no talks yet"):
        read(XML.format(events="").encode())


def test_xml_in_other_characters() -> None:
    latin = XML.replace("UTF-8", "ISO-8859-1").format(events=BARE.replace("Ada", "Zoë"))
    assert only(latin.encode("latin-1")).seats[0].name == "Zoë"
    assert only(XML.format(events=BARE).encode("utf-16")).title == "Bare"
    with pytest.raises(Unreadable, match="written in ISO-8859-2"):
        read(XML.replace("UTF-8", "ISO-8859-2").format(events=BARE).encode("latin-1"))
