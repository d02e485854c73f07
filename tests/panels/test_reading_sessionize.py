import json
from datetime import datetime
from typing import Any

import pytest

from panels.enums import ImportFormat, SeatRole
from panels.programme import ProgrammeSeat, ProgrammeSession
from panels.reading import Unreadable, read

ADA = {
    "id": "guid-a", "firstName": "Ada", "lastName": "Obi", "fullName": "Ada Obi", "bio": "Secret",
    "tagLine": "Secret", "profilePicture": "x", "sessions": [1, 3], "categoryItems": [91],
    "questionAnswers": [{"answerValue": "Woman"}], "links": [{"url": "x"}],
}  # fmt: skip
BO = {"id": "guid-b", "firstName": "Bo", "lastName": "Li", "sessions": [1]}
TALK = {
    "id": "1", "title": "On chairs", "startsAt": "2026-03-04T10:00:00",
    "endsAt": "2026-03-04T10:45:00", "isServiceSession": False, "isPlenumSession": False,
    "speakers": ["guid-a", "guid-b"], "categoryItems": [11], "roomId": 5, "status": "Accepted",
}  # fmt: skip
LUNCH = {"id": "2", "title": "Lunch", "isServiceSession": True, "isPlenumSession": True}
CATEGORIES = [
    {"id": 1, "title": "Format", "items": [{"id": 11, "name": "Panel"}]},
    {"id": 9, "title": "Gender", "items": [{"id": 91, "name": "Secret woman"}]},
]


def everything(*sessions: dict[str, Any]) -> bytes:
    return json.dumps(
        {
            "sessions": sessions,
            "speakers": [ADA, BO],
            "questions": [],
            "categories": CATEGORIES,
            "rooms": [{"id": 5, "name": "Blue", "sort": 0}],
        }
    ).encode()


def sessions(content: bytes) -> tuple[ProgrammeSession, ...]:
    reading = read(content)
    assert reading.format == ImportFormat.SESSIONIZE_JSON
    assert reading.programme is not None
    return reading.programme.sessions


def test_all_data_is_read_whole() -> None:
    assert sessions(everything(TALK, LUNCH)) == (
        ProgrammeSession(
            source_key="talk:1",
            title="On chairs",
            room="Blue",
            starts_at=datetime.fromisoformat("2026-03-04T10:00"),
            minutes=45,
            seats=(
                ProgrammeSeat("code:guid-a", "Ada Obi", SeatRole.PANELLIST),
                ProgrammeSeat("code:guid-b", "Bo Li", SeatRole.PANELLIST),
            ),
        ),
    )
    assert read(everything(TALK, LUNCH)).thrown_away == (
        "Pictures",
        "Links and files",
        "Biographies and taglines",
        "Answers to questions",
        "1 break or other service session",
        "What speakers are sorted into",
    )


def test_what_a_speaker_is_sorted_into_or_answers_is_never_kept() -> None:
    reading = read(everything(TALK))
    assert reading.programme is not None
    assert "Secret" not in json.dumps(reading.programme.to_json()) + str(reading.thrown_away)


def test_a_plenum_is_only_a_hint() -> None:
    (found,) = sessions(everything(TALK | {"isPlenumSession": True}))
    assert (found.main_stage_hint, found.stage) == (True, None)


def test_ids_match_as_text_and_as_number() -> None:
    (found,) = sessions(everything(TALK | {"id": "3", "speakers": None}))
    assert [seat.name for seat in found.seats] == ["Ada Obi"]


def test_what_will_not_be_held_is_left_out() -> None:
    declined = TALK | {"id": "4", "status": "Declined"}
    assert [s.source_key for s in sessions(everything(TALK, declined))] == ["talk:1"]
    assert "1 session that will not be held" in read(everything(TALK, declined)).thrown_away
    with pytest.raises(Unreadable, match="no sessions yet"):
        read(everything(LUNCH))


def test_the_views_by_session_and_by_room() -> None:
    talk = TALK | {"speakers": [{"id": "guid-a", "name": "Ada Obi"}], "room": "Blue"}
    seats = (ProgrammeSeat("code:guid-a", "Ada Obi", SeatRole.PRESENTER),)
    by_group = json.dumps([{"groupId": 1, "groupName": "All", "sessions": [talk]}]).encode()
    by_room = json.dumps([{"rooms": [{"sessions": [talk]}], "timeSlots": []}]).encode()
    for content in (by_group, by_room):
        (found,) = sessions(content)
        assert (found.title, found.room, found.seats) == ("On chairs", "Blue", seats)
