"""What may be signed, and addresses from names in every script."""

import pytest

from commitments.enums import Choice
from commitments.signing import (
    KEEP_ONE,
    Answer,
    address_from,
    address_with,
    own_promises,
    problem_with,
    settled,
)


@pytest.mark.parametrize(
    ("choices", "problem"),
    [
        ([Choice.LEFT_OUT, Choice.LEFT_OUT], KEEP_ONE),
        ([], KEEP_ONE),
        ([Choice.LEFT_OUT, Choice.OWN], None),
        ([Choice.LEFT_OUT, Choice.ADAPTED], None),
        ([Choice.ADOPTED], None),
    ],
)
def test_at_least_one_promise_is_kept(choices: list[Choice], problem: str | None) -> None:
    assert problem_with(choices) == problem


@pytest.mark.parametrize(
    ("choice", "text", "expected"),
    [
        (Choice.ADOPTED, "changed all the same", (Choice.ADOPTED, "The words.")),
        (Choice.LEFT_OUT, "x", (Choice.LEFT_OUT, "The words.")),
        (Choice.ADAPTED, " The \n words. ", (Choice.ADOPTED, "The words.")),
        (Choice.ADAPTED, " My words. ", (Choice.ADAPTED, "My words.")),
    ],
)
def test_what_is_signed(choice: Choice, text: str, expected: tuple[Choice, str]) -> None:
    answer = settled(Answer("key", choice, text), "The words.")
    assert (answer.choice, answer.text) == expected


def test_own_promises_are_one_a_line() -> None:
    assert own_promises("- I ask.\r\n\n  • I listen. \n* \n") == ["I ask.", "I listen."]


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Kathy  Example", "kathy-example"),
        ("Ọlá Ní", "ọlá-ní"),
        ("தமிழ் செல்வி", "தமிழ்-செல்வி"),
        ("שרה", "שרה"),
        ("O’Brien-Smith", "o-brien-smith"),
        ("ﬁona", "fiona"),
        ("🌻", "pledge"),
        ("<>/../?", "pledge"),
        ("a" * 100, "a" * 80),
    ],
)
def test_an_address_keeps_the_name_in_its_script(name: str, address: str) -> None:
    assert address_from(name) == address


def test_a_taken_address_gets_a_number() -> None:
    assert [address_with("amina", n) for n in (1, 2, 3)] == ["amina", "amina-2", "amina-3"]


def test_a_page_of_ours_is_never_somebodys_address() -> None:
    assert address_with("make", 1) == "make-1"
