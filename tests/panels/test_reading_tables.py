"""Tables: CSV, Excel and pretalx's and Sessionize's exports, from cells to a programme."""

from datetime import datetime

import pytest

from panels.enums import ColumnUse, SeatRole, Stage
from panels.programme import Programme, ProgrammeSeat, ProgrammeSession
from panels.reading import Table, Unreadable, map_table, problem_with, read, to_programme

OURS = """session,stage,role,name,duration_minutes
Opening,main,keynote,Ada Obi,30
,,chair,Bo Li,
Care,other,facilitator,,45
Care,other,facilitator,,45
Care,other,panellist,ADA  OBI,45
"""


def table_of(content: str | bytes) -> Table:
    table = read(content if isinstance(content, bytes) else content.encode()).table
    assert table is not None
    return table


def programme_of(content: str | bytes) -> Programme:
    table = table_of(content)
    return to_programme(table, table.suggested)


def seats_of(content: str | bytes) -> list[tuple[str, list[tuple[str, SeatRole]]]]:
    return [
        (s.title, [(seat.name, seat.role) for seat in s.seats])
        for s in programme_of(content).sessions
    ]


def test_our_own_columns_are_read_without_a_question() -> None:
    table = table_of(OURS)
    assert dict(table.suggested) == {
        "session": ColumnUse.SESSION,
        "stage": ColumnUse.STAGE,
        "role": ColumnUse.ROLE,
        "name": ColumnUse.NAME,
        "duration_minutes": ColumnUse.MINUTES,
    }
    ada, bo = "name:ada obi", "name:bo li"
    nobody = ProgrammeSeat("", "", SeatRole.FACILITATOR)
    assert to_programme(table, table.suggested) == Programme(
        (
            ProgrammeSession(
                "title:opening", "Opening", minutes=30, stage=Stage.MAIN,
                seats=(
                    ProgrammeSeat(ada, "Ada Obi", SeatRole.KEYNOTE),
                    ProgrammeSeat(bo, "Bo Li", SeatRole.CHAIR),
                ),
            ),
            ProgrammeSession(
                "title:care", "Care", minutes=45, stage=Stage.OTHER,
                seats=(nobody, nobody, ProgrammeSeat(ada, "ADA OBI", SeatRole.PANELLIST)),
            ),
        )
    )  # fmt: skip


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_however_it_is_written(separator: str, ending: str, encoding: str) -> None:
    text = OURS.replace(",", separator).replace("\n", ending).replace("Bo Li", "Zoë Öz")
    assert programme_of(text.encode(encoding)) == programme_of(OURS.replace("Bo Li", "Zoë Öz"))


def test_excels_own_first_line_is_no_heading() -> None:
    assert programme_of("sep=;\n" + OURS.replace(",", ";")) == programme_of(OURS)


def test_cells_with_line_ends_and_quotation_marks() -> None:
    text = 'session,speakers\n"Care, and ""more""","Ada Obi\nBo Li"\n'
    panellist = SeatRole.PANELLIST
    assert seats_of(text) == [('Care, and "more"', [("Ada Obi", panellist), ("Bo Li", panellist)])]


def test_marks_put_before_formulas_are_taken_off() -> None:
    assert seats_of("session,name\nOne,'=Ada\nOne,'Ada") == [
        ("One", [("=Ada", SeatRole.PANELLIST), ("'Ada", SeatRole.PANELLIST)])
    ]


def test_headings_that_are_the_same_get_numbers() -> None:
    assert table_of("name,name,Name (2),session\na,b,c,d").columns == (
        "name", "name (3)", "Name (2)", "session",
    )  # fmt: skip


def test_rows_above_the_headings_are_left_out_and_said() -> None:
    reading = read(b"All Events,,\n,,\nTitle,Speaker,Room\nOne,Ada Obi,Blue\n")
    assert reading.thrown_away == ("1 row above the headings",)
    assert reading.table is not None
    assert (reading.table.rows, reading.table.row_number(0)) == ((("One", "Ada Obi", "Blue"),), 4)


def test_headings_nobody_knows_are_left_to_be_mapped() -> None:
    table = table_of("Wat,Wie,Waar\nOne,Ada Obi,Blue\nTwo,Bo Li,Red")
    assert (table.columns, dict(table.suggested)) == (("Wat", "Wie", "Waar"), {})
    mapping = {"Wat": ColumnUse.SESSION, "Wie": ColumnUse.NAME}
    mapped = map_table(table, mapping)
    assert (mapped.programme.talks, mapped.programme.people) == (2, 2)
    assert mapped.thrown_away == ("Column “Waar”",)


def test_pretalx_sessions_in_german() -> None:
    text = (
        "ID,Titel,Status,Vortragsart,IDs der Vortragenden,Namen der Vortragenden,Raum,"
        "Start,Ende,E-Mail\n"
        "TALK,Sorge,bestätigt,Keynote,\"A1\nB2\",\"Ada Obi\nBo Li\",Blau,"
        "2026-03-04T10:00:00+01:00,2026-03-04T10:45:00+01:00,a@b.de\n"
        "NOPE,Anderes,abgelehnt,Vortrag,A1,Ada Obi,,,,\n"
    )  # fmt: skip
    table = table_of(text)
    mapped = map_table(table, table.suggested)
    (found,) = mapped.programme.sessions
    assert (found.source_key, found.room, found.minutes) == ("talk:TALK", "Blau", 45)
    assert found.main_stage_hint
    assert [seat.person_key for seat in found.seats] == ["code:A1", "code:B2"]
    assert mapped.thrown_away == ("Column “E-Mail”", "1 row of what will not be held")


def test_pretalx_speakers_with_several_proposals() -> None:
    text = (
        "ID,Name,Biography,Email,Proposal IDs,Proposal titles\n"
        'A1,Ada Obi,Long,a@b.org,"T1\nT2","One\nTwo, three"\n'
        'B2,Bo Li,,b@b.org,"T2, T3","Two, Three"\n'
    )
    table = table_of(text)
    email = map_table(table, dict(table.suggested) | {"Email": ColumnUse.EMAIL})
    assert [(s.source_key, s.title) for s in email.programme.sessions] == [
        ("talk:T1", "One"), ("talk:T2", "Two, three"), ("talk:T3", "Three"),
    ]  # fmt: skip
    assert [seat.email for s in email.programme.sessions for seat in s.seats] == [
        "a@b.org", "a@b.org", "b@b.org", "b@b.org",
    ]  # fmt: skip
    assert {seat.email for s in programme_of(text).sessions for seat in s.seats} == {""}


def test_sessionize_flattened() -> None:
    text = (
        "Session Id,Title,Description,Owner,Owner Email,Session format,Room,Scheduled At,"
        "Scheduled Duration,Speaker Id,FirstName,LastName,Email,TagLine,Bio,LinkedIn\n"
        "1,Care,Long,O,o@x.org,Panel,Blue,8 Oct 2026 10:00 AM,45,g1,Ada,Obi,a@x.org,t,b,l\n"
        "1,Care,Long,O,o@x.org,Panel,Blue,8 Oct 2026 10:00 AM,45,g2,Bo,Li,b@x.org,t,b,l\n"
    )
    reading = read(text.encode())
    (found,) = programme_of(text).sessions
    assert (found.minutes, found.starts_at) == (45, datetime.fromisoformat("2026-10-08T10:00"))
    assert [(seat.person_key, seat.name) for seat in found.seats] == [
        ("code:g1", "Ada Obi"), ("code:g2", "Bo Li"),
    ]  # fmt: skip
    assert reading.thrown_away == tuple(
        f"Column “{name}”"
        for name in ("Description", "Owner", "Owner Email", "TagLine", "Bio", "LinkedIn")
    )


def test_a_row_for_each_session_with_people_by_role() -> None:
    text = (
        "Session,Chair,Speaker 1,Speaker 2,Day,Time\n"
        "One,Ada Obi,Bo Li,Cy Roe,4/3/2026,10:00\n"
        "Two,,Ada Obi & Bo Li,,4/3/2026,2:30 pm\n"
    )
    speaker = SeatRole.PANELLIST
    assert seats_of(text) == [
        ("One", [("Bo Li", speaker), ("Cy Roe", speaker), ("Ada Obi", SeatRole.CHAIR)]),
        ("Two", [("Ada Obi", speaker), ("Bo Li", speaker)]),
    ]
    assert [s.starts_at for s in programme_of(text).sessions] == [
        datetime.fromisoformat("2026-03-04T10:00"),
        datetime.fromisoformat("2026-03-04T14:30"),
    ]


def test_a_name_beside_speakers_is_the_name_of_the_talk() -> None:
    assert seats_of("Name,Speakers\nCare,Ada Obi and Bo Li") == [
        ("Care", [("Ada Obi", SeatRole.PANELLIST), ("Bo Li", SeatRole.PANELLIST)])
    ]


def test_a_column_that_says_who_is_in_the_chair() -> None:
    assert seats_of("session,name,chair\nOne,Ada,yes\nOne,Bo,no\nOne,Cy,") == [
        ("One", [("Ada", SeatRole.CHAIR), ("Bo", SeatRole.PANELLIST), ("Cy", SeatRole.PANELLIST)])
    ]


def test_one_title_at_two_times_is_two_sessions() -> None:
    text = "session,name,start\nCare,Ada,2026-03-04 10:00\nCare,Bo,2026-03-04 14:00\nCare,Cy,\n"
    assert [(s.source_key, len(s.seats)) for s in programme_of(text).sessions] == [
        ("title:care", 1), ("title:care #2", 2),
    ]  # fmt: skip


def test_one_name_with_two_addresses_is_two_people() -> None:
    table = table_of("session,name,email\nOne,Ada,a@x.org\nTwo,Ada,b@x.org\nThree,Ada,A@X.org")
    everything = dict(table.suggested) | {"email": ColumnUse.EMAIL}
    assert to_programme(table, table.suggested).people == 1
    assert to_programme(table, everything).people == 2


def test_words_that_are_not_understood_are_said() -> None:
    table = table_of(
        "session,stage,role,name,duration,start\nOne,Blue,Sound,Ada,long,soon\n"
        "Two,main,chair,Bo,5,2026-03-04"
    )
    assert sorted(map_table(table, table.suggested).thrown_away) == [
        "Not understood as a length: “long”",
        "Not understood as a role: “Sound”",
        "Not understood as a stage: “Blue”",
        "Not understood as a time: “soon”",
    ]


def test_a_mapping_that_makes_no_sense_is_refused() -> None:
    table = Table(("a", "b"), (("One", "Ada"),))
    twice = {"a": ColumnUse.NAME, "b": ColumnUse.NAME}
    titles = {"a": ColumnUse.SESSION, "b": ColumnUse.SESSIONS}
    assert problem_with(table, {"a": ColumnUse.SESSION, "b": ColumnUse.NAME}) == ""
    assert problem_with(table, {"a": ColumnUse.NAMES, "b": ColumnUse.NAMES}) == ""
    assert problem_with(table, twice) == (
        "“a”, “b” cannot all hold “Name of one person”. Choose one of them."
    )
    assert problem_with(table, titles).startswith("Say of one column only")
    assert problem_with(table, {}).startswith("Say which column holds the people")
    with pytest.raises(Unreadable, match="cannot all hold"):
        to_programme(table, twice)
    with pytest.raises(Unreadable, match="Nobody is found"):
        to_programme(Table(("a", "b"), (("One", ""),)), {"b": ColumnUse.NAME})


def test_a_name_that_is_too_long_is_refused_with_its_row() -> None:
    with pytest.raises(Unreadable) as refusal:
        programme_of(f"session,name\nOne,Ada\n\nTwo,{'n' * 161}")
    assert refusal.value.message == "Row 4: a name is longer than 160 characters."


def test_words_that_come_again_in_their_column_are_no_headings() -> None:
    table = table_of(
        "Talk name;Who is it;Position;How long (min);Gender;Track\n"
        "Homes;Ida Kay;Speaker;45;F;Main Hall\n"
        "Homes;Jo Lim;Session Chair;45;M;Main Hall\n"
        "Food;Kim Moss;Speaker;30;F;Room 2\n"
        "Food;Léa Noor;Interpreter;30;F;Room 2\n"
    )
    assert table.columns == ("Talk name", "Who is it", "Position", "How long (min)", "Track")
    assert len(table.rows) == 4
    assert dict(table.suggested)["Talk name"] == ColumnUse.SESSION
    assert dict(table.suggested)["How long (min)"] == ColumnUse.MINUTES
