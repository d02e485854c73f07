import pytest

from panels.enums import ImportFormat, SeatRole
from panels.reading import Unreadable, read


def pasted(text: str) -> list[tuple[str, list[tuple[str, SeatRole]]]]:
    reading = read(text.encode())
    assert reading.format == ImportFormat.PASTED
    assert reading.programme is not None
    return [
        (s.title, [(seat.name, seat.role) for seat in s.seats]) for s in reading.programme.sessions
    ]


@pytest.mark.parametrize(
    ("line", "name", "role"),
    [
        ("Ada Obi", "Ada Obi", SeatRole.PANELLIST),
        ("Ada Obi, chair", "Ada Obi", SeatRole.CHAIR),
        ("Ada Obi (Chair)", "Ada Obi", SeatRole.CHAIR),
        ("Ada Obi [co-chair]", "Ada Obi", SeatRole.CO_CHAIR),
        ("Chair: Ada Obi", "Ada Obi", SeatRole.CHAIR),
        ("- Ada Obi – keynote", "Ada Obi", SeatRole.KEYNOTE),
        ("1. Ada Obi\tModerator", "Ada Obi", SeatRole.MODERATOR),
        ("• Ada-Marie O’Obi; facilitator", "Ada-Marie O’Obi", SeatRole.FACILITATOR),
        ("Ada Obi (she/her), Director, Big Charity", "Ada Obi", SeatRole.PANELLIST),
        ("Ada Obi, Big Charity, chair", "Ada Obi", SeatRole.CHAIR),
        ("أدا أوبي, observer", "أدا أوبي", SeatRole.OBSERVER),
        ("observer", "", SeatRole.OBSERVER),
        ("Jane Panel, speaker", "Jane Panel", SeatRole.PRESENTER),
        ("Ada (a) (b) (c) (d)", "Ada (a)", SeatRole.PANELLIST),
    ],
)
def test_a_line_is_a_person(line: str, name: str, role: SeatRole) -> None:
    assert pasted(f"{line}\nBo Li") == [("Line-up", [(name, role), ("Bo Li", SeatRole.PANELLIST)])]


def test_blank_lines_part_sessions() -> None:
    assert pasted("Ada Obi\nBo Li\n\nAda Obi, chair\n") == [
        ("Session 1", [("Ada Obi", SeatRole.PANELLIST), ("Bo Li", SeatRole.PANELLIST)]),
        ("Session 2", [("Ada Obi", SeatRole.CHAIR)]),
    ]


def test_titles_and_roles_of_what_follows() -> None:
    text = "Opening plenary:\nAda Obi\n\n# Care\nModerators:\nBo Li\nPanel:\nCy Roe\n\n\n\n"
    assert pasted(text) == [
        ("Opening plenary", [("Ada Obi", SeatRole.PANELLIST)]),
        ("Care", [("Bo Li", SeatRole.MODERATOR), ("Cy Roe", SeatRole.PANELLIST)]),
    ]


def test_somebody_in_two_sessions_is_one_person_and_once_in_each() -> None:
    programme = read(b"One:\nAda Obi\nADA  OBI\n\nTwo:\nada obi, chair\n").programme
    assert programme is not None
    assert (programme.talks, programme.seats, programme.people) == (2, 2, 1)
    assert [s.source_key for s in programme.sessions] == ["title:one", "title:two"]


def test_what_was_left_out_is_said() -> None:
    assert read(b"Ada Obi (she/her)\nBo Li, Big Charity\nCy Roe, Big Union").thrown_away == (
        "What stands beside 2 names and is no role",
        "Pronouns beside 1 name",
    )
    assert read(b"Ada Obi\nBo Li").thrown_away == ()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Panel one:\n\n", "There is nobody in this line-up. Write one person on each line."),
        ("Ada\n" + "n" * 161, "Line 2 is too long to be a name."),
        ("Ada\n" + "n" * 1_001, "Line 2 is longer than 1,000 characters."),
        ("Ada\n" * 50_001, "There are more than 50,000 lines."),
    ],
)
def test_what_cannot_be_a_line_up(text: str, message: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read(text.encode())
    assert refusal.value.message == message
