"""What the record suggests for a check-in, and what it leaves to the leader."""

from datetime import date
from typing import Any

import pytest

from commitments.catalogue_file import load_catalogue
from commitments.enums import InvitationKind, InvitationState, Kept
from commitments.facts import LedgerFact, StepFact
from commitments.prefill import OtherCounts, PeriodFacts, Suggestion, facts_of, suggest
from commitments.verdicts import NOTHING_SHOWN

FIRST, OPENS, TODAY = date(2026, 4, 1), date(2026, 5, 1), date(2026, 5, 3)
KEYS = [promise.key for entry in load_catalogue() for promise in entry.promises]


def entry(received: date, *, kind: Any = InvitationKind.INVITED, **steps: date) -> LedgerFact:
    taken = {InvitationState(name): StepFact(on) for name, on in steps.items()}
    return LedgerFact(received, taken, kind, showing=None)


def facts(*entries: LedgerFact) -> PeriodFacts:
    return facts_of(entries, OtherCounts(), first=FIRST, opens_on=OPENS, today=TODAY)


def said(key: str, **counts: int) -> Suggestion:
    return suggest(PeriodFacts(**counts), key=key, as_worded=True)


@pytest.mark.parametrize("key", [*KEYS, "", "unheard_of"])
def test_an_empty_record_suggests_nothing(key: str) -> None:
    assert said(key) == Suggestion(None, "")


@pytest.mark.parametrize(
    ("asked", "kept"), [(0, Kept.NOT_THIS_TIME), (1, Kept.PARTLY), (2, Kept.PARTLY), (3, Kept.KEPT)]
)
def test_asking_every_time(asked: int, kept: Kept) -> None:
    assert said("keep_asking", line_ups=3, asked=asked) == Suggestion(
        kept, f"Asked about {asked} of 3 line-ups."
    )


def test_a_changed_line_up_is_evidence() -> None:
    assert said("keep_asking", line_ups=1, asked=1, changed=1) == Suggestion(
        Kept.KEPT, "Asked about 1 of 1 line-up; 1 line-up changed."
    )


@pytest.mark.parametrize(("shown", "kept"), [(0, None), (1, Kept.PARTLY), (2, Kept.KEPT)])
def test_not_shown_to_meet_is_no_broken_promise(shown: int, kept: Kept | None) -> None:
    assert said("balanced_panels", took_part=2, shown=shown) == Suggestion(
        kept, f"Took part in 2 line-ups; {shown} shown to meet both numbers."
    )


def test_stepping_aside_may_have_many_reasons() -> None:
    assert said("balanced_panels", stepped_aside=2) == Suggestion(
        None, "Stepped aside for others 2 times."
    )


@pytest.mark.parametrize(
    ("key", "counts", "suggestion"),
    [
        ("inclusive_groups", {"seats": 2, "seats_asked": 2}, (None, "Asked about 2 of 2 seats.")),
        ("every_stage", {"took_part": 1, "shown": 1}, (None, "Took part in 1 line-up.")),
        (
            "whole_organisation",
            {"colleagues": 1},
            (None, "1 person in your organisation made the pledge."),
        ),
        ("encourage_others", {"encouraged": 3}, (Kept.KEPT, "Asked 3 people to make the pledge.")),
        ("talk_to_organisers", {"asked": 2}, (None, "")),
        ("talk_to_organisers", {"asked_now": 1}, (Kept.KEPT, "Asked about 1 line-up.")),
        ("talk_to_organisers", {"conversations": 1}, (Kept.KEPT, "1 talk with organisers.")),
        ("remove_barriers", {"letters": 2}, (None, "Sent 2 letters to organisers.")),
        (
            "remove_barriers",
            {"letters": 2, "barriers_answered": 1},
            (
                Kept.KEPT,
                "Sent 2 letters to organisers; 1 organiser said what is done about barriers.",
            ),
        ),
    ],
)
def test_what_a_rule_can_and_cannot_know(
    key: str, counts: dict[str, int], suggestion: tuple[Kept | None, str]
) -> None:
    assert said(key, **counts) == Suggestion(*suggestion)


@pytest.mark.parametrize("key", KEYS)
def test_a_promise_in_ones_own_words_is_for_the_leader_to_judge(key: str) -> None:
    everything = PeriodFacts(**dict.fromkeys(PeriodFacts.__dataclass_fields__, 2))
    as_worded = suggest(everything, key=key, as_worded=True)
    assert suggest(everything, key=key, as_worded=False) == Suggestion(None, as_worded.evidence)


def test_what_came_in_or_moved_on_in_the_period_counts() -> None:
    found = facts(
        entry(date(2026, 3, 31)),
        entry(date(2026, 4, 1)),
        entry(date(2026, 4, 30), asked=date(2026, 5, 2)),
        entry(date(2026, 5, 1)),
        entry(date(2026, 2, 1), asked=date(2026, 2, 2), changed=date(2026, 4, 9)),
    )
    assert (found.line_ups, found.asked, found.asked_now, found.changed) == (3, 2, 0, 1)


def test_a_talk_is_no_line_up_and_a_seat_is() -> None:
    found = facts(
        entry(FIRST, kind=InvitationKind.CONVERSATION),
        entry(FIRST, kind=InvitationKind.SEAT, asked=FIRST),
        entry(FIRST, kind=InvitationKind.SEAT),
    )
    assert (found.conversations, found.line_ups, found.seats, found.seats_asked) == (1, 2, 2, 1)


def test_what_was_done_counts_on_its_day() -> None:
    found = facts(
        entry(date(2026, 3, 1), took_part=date(2026, 4, 30)),
        entry(date(2026, 3, 1), took_part=date(2026, 5, 1)),
        entry(date(2026, 4, 2), stepped_aside=date(2026, 4, 3)),
    )
    assert (found.took_part, found.shown, found.stepped_aside) == (1, 0, 1)


def test_nothing_shown_is_not_shown() -> None:
    taken = {InvitationState.TOOK_PART: StepFact(FIRST)}
    assert facts(LedgerFact(FIRST, taken, showing=NOTHING_SHOWN)).shown == 0
