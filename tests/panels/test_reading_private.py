"""What a file says of named people's gender or ethnicity is not even read in."""

import json

import pytest

from panels.reading import read
from panels.reading.sensitive import asks_about_people, tells_about_people, without_pronouns


@pytest.mark.parametrize(
    "heading",
    [
        "Gender", "GENDER?", "Speaker 1 gender", "SpeakerGender", "speaker_gender", "Sex",
        "What are your pronouns?", "Pronouns", "Ethnicity", "Ethnic group", "Race", "SpeakerRace",
        "Do you identify as a person of colour?", "Are you a woman?", "BAME", "Minoritised",
        "Which best describes your heritage?", "Salutation", "Religion", "Disability",
        "Geschlecht", "Geschlechtsidentität", "Anrede", "Ethnische Herkunft", "Sexe", "Genre",
        "Civilité", "Origine ethnique", "Pronoms", "Género", "Sexo", "Etnia", "Raza", "Gênero",
        "Raça", "Genere", "Geslacht", "Płeć", "Rhywedd", "Tarddiad ethnig", "Kön", "Пол",
        "您的性别", "الجنس", "Nationality", "Date of birth", "Diversity monitoring",
    ],
)  # fmt: skip
def test_questions_about_people_are_known_in_many_languages(heading: str) -> None:
    assert asks_about_people(heading)


@pytest.mark.parametrize(
    "heading",
    [
        "Name", "Session", "Title", "Stage", "Role", "Room", "Track", "Speaker", "Sessions",
        "Email", "Chair", "Essex room", "Trace", "Embrace", "Raum", "Grace", "Namen", "Tag",
        "Transport", "Manager", "Traslado", "Terrasse", "Session format",
    ],
)  # fmt: skip
def test_other_columns_are_not_taken_for_them(heading: str) -> None:
    assert not asks_about_people(heading)


@pytest.mark.parametrize(
    "values",
    [
        ["Woman", "Man", "Non-binary"],
        ["she/her", "they/them", "he/him/his", "she/they"],
        ["f", "m", "m", "d"],
        ["Mr", "Ms", "Dr", "Prof."],
        ["White British", "Black African", "Asian or Asian British", "Mixed"],
        ["weiblich", "männlich", "keine Angabe", "divers", "Rosa"],
    ],
)
def test_answers_are_known_whatever_the_column_is_called(values: list[str]) -> None:
    assert tells_about_people(values)


@pytest.mark.parametrize(
    "values",
    [
        ["Black and proud", "Asian elders speak", "White fragility"],
        ["Ada Obi", "Bo Li", "Cy Roe"],
        ["Man", "Woman"],
        ["Red", "White", "Blue"],
        ["Man", "Woman", "Ada", "Bo"],
        [],
    ],
)
def test_titles_and_names_are_not_answers(values: list[str]) -> None:
    assert not tells_about_people(values)


def test_such_columns_are_gone_and_named() -> None:
    reading = read(
        b"Session,Name,Gender,Q7,Pronouns,Bio\n"
        b"One,Ada Obi (she/her),SECRET1,Woman,SECRET2,SECRET3\n"
        b"One,Bo Li,SECRET1,Man,,SECRET3\n"
        b"One,Cy Roe,,Non-binary,,\n"
    )
    assert reading.table is not None
    assert reading.table.columns == ("Session", "Name")
    whole = json.dumps([reading.table.rows, reading.table.suggested, reading.thrown_away])
    assert "SECRET" not in whole
    assert "Woman" not in whole
    assert reading.thrown_away == (
        "Column “Gender”: it asks for what is never kept of people",
        "Column “Q7”: it asks for what is never kept of people",
        "Column “Pronouns”: it asks for what is never kept of people",
        "Column “Bio”",
    )


def test_answers_in_rows_of_their_own_are_gone_too() -> None:
    """pretalx's custom fields: one row for each answer."""
    reading = read(
        b"code,name,email,question,answer\nA,Ada,a@x.org,Gender?,SECRET\nA,Ada,a@x.org,Hat?,S\n"
    )
    assert reading.table is not None
    assert reading.table.columns == ("code", "name", "email")
    assert "SECRET" not in str(reading.table.rows)
    assert reading.thrown_away == ("Column “question”", "Column “answer”")


def test_rows_as_json_are_sorted_out_as_well() -> None:
    reading = read(
        b'[{"ID": "T1", "Session title": "One", "Speaker names": ["Ada", "Bo"], "Geschlecht": "w",'
        b' "Featured": true, "Capacity": 12, "Room": null}]'
    )
    assert reading.table is not None
    assert reading.table.columns == ("ID", "Session title", "Speaker names", "Featured", "Capacity")
    assert reading.table.rows == (("T1", "One", "Ada\nBo", "yes", "12"),)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Sam Doe (they/them)", "Sam Doe"),
        ("Sam Doe [she / her / hers]", "Sam Doe"),
        ("Sam Doe (pronouns: xe/xem)", "Sam Doe"),
        ("Sam (any pronouns)", "Sam"),
        ("Sam (Sammy) Doe", "Sam (Sammy) Doe"),
        ("Hen/Ricky", "Hen/Ricky"),
        ("Shefali (Shelly/Shel) Rao", "Shefali (Shelly/Shel) Rao"),
    ],
)
def test_pronouns_beside_a_name_are_not_kept(written: str, name: str) -> None:
    assert without_pronouns(written) == name
