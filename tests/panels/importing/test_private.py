"""What a file says of people's gender and ethnicity is nowhere: not before, not after."""

import io
import json

import pytest
from django.db import connection
from django.test import Client
from openpyxl import Workbook

from panels.models import Gathering, Participant, Upload
from tests.panels.importing.conftest import sent, start, step

# Written so that each is found wherever it ends up.
WOMAN, ETHNICITY, PRONOUNS, BIOGRAPHY, ADDRESS = (
    "Zwoman-canary",
    "Zethnicity-canary",
    "Zpronouns-canary",
    "Zbiography-canary",
    "zaddress@canary.example",
)
CANARIES = (WOMAN, ETHNICITY, PRONOUNS, BIOGRAPHY, ADDRESS)
ROWS = [
    ["Session", "Speaker", "Gender", "Ethnic group", "Pronouns", "Biography", "E-mail"],
    ["Care", "Ada Obi", WOMAN, ETHNICITY, PRONOUNS, BIOGRAPHY, ADDRESS],
    ["Care", "Bo Li", WOMAN, ETHNICITY, PRONOUNS, BIOGRAPHY, ADDRESS],
]


def as_workbook() -> bytes:
    book, kept = Workbook(), io.BytesIO()
    for row in ROWS:
        book.active.append(row)
    book.save(kept)
    return kept.getvalue()


SPEAKER = {
    "id": "s1",
    "fullName": "Ada Obi",
    "bio": BIOGRAPHY,
    "questionAnswers": [
        {"questionId": 1, "answerValue": WOMAN},
        {"questionId": 2, "answerValue": ETHNICITY},
    ],
}
SESSIONIZE = {
    "sessions": [{"id": "1", "title": "Care", "speakers": ["s1"], "description": BIOGRAPHY}],
    "speakers": [SPEAKER],
    "questions": [{"id": 1, "question": "Gender"}, {"id": 2, "question": "Ethnicity"}],
    "rooms": [],
    "categories": [],
}
PERSON = {
    "id": 1,
    "name": "Ada Obi",
    "biography": BIOGRAPHY,
    "answers": [{"question": {"question": "Gender"}, "answer": WOMAN}, {"answer": ETHNICITY}],
}
PRETALX = {
    "schedule": {
        "conference": {
            "days": [{"rooms": {"Hall": [{"id": 1, "title": "Care", "persons": [PERSON]}]}}]
        }
    }
}
FRAB = f"""<schedule><day><room name="Hall"><event id="1"><title>Care</title>
<persons><person id="1">Ada Obi</person></persons><description>{BIOGRAPHY}</description>
<answers><answer question="Gender">{WOMAN}</answer><answer>{ETHNICITY}</answer></answers>
</event></room></day></schedule>"""
FILES = {
    "CSV": "\n".join(",".join(row) for row in ROWS).encode(),
    "Excel": as_workbook(),
    "JSON rows": json.dumps([dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]]).encode(),
    "Sessionize": json.dumps(SESSIONIZE).encode(),
    "pretalx": json.dumps(PRETALX).encode(),
    "frab": FRAB.encode(),
}


def tables_with(word: str) -> list[str]:
    """Every table that holds the word anywhere, in whatever column."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        found = []
        for table in tables:
            quoted = connection.ops.quote_name(table)
            cursor.execute("SELECT has_table_privilege(%s, 'SELECT')", [quoted])
            if not cursor.fetchone()[0]:
                continue
            cursor.execute(
                f"SELECT count(*) FROM {quoted} one WHERE one::text ILIKE %s", [f"%{word}%"]
            )
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def leaks(words: tuple[str, ...] = CANARIES) -> dict[str, list[str]]:
    found = {word: tables_with(word) for word in words}
    return {word: tables for word, tables in found.items() if tables}


def test_the_search_finds_what_is_there(conference: Gathering) -> None:
    Participant.objects.create(gathering=conference, number=1, name=f"{WOMAN} Obi")
    assert leaks() == {WOMAN: ["panels_participant"]}


@pytest.mark.parametrize("kind", FILES)
def test_answers_are_nowhere_at_any_step(
    as_alice: Client, conference: Gathering, kind: str
) -> None:
    sensitive = CANARIES[:4]
    as_alice.post(start(conference), sent(FILES[kind], "line-up"))
    upload = Upload.objects.get()
    assert leaks(sensitive) == {}
    if upload.columns:
        uses = {f"column-{at}": use for at, (_, use) in enumerate(upload.columns)}
        shown = as_alice.get(step(upload, "columns")).content.decode()
        assert [word for word in sensitive if word in shown] == []
        as_alice.post(step(upload, "columns"), uses)
        assert leaks() == {}
    shown = as_alice.get(step(upload, "confirm")).content.decode()
    assert [word for word in CANARIES if word in shown] == []
    as_alice.post(step(upload, "confirm"))
    assert "Ada Obi" in set(Participant.objects.values_list("name", flat=True))
    assert leaks() == {}


def test_names_are_gone_from_the_upload_once_it_is_saved(
    as_alice: Client, conference: Gathering
) -> None:
    as_alice.post(start(conference), {"text": "Ada Obi\nBo Li"})
    assert tables_with("Ada Obi") == ["panels_upload"]
    as_alice.post(step(Upload.objects.get(), "confirm"))
    assert tables_with("Ada Obi") == ["panels_participant"]
