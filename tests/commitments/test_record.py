"""The year's figures, the age of the evidence: every boundary."""

from datetime import date

import pytest

from commitments.enums import InvitationState
from commitments.record import (
    NO_RECENT_RECORD,
    NO_RECORD_YET,
    LedgerFact,
    evidence_words,
    last_evidence,
    year_to,
)

TODAY = date(2026, 5, 20)


def fact(
    state: InvitationState = InvitationState.RECEIVED,
    received_on: date = TODAY,
    asked_on: date | None = None,
    lineup_changed: bool = False,
    held_on: date | None = None,
) -> LedgerFact:
    return LedgerFact(state, received_on, asked_on, lineup_changed, held_on)


def test_an_empty_ledger_is_nothing_out_of_nothing() -> None:
    year = year_to(TODAY, [])
    assert [(f.count, f.out_of) for f in year.figures] == [(0, 0)] * 5
    assert year.invitations.count == 0


def test_each_figure_has_its_own_denominator() -> None:
    year = year_to(
        TODAY,
        [
            fact(),
            fact(InvitationState.TOOK_PART, asked_on=TODAY, lineup_changed=True),
            fact(InvitationState.DECLINED, asked_on=TODAY),
            fact(InvitationState.STEPPED_ASIDE, asked_on=TODAY, lineup_changed=True),
            fact(InvitationState.ACCEPTED),
        ],
    )
    assert {f.key: (f.count, f.denominator) for f in year.figures} == {
        "changed": (2, "of 3 line-ups asked about"),
        "asked": (3, "of 5 invitations"),
        "took_part": (1, "of 5 invitations"),
        "declined": (1, "of 5 invitations"),
        "stepped_aside": (1, "of 5 invitations"),
    }
    assert year.rules_version == "record-1"


def test_one_of_one_is_singular() -> None:
    year = year_to(TODAY, [fact(asked_on=TODAY)])
    assert year.asked.denominator == "of 1 invitation"
    assert year.changed.denominator == "of 1 line-up asked about"


def test_a_change_nobody_asked_for_is_not_counted() -> None:
    assert year_to(TODAY, [fact(lineup_changed=True)]).changed.count == 0


@pytest.mark.parametrize(
    ("received_on", "counted"),
    [
        (date(2025, 5, 20), 0),
        (date(2025, 5, 21), 1),
        (date(2026, 5, 20), 1),
        (date(2026, 5, 21), 0),
    ],
)
def test_a_year_is_the_twelve_months_up_to_today(received_on: date, counted: int) -> None:
    assert year_to(TODAY, [fact(received_on=received_on)]).invitations.count == counted


@pytest.mark.parametrize(
    ("last", "words"),
    [
        (date(2026, 5, 20), "last evidence this week"),
        (date(2026, 5, 14), "last evidence this week"),
        (date(2026, 5, 13), "last evidence 1 week ago"),
        (date(2026, 5, 7), "last evidence 1 week ago"),
        (date(2026, 5, 6), "last evidence 2 weeks ago"),
        (date(2025, 5, 21), "last evidence 52 weeks ago"),
        (date(2025, 5, 20), NO_RECENT_RECORD),
    ],
)
def test_evidence_ages_and_lapses_at_twelve_months(last: date, words: str) -> None:
    assert evidence_words(last=last, made_on=date(2020, 1, 1), today=TODAY) == words


@pytest.mark.parametrize(
    ("made_on", "words"),
    [(date(2025, 5, 21), NO_RECORD_YET), (date(2025, 5, 20), NO_RECENT_RECORD)],
)
def test_without_evidence_the_day_it_was_made_counts(made_on: date, words: str) -> None:
    assert evidence_words(last=None, made_on=made_on, today=TODAY) == words


def test_the_newest_of_all_evidence_counts() -> None:
    facts = [
        fact(asked_on=date(2026, 3, 1)),
        fact(InvitationState.TOOK_PART, held_on=date(2026, 4, 1)),
    ]
    assert last_evidence(facts, spoke_on=date(2026, 2, 1), today=TODAY) == date(2026, 4, 1)


def test_what_merely_came_in_or_lies_ahead_is_no_evidence() -> None:
    facts = [
        fact(received_on=date(2026, 5, 1), held_on=date(2026, 5, 2)),
        fact(InvitationState.TOOK_PART, held_on=date(2026, 5, 21)),
    ]
    assert last_evidence(facts, spoke_on=None, today=TODAY) is None
