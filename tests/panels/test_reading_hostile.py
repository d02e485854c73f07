"""Whatever is sent: a refusal in plain words, or a reading; never another error, never much memory.

The files are those of `dev.py bench --hostile`.
"""

import json
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from unittest.mock import Mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench import hostile
from bench.hostile_files import FILES
from bench.hostile_workbooks import GOOD, good_workbook, repacked
from panels.programme import Programme
from panels.reading import Reading, Unreadable, map_table, people, read
from panels.reading.text import clean, decoded, folded

SLOW = {name for name in FILES if name.startswith("50,000 good")}
HEAVY = [
    "two-letter cells, 5 MB",
    "two-letter cells, 5 MB, in columns",
    "zip bomb, 600 MB",
    "Excel, millions of empty cells",
    "JSON of short texts, 5 MB",
    "XML of empty elements, 5 MB",
    "50,000 good talks (JSON)",
]


@pytest.mark.parametrize("name", sorted(FILES.keys() - SLOW))
def test_a_hostile_file_is_refused_in_plain_words_or_read(name: str) -> None:
    make, words = FILES[name]
    if words is None:
        _check_whole(read(make(), name))
        return
    with pytest.raises(Unreadable) as refusal:
        _read_and_map(make())
    assert words in refusal.value.message
    assert refusal.value.message.endswith((".", "”."))


def _read_and_map(content: bytes) -> None:
    reading = read(content, "line-up")
    assert (reading.programme is None) != (reading.table is None)
    if reading.table is not None:
        map_table(reading.table, reading.table.suggested)


def _check_whole(reading: Reading) -> None:
    """Can be stored and shown: through JSON and UTF-8 and back, and without a control character."""
    programme = reading.programme
    if reading.table is not None:
        programme = map_table(reading.table, reading.table.suggested).programme
    assert programme is not None
    text = json.dumps(programme.to_json(), ensure_ascii=False)
    assert text.encode("utf-8").decode("utf-8") == text
    assert "\x00" not in text
    assert Programme.from_json(json.loads(text)) == programme


def test_no_formula_is_worked_out_or_kept_as_one() -> None:
    table = read(FILES["formulas in cells (Excel)"][0]()).table
    assert table is not None
    assert table.rows == (("One", "Ada Obi"),)


def test_merged_cells_belong_to_the_row_above() -> None:
    table = read(FILES["merged cells"][0]()).table
    assert table is not None
    programme = map_table(table, table.suggested).programme
    assert (programme.talks, programme.people) == (1, 2)


@pytest.mark.skipif(sys.platform == "win32", reason="the system does not say what was used")
def test_no_file_takes_much_memory() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "bench.hostile", *HEAVY],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stderr == ""
    assert run.returncode == 0
    assert f"{len(HEAVY)} files" in run.stdout


def test_the_bench_measures_and_tells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path, result = tmp_path / "file", tmp_path / "result"
    hostile.make("a PDF", path)
    hostile.measure("a PDF", path, result)
    found = hostile.Measured(**json.loads(result.read_text()))
    assert found.answer == "No: This is a PDF. Copy the line-up out of it and paste it here."
    assert found.line.startswith("a PDF")
    assert hostile.answer_to(GOOD.encode()) == "Read: talks 1, seats 2, people 2"
    assert hostile.answer_to(b"Ada\nBo") == "Read: talks 1, seats 2, people 2"


def _read_anything(content: bytes) -> None:
    with suppress(Unreadable):
        _read_and_map(content)


@given(st.binary(max_size=400))
def test_any_bytes(content: bytes) -> None:
    _read_anything(content)


@given(st.text(max_size=400), st.sampled_from(["utf-8", "utf-16", "utf-32"]))
def test_any_text(text: str, encoding: str) -> None:
    _read_anything(text.encode(encoding, "replace"))


KEYS = st.sampled_from(
    [
        "schedule", "conference", "days", "rooms", "sessions", "speakers", "persons", "id", "code",
        "name", "title", "date", "start", "end", "duration", "type", "fullName", "categories",
        "items", "categoryItems", "isServiceSession",
    ]
)  # fmt: skip
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=30,
)


@given(VALUES, VALUES)
def test_any_json_in_the_shape_of_a_schedule(talk: object, persons: object) -> None:
    talks = [talk, {"title": "T", "persons": persons, "type": talk}]
    days = [{"rooms": {"R": talks, "S": talk}}, talk]
    for data in (
        {"schedule": {"conference": {"days": days}}},
        {"sessions": talks, "speakers": [persons], "rooms": talk, "categories": [persons]},
        [{"sessions": talks, "rooms": [talk]}],
        [talk],
    ):
        _read_anything(json.dumps(data).encode())


TAGS = st.sampled_from(
    ["schedule", "day", "room", "event", "title", "persons", "person", "start", "date"]
)


@given(st.lists(st.tuples(TAGS, st.booleans(), st.text(max_size=6)), max_size=30))
def test_any_xml(parts: list[tuple[str, bool, str]]) -> None:
    body = "".join(f"<{'/' * closes}{tag}>{text}" for tag, closes, text in parts)
    _read_anything(f"<schedule>{body}</schedule>".encode("utf-8", "replace"))


CELLS = st.sampled_from(
    [
        "session",
        "name",
        "role",
        "chair",
        "Ada",
        "2026-03-04",
        "1:00",
        "",
        '"',
        "'=1",
        "a\nb",
        "\u202e",
    ]
) | st.text(max_size=6)


@given(st.lists(st.lists(CELLS, max_size=5), max_size=6), st.sampled_from(",;\t|"))
def test_any_table(rows: list[list[str]], separator: str) -> None:
    _read_anything("\n".join(separator.join(row) for row in rows).encode("utf-8", "replace"))


GOOD_WORKBOOK = good_workbook()


@settings(max_examples=60)
@given(st.integers(0, len(GOOD_WORKBOOK) - 1), st.binary(min_size=1, max_size=8))
def test_any_damage_to_a_workbook(at: int, noise: bytes) -> None:
    _read_anything(GOOD_WORKBOOK[:at] + noise + GOOD_WORKBOOK[at + len(noise) :])


@settings(max_examples=60)
@given(
    st.sampled_from(
        ["xl/workbook.xml", "xl/styles.xml", "xl/worksheets/sheet1.xml", "[Content_Types].xml"]
    ),
    st.binary(max_size=60) | st.sampled_from([b"<a/>", b"<row/>", b"", b"<worksheet/>"]),
)
def test_any_part_of_a_workbook(part: str, content: bytes) -> None:
    _read_anything(repacked(GOOD_WORKBOOK, {part: content}))


@given(st.text())
def test_cleaned_text_can_be_stored(text: str) -> None:
    found = clean(text)
    assert found.encode("utf-8").decode("utf-8") == found
    assert not set(found) & {"\x00", "\n", "\r", "\u202e", "\u2066"}
    assert found == clean(found)
    assert folded(found) == folded(folded(found))
    assert len(clean(text, 5)) <= 5


@given(st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"])))
def test_text_with_its_mark_is_decoded_as_it_was(text: str) -> None:
    for encoding in ("utf-8-sig", "utf-16", "utf-32"):
        assert decoded(text.encode(encoding)) == text


def test_everybody_in_every_talk_is_refused_before_anybody_is_seated(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two names and two titles are named six times in all: two titles, then four seats."""
    text = b'sessions,speakers\n"One\nTwo","Ada\nBo"\n'
    table = read(text).table
    assert table is not None
    monkeypatch.setattr(people, "MAX_NAMED", 6)
    assert map_table(table, table.suggested).programme.seats == 4
    monkeypatch.setattr(people, "MAX_NAMED", 5)
    seated = Mock()
    monkeypatch.setattr(people.Builder, "seat", seated)
    with pytest.raises(Unreadable, match="more than 5 times"):
        map_table(table, table.suggested)
    assert seated.call_count == 0
