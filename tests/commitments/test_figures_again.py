"""A second opinion on the year's figures."""

from collections import Counter
from datetime import date
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from commitments.enums import InvitationKind, Shown
from commitments.facts import LedgerFact, StepFact
from commitments.record import year_to
from commitments.verdicts import NOTHING_SHOWN
from tests.commitments.facts import BOTH, ONE, TODAY, S, counts

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
