"""Which address can stand for an organisation, which day may be said, how many reports."""

from datetime import date
from uuid import uuid4

import pytest

from commitments.enums import Ending
from commitments.leaving import ends_on, problem_with_date
from commitments.reporting import Reported, is_mailed, may_look, why_not_report
from commitments.trust import domain_of, stands_for_an_organisation

TODAY, MADE = date(2026, 5, 20), date(2026, 1, 5)


@pytest.mark.parametrize(
    ("address", "domain"),
    [
        ("Ada@Harbour.Example", "harbour.example"),
        ("ada@harbour.example.", "harbour.example"),
        ("ada@bücher.example", "xn--bcher-kva.example"),
        ("ada@BÜCHER.example", "xn--bcher-kva.example"),
        ('"a@b"@harbour.example', "harbour.example"),
        ("ada@a..b.example", ""),
        (f"ada@{'a' * 64}.example", ""),
    ],
)
def test_the_domain_of_an_address(address: str, domain: str) -> None:
    assert domain_of(address) == domain


@pytest.mark.parametrize(
    "address",
    [
        "ada@harbour.example",
        "ada@mail.harbour.org.uk",
        "ada@charity.nhs.uk",
        "ada@live.harbour.org.uk",
        "ada@outlookers.org",
        "ada@notgmail.com",
        "ada@bücher.example",
    ],
)
def test_an_address_at_work(address: str) -> None:
    assert stands_for_an_organisation(domain_of(address)) is True


@pytest.mark.parametrize(
    "address",
    [
        "ada@gmail.com",
        "ada@GMAIL.com",
        "ada@mail.gmail.com",
        "ada@yahoo.co.uk",
        "ada@yahoo.com.au",
        "ada@hotmail.fr",
        "ada@outlook.com",
        "ada@live.co.uk",
        "ada@icloud.com",
        "ada@btinternet.com",
        "ada@proton.me",
        "ada@mailinator.com",
        "ada@box.yopmail.com",
        "ada@localhost",
        "ada@printer.local",
        "ada@erased.invalid",
        "ada@[127.0.0.1]",
        "ada@127.0.0.1",
        "ada@a..b.example",
        "ada",
        "",
    ],
)
def test_an_address_that_anybody_can_have(address: str) -> None:
    assert stands_for_an_organisation(domain_of(address)) is False


@pytest.mark.parametrize(
    ("day", "problem"),
    [
        (None, "Enter the day your role ended."),
        (date(2026, 5, 21), "That day is still to come. Close the pledge once it is there."),
        (TODAY, ""),
        (MADE, ""),
        (date(2026, 1, 4), "You made this pledge after that day."),
    ],
)
def test_the_day_a_role_ended(day: date | None, problem: str) -> None:
    assert problem_with_date(day, made_on=MADE, today=TODAY) == problem


def test_a_pledge_is_withdrawn_on_the_day_it_is_said() -> None:
    assert ends_on(Ending.WITHDRAWN, MADE, today=TODAY) == TODAY
    assert ends_on(Ending.ROLE_ENDED, MADE, today=TODAY) == MADE
    assert ends_on(Ending.HANDED_OVER, None, today=TODAY) is None


@pytest.mark.parametrize(
    ("of_pledge", "in_a_day", "begins"),
    [(0, 0, ""), (19, 199, ""), (20, 20, "This pledge has been"), (0, 10_000, "")],
)
def test_how_many_reports_are_taken(of_pledge: int, in_a_day: int, begins: str) -> None:
    said = why_not_report(Reported(of_pledge, in_a_day))
    assert said.startswith(begins)
    assert bool(said) == bool(begins)


@pytest.mark.parametrize(
    ("of_pledge", "in_a_day", "expected"),
    [(0, 0, True), (0, 199, True), (0, 200, False), (1, 1, False)],
)
def test_which_reports_are_mailed(of_pledge: int, in_a_day: int, expected: bool) -> None:
    assert is_mailed(Reported(of_pledge, in_a_day)) is expected


def test_who_looks_at_a_report() -> None:
    leader, confirmer, other = uuid4(), uuid4(), uuid4()
    assert may_look(set(), leader=leader, confirmer=None) == set()
    assert may_look({leader}, leader=leader, confirmer=None) == set()
    assert may_look({confirmer}, leader=leader, confirmer=confirmer) == set()
    assert may_look({leader, confirmer, other}, leader=leader, confirmer=confirmer) == {other}
