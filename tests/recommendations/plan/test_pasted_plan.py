"""A plan as people paste it."""

from datetime import date
from uuid import UUID

import pytest

from recommendations.assignment import DATE_PASSED
from recommendations.pasted_plan import (
    NO_SUCH_DAY,
    NO_SUCH_MEMBER,
    NO_TITLE,
    SEVERAL,
    TOO_LONG,
    TOO_MANY_PARTS,
    TWICE,
    Member,
    PlanLine,
    day_of,
    next_references,
    read_plan,
)
from recommendations.planning import BEFORE_SOURCE

TODAY = date(2026, 11, 22)
DAY = date(2027, 3, 31)
ADA = Member(UUID(int=1), "Ada Obi", "ada@harbour.example")
TWINS = [Member(UUID(int=n), "Sam Lee", f"sam{n}@harbour.example") for n in (2, 3)]


def read(text: str, began_on: date | None = None) -> list[PlanLine]:
    return read_plan(text, [ADA, *TWINS], today=TODAY, began_on=began_on)


@pytest.mark.parametrize(
    "text",
    [
        "Publish our pay gap; Ada Obi; 31/3/2027",
        "Publish our pay gap;ada@harbour.example;31 March 2027",
        "Publish our pay gap\tADA OBI\t2027-03-31",
        "1. Publish our pay gap; ada obi; 31.03.2027",
        "\u2022 Publish our pay gap; Ada Obi; March 31, 2027",
        "Title\tLead\tDate\nPublish our pay gap\tAda Obi\t31/03/27",
    ],
)
def test_the_ways_people_write_it(text: str) -> None:
    [line] = read(text)
    assert (line.title, line.lead, line.day, line.problems) == (
        "Publish our pay gap",
        ADA,
        DAY,
        (),
    )


def test_a_title_is_enough_and_a_date_may_come_second() -> None:
    bare, dated = read("Publish our pay gap\n\n  \nMeet quarterly; 31/3/2027")
    assert (bare.number, bare.lead, bare.day, bare.problems) == (1, None, None, ())
    assert (dated.number, dated.lead, dated.day, dated.problems) == (4, None, DAY, ())


def test_three_rows_come_in_their_order() -> None:
    assert [line.title for line in read("One\r\nTwo\rThree")] == ["One", "Two", "Three"]


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("; Ada Obi; 31/3/2027", NO_TITLE),
        ("x" * 161, TOO_LONG),
        ("A; Ada Obi; 31/3/2027; more", TOO_MANY_PARTS),
        ("A; Ada Obi; soon", NO_SUCH_DAY % "soon"),
        ("A; Ada Obi; 31/2/2027", NO_SUCH_DAY % "31/2/2027"),
        ("A; Nobody; 31/3/2027", NO_SUCH_MEMBER % "Nobody"),
        ("A; Sam Lee", SEVERAL % "Sam Lee"),
        ("A; Ada Obi; 21/11/2026", DATE_PASSED),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(text: str, problem: str) -> None:
    [line] = read(text)
    assert line.problems == (problem,)
    shown = "; ".join([line.title, line.lead_typed, line.day_typed])
    assert all(part.strip() in shown for part in text.split(";"))


@pytest.mark.parametrize(
    "typed",
    [
        "31 March 2027", "31 Mar 2027", "31st march 2027", "Wednesday, 31 March 2027",
        "March 31, 2027", "31/03/2027", "31/3/27", "31.3.2027", "2027-03-31", "2027/03/31",
        "2027-03-31 00:00:00", "31 March 2027 at 10:30 am",
    ],
)  # fmt: skip
def test_a_date_as_people_write_it(typed: str) -> None:
    assert day_of(typed) == DAY


@pytest.mark.parametrize(
    "typed",
    [
        "31 Marchy 2027", "31 Marc 2027", "Marchy 31, 2027", "Someday 31 March 2027",
        "31 March", "March 2027", "Mar 2027", "32 March 2027", "29 February 2027", "31/13/2027",
        "0/3/2027", "20270331", "46477", "2027-W13-3", "31 March 20277",
    ],
)  # fmt: skip
def test_what_is_no_date_is_refused(typed: str) -> None:
    assert day_of(typed) is None
    [line] = read(f"A; Ada Obi; {typed}")
    assert (line.problems, line.day_typed) == ((NO_SUCH_DAY % typed,), typed)


def test_what_was_meant_as_a_date_is_no_lead() -> None:
    [line] = read("A; 31 Marchy 2027")
    assert line.problems == (NO_SUCH_DAY % "31 Marchy 2027",)


def test_boundaries_of_a_date() -> None:
    began = date(2027, 1, 1)
    early, first = read("A; 31/12/2026\nB; 1/1/2027", began)
    assert early.problems == (BEFORE_SOURCE % "1 January 2027",)
    assert first.problems == ()
    assert read("A; 22/11/2026")[0].problems == ()
    assert read("x" * 160)[0].problems == ()


def test_the_same_title_twice_is_asked_about() -> None:
    first, second = read("Publish\nPUBLISH")
    assert (first.problems, second.problems) == ((), (TWICE % 1,))


def test_references_are_the_first_free_numbers() -> None:
    assert next_references(set(), 3) == ["1", "2", "3"]
    assert next_references({"2", "1.1"}, 3) == ["1", "3", "4"]
