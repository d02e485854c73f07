"""The days of a workshop that repeats, and how much may be sent to strangers. Rules alone."""

from datetime import date, timedelta

import pytest

from commitments.mail_limits import MOST_A_DAY, Asked, leads_elsewhere, refusal
from commitments.workshops import MOST, days, problems
from ui.dates import TOO_FAR

TODAY = date(2026, 5, 20)
ONCE = {"every_weeks": None, "times": None}


def test_once_is_one_day() -> None:
    assert days(TODAY) == [TODAY]
    assert days(TODAY, every_weeks=None, times=1) == [TODAY]


def test_it_repeats_by_weeks() -> None:
    assert days(date(2026, 12, 21), every_weeks=2, times=3) == [
        date(2026, 12, 21),
        date(2027, 1, 4),
        date(2027, 1, 18),
    ]


def test_it_repeats_52_times_at_most() -> None:
    assert problems(TODAY, every_weeks=1, times=MOST, today=TODAY) == {}
    assert len(days(TODAY, every_weeks=1, times=MOST)) == 52
    too_often = {"times": "Choose a number from 1 to 52."}
    assert problems(TODAY, every_weeks=1, times=MOST + 1, today=TODAY) == too_often
    assert problems(TODAY, every_weeks=1, times=0, today=TODAY) == too_often


@pytest.mark.parametrize("every", [0, -1, 53])
def test_weeks_between_have_bounds(every: int) -> None:
    found = problems(TODAY, every_weeks=every, times=2, today=TODAY)
    assert found == {"every_weeks": "Choose a number from 1 to 52."}


def test_half_a_rule_is_asked_for_its_other_half() -> None:
    assert problems(TODAY, every_weeks=None, times=2, today=TODAY) == {
        "every_weeks": "Say how many weeks lie between two of them."
    }
    assert problems(TODAY, every_weeks=2, times=None, today=TODAY) == {
        "times": "Say how many times in all."
    }
    assert problems(TODAY, every_weeks=None, times=1, today=TODAY) == {}


def test_dates_are_within_ten_years() -> None:
    last = date(2036, 5, 20)
    assert problems(last, **ONCE, today=TODAY) == {}
    assert problems(last + timedelta(days=1), **ONCE, today=TODAY) == {"held_on": TOO_FAR}
    assert problems(last, every_weeks=1, times=2, today=TODAY) == {"times": TOO_FAR}
    assert problems(date(2016, 5, 19), **ONCE, today=TODAY) == {"held_on": TOO_FAR}
    assert problems(TODAY, every_weeks=52, times=52, today=TODAY) == {"times": TOO_FAR}


def test_the_end_of_the_calendar_is_no_error() -> None:
    assert problems(date.max, **ONCE, today=TODAY) == {"held_on": TOO_FAR}
    assert problems(date.max, every_weeks=1, times=2, today=TODAY) == {"held_on": TOO_FAR}


def asked(**facts: int) -> Asked:
    return Asked(**({"by_person": 0, "to_address": 0, "refuses": False} | facts))


def test_limits() -> None:
    assert refusal(asked(by_person=MOST_A_DAY - 1)) == ""
    assert refusal(asked(by_person=MOST_A_DAY)) == (
        "You have asked 20 people in a day. Ask more tomorrow."
    )
    assert refusal(asked(to_address=1)) == (
        "This address was asked less than an hour ago. Wait a little."
    )
    assert refusal(asked(refuses=True, by_person=MOST_A_DAY)) == (
        "Whoever reads this address asked not to get these emails. Talk to them instead."
    )


@pytest.mark.parametrize(
    "text",
    [
        "see https://evil.example",
        "WWW.evil",
        "evil.example/x",
        "a@b.example",
        "go to bit.ly now",
        "приз.рф",
        "भारत.भारत",
        "ev\u00adil.ex\u200bample",
        "evil．com",
        "evil。com",
        "ｅｖｉｌ.ｃｏｍ",
        "evil.xn--p1ai",
        "185.12.13.14/win",
        "Chair, t.co",
    ],
)
def test_words_that_lead_elsewhere(text: str) -> None:
    assert leads_elsewhere(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "See you at 3.30 pm, e.g. on Monday.",
        "Olá. Ọlá! Ph.D. … and so on",
        "1.7",
        "Dr. Okafor",
        "St. Mary's",
        "10.30am",
        "The U.K. and the U.S.",
        "It is late.\nWe go.",
        "我们来了。你们好。",
    ],
)
def test_words_that_lead_nowhere(text: str) -> None:
    assert not leads_elsewhere(text)
