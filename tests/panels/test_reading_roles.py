"""A column of roles is known by what it holds, whatever it is called."""

import pytest

from panels.enums import ColumnUse, SeatRole
from panels.reading import read
from tests.panels.test_reading_tables import seats_of, table_of


def suggested(heading: str, *values: str) -> ColumnUse | None:
    names = ("Ada Obi", "Bo Li", "Cam Roy", "Dee Fox")
    rows = "".join(
        f"On {name},{name},{value}\n" for name, value in zip(names, values, strict=False)
    )
    return table_of(f"session,name,{heading}\n{rows}").suggested.get(heading)


@pytest.mark.parametrize("heading", ["Position", "Capacity", "Type", "Function", "As what?"])
def test_chairs_are_chairs_under_any_heading(heading: str) -> None:
    text = f"session,name,{heading}\nOne,Ada,Chair\nOne,Bo,Speaker\nOne,Cy,Session chair\n"
    assert seats_of(text) == [
        (
            "One",
            [("Ada", SeatRole.CHAIR), ("Bo", SeatRole.PRESENTER), ("Cy", SeatRole.CHAIR)],
        )
    ]


@pytest.mark.parametrize(
    ("values", "use"),
    [
        (("Chair", "Speaker"), ColumnUse.ROLE),
        (("Chair",), None),
        (("Chair", "Speaker", "Flowers"), ColumnUse.ROLE),
        (("Chair", "Speaker", "Flowers", "Sound"), None),
        (("Chair", "Speaker", "", ""), ColumnUse.ROLE),
        (("Facilitator", "Keynote", "MODERATOR"), ColumnUse.ROLE),
        (("Panellist", "Panellist", "Interpreter"), ColumnUse.ROLE),
    ],
)
def test_more_than_half_of_its_values_and_two_at_least(
    values: tuple[str, ...], use: ColumnUse | None
) -> None:
    assert suggested("Position", *values) == use


@pytest.mark.parametrize(
    ("heading", "values"),
    [
        ("Wie", ("Ada Obi", "Bo Li", "Cam Roy")),
        ("Wie", ("Chair Man", "Mo Host", "Ada Obi")),
        ("Track", ("Main hall", "Room 2", "Main hall")),
        ("Track", ("Keynote", "Panel", "Talk")),
        ("Track", ("Opening", "Welcome", "Closing")),
        ("Track", ("Health", "Housing", "Chair")),
        ("Track", ("Members", "Guests", "Members")),
    ],
)
def test_names_and_tracks_are_no_roles(heading: str, values: tuple[str, ...]) -> None:
    assert suggested(heading, *values) is None


@pytest.mark.parametrize(
    ("values", "use"),
    [
        (("Keynote", "Panel", "Workshop"), ColumnUse.MAIN_STAGE_HINT),
        (("Keynote", "Keynote", "Chair"), ColumnUse.MAIN_STAGE_HINT),
        (("Keynote", "Speaker", "Chair"), ColumnUse.ROLE),
        (("Keynote", "Panel", "Speaker", "Chair"), ColumnUse.MAIN_STAGE_HINT),
    ],
)
def test_the_type_of_a_talk_stays_one(values: tuple[str, ...], use: ColumnUse) -> None:
    """Half of them being said of people alone is not enough."""
    assert suggested("Type", *values) == use


def test_a_column_headed_role_is_the_only_one() -> None:
    table = table_of("session,name,role,Position\nA,Ada,chair,Chair\nB,Bo,speaker,Speaker\n")
    assert dict(table.suggested) == {
        "session": ColumnUse.SESSION,
        "name": ColumnUse.NAME,
        "role": ColumnUse.ROLE,
    }


def test_of_two_the_one_with_more_roles() -> None:
    text = "session,name,One,Two\nA,Ada,Chair,Chair\nB,Bo,Speaker,Host\nC,Cy,Cook,Speaker\n"
    assert table_of(text).suggested.get("Two") == ColumnUse.ROLE
    assert "One" not in table_of(text).suggested


def test_a_column_with_a_use_of_its_own_keeps_it() -> None:
    table = read(b"session,name,room\nA,Ada,Chair\nB,Bo,Speaker\nC,Cy,Host\n").table
    assert table is not None
    assert table.suggested["room"] == ColumnUse.ROOM
