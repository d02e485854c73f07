from pathlib import Path

import pytest

from commitments.toml_rows import CatalogueError, Row, catalogue_texts, read_toml, refuse_repeats


def row(**values: object) -> Row:
    return Row(dict(values), "row 1", [])


def test_what_is_right_is_read() -> None:
    top = row(title="  Speak  ", number=3, words=["a", "b"], kind="one", table={}, rows=[{"a": 1}])
    assert top.text("title", at_most=5) == "Speak"
    assert top.whole_number("number") == 3
    assert top.texts("words") == ("a", "b")
    assert top.choice("kind", ["one", "two"]) == "one"
    assert top.table("table").where == "row 1, table"
    assert [each.where for each in top.rows("rows", lambda number, _: f"row {number}")] == ["row 1"]
    top.finish()
    assert top.problems == []


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("", "row 1: 'title' must be a text that is not empty"),
        ("  ", "row 1: 'title' must be a text that is not empty"),
        (7, "row 1: 'title' must be a text that is not empty"),
        ("a\0b", "row 1: 'title' holds a NUL character"),
        ("12345678901", "row 1: 'title' has 11 characters, at most 10 fit"),
    ],
)
def test_a_text_that_cannot_be_stored(value: object, problem: str) -> None:
    top = row(title=value)
    assert top.text("title", at_most=10) == ""
    assert top.problems == [problem]


def test_a_text_of_exactly_the_limit_fits() -> None:
    top = row(title="1234567890")
    assert top.text("title", at_most=10) == "1234567890"
    assert top.problems == []


@pytest.mark.parametrize("value", [0, -1, 1.0, True, "3"])
def test_a_number_that_is_none(value: object) -> None:
    top = row(number=value)
    assert top.whole_number("number") == 1
    assert top.problems == [f"row 1: 'number' must be a whole number of at least 1, not {value!r}"]


@pytest.mark.parametrize("value", ["three", 3, ["one"]])
def test_a_choice_that_is_not_offered(value: object) -> None:
    top = row(kind=value)
    assert top.choice("kind", ["one", "two"]) is None
    assert top.problems == [f"row 1: kind {value!r} is not one of one, two"]


def test_a_list_with_a_text_that_is_none() -> None:
    top = row(words=["a", 5])
    assert top.texts("words") == ("a", "")
    assert top.problems == ["row 1: 'words, number 2' must be a text that is not empty"]


@pytest.mark.parametrize("value", ["a", []])
def test_a_list_that_is_none(value: object) -> None:
    top = row(words=value)
    assert top.texts("words") == ()
    assert top.problems == ["row 1: 'words' must be a list of texts"]


def test_a_table_that_is_none() -> None:
    top = row(table="a")
    top.table("table").text("title")
    assert top.problems == ["row 1: 'table' must be a table"]


@pytest.mark.parametrize("value", [{}, [1], "a"])
def test_rows_that_are_none(value: object) -> None:
    top = row(rows=value)
    assert top.rows("rows", lambda number, _: "") == []
    assert top.problems == ["row 1: 'rows' must be written as [[rows]]"]


def test_what_is_missing_is_named_once() -> None:
    top = row()
    top.text("a")
    top.whole_number("b")
    top.texts("c")
    top.choice("d", ["one"])
    top.table("e").text("inside")
    top.rows("f", lambda number, _: "")
    top.rows("g", lambda number, _: "", required=False)
    assert top.problems == [f"row 1: '{key}' is missing" for key in "abcdef"]


def test_a_key_nobody_reads_is_refused() -> None:
    top = row(title="a", tilte="b")
    top.text("title")
    top.finish()
    assert top.problems == ["row 1: 'tilte' is not known here"]


def test_repeats_are_named_and_what_is_missing_is_not() -> None:
    top = Row({}, "", [])
    refuse_repeats(top, "promise", ["a", "", "b", "a", ""])
    assert top.problems == ["promise 'a' stands there twice"]


def test_text_that_is_no_toml() -> None:
    with pytest.raises(CatalogueError) as caught:
        read_toml("title =", "bad.toml")
    assert caught.value.problems == ("not valid TOML: Invalid value (at end of document)",)


def test_an_error_names_its_file_before_each_problem() -> None:
    error = CatalogueError("bad.toml", ["one", "two"])
    assert str(error) == "bad.toml: one\nbad.toml: two"
    assert (error.file_name, error.problems) == ("bad.toml", ("one", "two"))


def test_catalogue_files_are_read_by_name(tmp_path: Path) -> None:
    (tmp_path / "b.toml").write_text("b = 1", encoding="utf-8")
    (tmp_path / "a.toml").write_text("a = 'Àjọ'", encoding="utf-8")
    (tmp_path / "notes.txt").write_text("none", encoding="utf-8")
    assert list(catalogue_texts(tmp_path)) == [("a = 'Àjọ'", "a.toml"), ("b = 1", "b.toml")]


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_bytes(b"title = '\xff'")
    with pytest.raises(CatalogueError, match=r"^bad\.toml: not valid UTF-8$"):
        list(catalogue_texts(tmp_path))
