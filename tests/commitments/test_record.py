"""What a figure rests on, and the age of the evidence: every boundary."""

from datetime import date, timedelta

import pytest

from commitments.facts import LedgerFact, StepFact
from commitments.figures import of_pledges, of_steps
from commitments.record import (
    NO_RECENT_RECORD,
    NO_RECORD_YET,
    evidence_words,
    last_evidence,
    year_to,
)
from commitments.verdicts import NOTHING_SHOWN
from tests.commitments.facts import BOTH, ONE, TODAY, S, fact

# What a figure rests on


def test_a_stamp_says_what_where_from_and_by_which_rules() -> None:
    def answered(by_mail: bool) -> LedgerFact:
        step = StepFact(TODAY, by_organiser=True, by_mail=by_mail)
        return LedgerFact(TODAY, {S.ASKED: StepFact(TODAY), S.ANSWERED: step})

    theirs = [answered(by_mail) for by_mail in (True, True, False)]
    year = year_to(TODAY, [*theirs, fact(S.ASKED, S.ANSWERED)])
    assert year.answered.stamp.rows == (
        ("What is counted", "The organiser answered on or after the day of asking."),
        (
            "Where it comes from",
            "The leader’s own record: 1; Answers: 3, of which 2 came by a link emailed from here",
        ),
        ("Rules", "record-2"),
    )


def test_what_nobody_emailed_is_not_said_to_be() -> None:
    step = StepFact(TODAY, by_organiser=True)
    year = year_to(TODAY, [LedgerFact(TODAY, {S.ASKED: StepFact(TODAY), S.ANSWERED: step})])
    assert year.answered.stamp.sources == (
        "Answers: 1, of which none came by a link emailed from here"
    )
    assert year_to(TODAY, []).answered.stamp.answers == "Answers: 0"


def test_results_say_how_many_could_be_told_and_the_sources_of_what_was_shown() -> None:
    showings = [BOTH, ONE, NOTHING_SHOWN, None]
    year = year_to(TODAY, [fact(S.TOOK_PART, showing=showing) for showing in showings])
    both, one, not_shown = (f.stamp for f in (year.met_both, year.met_one, year.not_shown))
    said = "Women: whoever says so (the organiser told us): 1"
    assert both.sources.endswith(f"(each person told us): 1; {said}")
    assert one.sources == said
    assert not_shown.sources == ""
    assert {stamp.known_share for stamp in (both, one, not_shown)} == {"Counted at 3 of 4"}
    assert not_shown.rules == ("record-2", "counts-1")


def test_only_like_figures_share_a_trend() -> None:
    one, two = (year_to(TODAY, [fact(S.ASKED, S.CHANGED)]).changed for _ in range(2))
    assert one.may_share_a_trend_with(two)
    assert not one.may_share_a_trend_with(year_to(TODAY, [fact(S.ASKED)]).asked)
    theirs = of_steps("changed", [StepFact(TODAY, by_organiser=True)], out_of=1)
    assert not one.may_share_a_trend_with(theirs)
    assert one.may_share_a_trend_with(of_steps("changed", [], out_of=0))


def test_people_who_followed() -> None:
    figure = of_pledges(7)
    assert (figure.count, figure.denominator) == (7, "as their own pledges say")


# The age of the evidence


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


@pytest.mark.parametrize(
    ("found", "newest"),
    [
        ([None, None], None),
        ([date(2026, 3, 1), None, date(2026, 4, 1)], date(2026, 4, 1)),
        ([date(2026, 3, 1), TODAY], TODAY),
        ([date(2026, 3, 1), TODAY + timedelta(days=1)], date(2026, 3, 1)),
    ],
)
def test_the_newest_evidence_that_has_come(found: list[date | None], newest: date | None) -> None:
    assert last_evidence(found, today=TODAY) == newest


@pytest.mark.parametrize(
    ("since", "first", "is_short", "counted"),
    [
        (date(2024, 1, 1), date(2025, 5, 21), False, 3),
        (date(2025, 5, 21), date(2025, 5, 21), False, 3),
        (date(2025, 5, 22), date(2025, 5, 22), True, 2),
        (date(2026, 5, 20), date(2026, 5, 20), True, 1),
        (date(2026, 5, 21), date(2026, 5, 20), True, 0),
    ],
)
def test_a_year_begins_with_the_pledge(
    since: date, first: date, is_short: bool, counted: int
) -> None:
    days = [date(2025, 5, 20), date(2025, 5, 21), date(2026, 1, 2), date(2026, 5, 20)]
    year = year_to(date(2026, 5, 20), [LedgerFact(day) for day in days], since=since)
    assert (year.first, year.is_short, year.invitations.count) == (first, is_short, counted)
