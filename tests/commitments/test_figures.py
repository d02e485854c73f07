"""The year's figures: every boundary."""

from datetime import date, timedelta
from itertools import pairwise

import pytest

from commitments.enums import InvitationKind
from commitments.facts import LedgerFact, StepFact
from commitments.figures import RULES_VERSION
from commitments.record import first_day, year_to, years_back
from tests.commitments.facts import BOTH, ONE, TODAY, S, counts, fact


def test_an_empty_ledger_is_nothing_out_of_nothing() -> None:
    year = year_to(TODAY, [])
    assert {(f.count, f.out_of) for f in year.every_figure} == {(0, 0)}
    assert year.is_empty


def test_each_figure_has_its_own_denominator() -> None:
    year = year_to(
        TODAY,
        [
            fact(),
            fact(S.ASKED, S.ANSWERED, S.CHANGED, S.TOOK_PART, showing=BOTH),
            fact(S.ASKED, S.TOOK_PART, S.STEPPED_BACK, showing=ONE),
            fact(S.TOOK_PART),
            fact(S.ASKED, S.DECLINED),
            fact(S.ASKED, S.CHANGED, S.STEPPED_ASIDE),
            fact(S.ACCEPTED),
            fact(S.ASKED, S.CHANGED, kind=InvitationKind.CONVERSATION),
        ],
    )
    assert {f.key: (f.count, f.denominator) for f in year.every_figure} == {
        "changed": (3, "of 5 line-ups asked about"),
        "invitations": (7, "invitations"),
        "asked": (4, "of 7 invitations"),
        "answered": (1, "of 5 line-ups asked about"),
        "took_part": (3, "of 7 invitations"),
        "met_both": (1, "of 3 taken part in"),
        "met_one": (1, "of 3 taken part in"),
        "not_shown": (1, "of 3 taken part in"),
        "stepped_aside": (1, "of 7 invitations"),
        "stepped_back": (1, "of 7 invitations"),
        "put_forward": (0, "for 0 line-ups"),
        "declined": (1, "of 7 invitations"),
    }
    assert year.headline == year.changed
    assert all(RULES_VERSION in figure.stamp.rules for figure in year.every_figure)
    assert RULES_VERSION == "record-2"


def test_one_of_one_is_singular() -> None:
    year = year_to(TODAY, [fact(S.ASKED)])
    assert year.asked.denominator == "of 1 invitation"
    assert year.changed.denominator == "of 1 line-up asked about"


def test_people_put_forward_are_a_sum() -> None:
    three = LedgerFact(TODAY, {S.PUT_FORWARD: StepFact(TODAY, number=3)})
    year = year_to(TODAY, [three, fact(S.PUT_FORWARD), fact()])
    assert (year.put_forward.count, year.put_forward.denominator) == (4, "for 2 line-ups")


@pytest.mark.parametrize(
    ("asked", "changed", "held_on", "kind", "counted"),
    [
        (date(2026, 3, 2), date(2026, 3, 1), None, "invited", 0),
        (date(2026, 3, 2), date(2026, 3, 2), None, "invited", 1),
        (date(2026, 3, 2), date(2026, 4, 1), date(2026, 4, 1), "invited", 1),
        (date(2026, 3, 2), date(2026, 4, 2), date(2026, 4, 1), "invited", 0),
        (date(2026, 3, 2), date(2026, 4, 2), date(2026, 4, 1), "hosting", 0),
        (date(2026, 3, 2), date(2026, 4, 2), date(2026, 4, 1), "seat", 1),
        (date(2026, 4, 2), date(2026, 4, 2), date(2026, 4, 1), "invited", 0),
        (date(2026, 3, 2), TODAY, None, "invited", 1),
        (date(2026, 3, 2), TODAY + timedelta(days=1), None, "invited", 0),
        (None, date(2026, 3, 2), None, "invited", 0),
    ],
)
def test_a_change_counts_between_asking_and_the_event(
    asked: date | None, changed: date, held_on: date | None, kind: str, counted: int
) -> None:
    days = {"changed": changed} | ({"asked": asked} if asked else {})
    one = fact(held_on=held_on, kind=InvitationKind(kind), received_on=date(2026, 3, 1), **days)
    assert counts(one)["changed"] == (counted, 1 if asked else 0)


def test_an_answer_before_asking_is_not_one() -> None:
    early = fact(asked=date(2026, 5, 3), answered=date(2026, 5, 2))
    assert counts(early)["answered"] == (0, 1)


@pytest.mark.parametrize(
    ("taken", "ending"),
    [
        ({"declined": 1, "took_part": 3}, S.TOOK_PART),
        ({"took_part": 1, "declined": 3}, S.TOOK_PART),
        ({"declined": 1, "stepped_aside": 3}, S.STEPPED_ASIDE),
        ({"stepped_aside": 1, "declined": 3}, S.DECLINED),
        ({"declined": 1, "withdrew": 3}, S.WITHDREW),
        ({"accepted": 3}, None),
    ],
)
def test_an_entry_ends_once(taken: dict[str, int], ending: S | None) -> None:
    one = fact(
        received_on=date(2026, 4, 1),
        **{state: date(2026, 5, day) for state, day in taken.items()},
    )
    ends = ("took_part", "declined", "stepped_aside")
    found = counts(one)
    assert [key for key in ends if found[key][0]] == [key for key in ends if key == ending]


def test_nobody_took_part_in_what_is_still_to_come() -> None:
    ahead = fact(S.TOOK_PART, held_on=TODAY + timedelta(days=1))
    assert counts(ahead)["took_part"] == (0, 1)
    assert counts(fact(S.TOOK_PART, held_on=TODAY))["took_part"] == (1, 1)


@pytest.mark.parametrize("state", list(S))
def test_a_step_of_tomorrow_counts_nowhere(state: S) -> None:
    ahead = fact(state, on=TODAY + timedelta(days=1))
    assert counts(ahead) == counts(fact())


@pytest.mark.parametrize(
    ("received_on", "counted"),
    [
        (date(2025, 5, 20), 0),
        (date(2025, 5, 21), 1),
        (date(2026, 5, 20), 1),
        (date(2026, 5, 21), 0),
    ],
)
def test_a_year_is_the_twelve_months_up_to_its_last_day(received_on: date, counted: int) -> None:
    assert counts(fact(received_on=received_on))["invitations"] == (counted, counted)


def test_what_came_of_an_invitation_later_counts_in_its_own_year() -> None:
    one = fact(S.ASKED, S.CHANGED, received_on=date(2025, 5, 1))
    earlier = year_to(date(2025, 5, 20), [one], today=TODAY)
    assert (earlier.changed.count, earlier.changed.out_of) == (1, 1)
    assert year_to(TODAY, [one]).is_empty


@pytest.mark.parametrize("today", [TODAY, date(2028, 2, 29), date(2028, 2, 28), date(2027, 3, 1)])
def test_every_day_is_in_exactly_one_year(today: date) -> None:
    years = years_back(today, since=date(2019, 2, 1))
    assert years[0] == today
    assert [first_day(later) - timedelta(days=1) for later, _ in pairwise(years)] == years[1:]
    assert first_day(years[-1]) <= date(2019, 2, 1) < first_day(years[-2])


def test_there_is_one_year_where_all_lies_within_it() -> None:
    assert years_back(TODAY, since=date(2025, 5, 21)) == [TODAY]
    assert years_back(TODAY, since=date(2025, 5, 20)) == [TODAY, date(2025, 5, 20)]
