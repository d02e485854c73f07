"""The year's figures, the age of the evidence: every boundary, and a second opinion on each."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commitments.enums import InvitationKind, InvitationState, Shown
from commitments.facts import LedgerFact, StepFact
from commitments.figures import RULES_VERSION, of_pledges, of_steps
from commitments.record import (
    NO_RECENT_RECORD,
    NO_RECORD_YET,
    evidence_words,
    first_day,
    last_evidence,
    year_to,
    years_back,
)
from commitments.verdicts import NOTHING_SHOWN, Showing
from panels.audit import Stamp
from panels.enums import Basis, Definition

TODAY = date(2026, 5, 20)
S = InvitationState
WOMEN = Stamp(Definition.WOMEN, Basis.ORGANISER_STATED, 5, 5)
MINORITISED = Stamp(Definition.MINORITISED_SELF_DEFINED, Basis.SELF_DECLARED, 5, 5)
BOTH, ONE = Showing(WOMEN, MINORITISED), Showing(WOMEN, None)


def fact(
    *states: S,
    received_on: date = TODAY,
    on: date = TODAY,
    kind: InvitationKind = InvitationKind.INVITED,
    held_on: date | None = None,
    showing: Showing | None = None,
    **days: date,
) -> LedgerFact:
    """Steps on `on`, or on a day of their own: `asked=date(…)`."""
    steps = {state: StepFact(on) for state in states}
    steps |= {S(name): StepFact(day) for name, day in days.items()}
    return LedgerFact(received_on, steps, kind, held_on, showing)


def counts(*facts: LedgerFact, last: date = TODAY) -> dict[str, tuple[int, int]]:
    return {f.key: (f.count, f.out_of) for f in year_to(last, facts).every_figure}


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
        "invitations": (7, "of 7 invitations"),
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
    assert year.rules_version == RULES_VERSION == "record-2"


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


# A second opinion

days = st.dates(date(2025, 4, 1), date(2026, 6, 30))
steps = st.dictionaries(
    st.sampled_from(S),
    st.builds(StepFact, days, st.booleans(), st.none() | st.integers(1, 99)),
)
entries = st.builds(
    LedgerFact,
    days,
    steps,
    st.sampled_from(InvitationKind),
    st.none() | days,
    st.sampled_from([None, NOTHING_SHOWN, ONE, BOTH]),
)
ledgers = st.lists(entries, max_size=12)


PLAIN = (
    "changed", "invitations", "asked", "answered", "took_part", "stepped_aside", "stepped_back",
    "declined",
)  # fmt: skip


def reference(ledger: list[LedgerFact]) -> dict[str, tuple[int, int]]:
    """The same by going through the entries one at a time, in the plainest words there are."""
    n: Counter[str] = Counter()
    for e in ledger:
        if not date(2025, 5, 21) <= e.received_on <= TODAY:
            continue
        on = {state: step.on for state, step in e.steps.items() if step.on <= TODAY}
        talk = e.kind == InvitationKind.CONVERSATION
        n["invitations"] += not talk
        if S.PUT_FORWARD in on:
            n["line_ups"] += 1
            n["people"] += e.steps[S.PUT_FORWARD].number or 1
        if S.ASKED in on:
            n["about"] += 1
            n["asked"] += not talk
            n["answered"] += S.ANSWERED in on and on[S.ANSWERED] >= on[S.ASKED]
            if S.CHANGED in on and on[S.CHANGED] >= on[S.ASKED]:
                late = e.held_on is not None and on[S.CHANGED] > e.held_on
                n["changed"] += not late or e.kind == InvitationKind.SEAT
        if talk:
            continue
        n["stepped_back"] += S.STEPPED_BACK in on
        if S.TOOK_PART in on and (e.held_on is None or e.held_on <= TODAY):
            n["took_part"] += 1
            shown = e.showing.shown if e.showing else Shown.NOT_SHOWN
            n[shown.value] += 1
            continue
        left = [(on[s], s) for s in (S.STEPPED_ASIDE, S.DECLINED, S.WITHDREW) if s in on]
        if left and max(left)[1] != S.WITHDREW:
            n[max(left)[1].value] += 1
    of = {"changed": "about", "answered": "about"}
    parts = {"met_both": "both", "met_one": "one", "not_shown": "not_shown"}
    found = {key: (n[key], n[of.get(key, "invitations")]) for key in PLAIN}
    found |= {key: (n[name], n["took_part"]) for key, name in parts.items()}
    return found | {"put_forward": (n["people"], n["line_ups"])}


@given(ledgers)
def test_the_year_says_what_a_plain_count_says(ledger: list[LedgerFact]) -> None:
    assert counts(*ledger) == reference(ledger)


@given(ledgers)
def test_no_count_exceeds_what_it_is_out_of(ledger: list[LedgerFact]) -> None:
    found = counts(*ledger)
    people, line_ups = found.pop("put_forward")
    assert people >= line_ups
    assert all(0 <= count <= out_of for count, out_of in found.values())
    shown = sum(found[key][0] for key in ("met_both", "met_one", "not_shown"))
    assert shown == found["took_part"][0]
    ended = sum(found[key][0] for key in ("took_part", "declined", "stepped_aside"))
    assert ended <= found["invitations"][0]


@given(ledgers, st.randoms(use_true_random=False))
def test_the_order_of_entries_does_not_matter(ledger: list[LedgerFact], random: Random) -> None:
    shuffled = list(ledger)
    random.shuffle(shuffled)
    assert year_to(TODAY, shuffled) == year_to(TODAY, ledger)


@given(ledgers, entries, days)
def test_asking_never_lowers_how_often_one_asked(
    ledger: list[LedgerFact], entry: LedgerFact, on: date
) -> None:
    without = {state: step for state, step in entry.steps.items() if state != S.ASKED}

    def with_steps(taken: dict[S, StepFact]) -> dict[str, tuple[int, int]]:
        changed = LedgerFact(entry.received_on, taken, entry.kind, entry.held_on, entry.showing)
        return counts(*ledger, changed)

    before, after = with_steps(without), with_steps(without | {S.ASKED: StepFact(on)})
    assert all(before[key][0] <= after[key][0] for key in before)


@given(ledgers, entries)
def test_one_more_entry_lowers_no_count(ledger: list[LedgerFact], entry: LedgerFact) -> None:
    before, after = counts(*ledger), counts(*ledger, entry)
    assert all(before[key][0] <= after[key][0] for key in before)


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
