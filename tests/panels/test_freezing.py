"""What is frozen with a lock, and whether it is still that."""

import json
from dataclasses import replace
from datetime import date

import pytest

from panels.audit import RULES_VERSION, Count, audit_line_up
from panels.entry import Typed, TypedPart, line_up
from panels.enums import Basis, GatheringKind
from panels.freezing import (
    Facts,
    ToFreeze,
    canonical,
    facts_of,
    fingerprint,
    line_up_in,
    matches,
    thresholds_in,
)
from panels.thresholds import Thresholds

PANEL = line_up(
    Typed(
        GatheringKind.PANEL,
        TypedPart(5, 2, 3, 1, 4),
        beside=TypedPart(1, 1),
        women_basis=Basis.PUBLICLY_STATED,
        told=True,
    )
)


@pytest.fixture
def facts() -> Facts:
    return facts_of(
        ToFreeze(
            gathering="11111111-1111-4111-8111-111111111111",
            kind=GatheringKind.PANEL,
            as_at=date(2026, 3, 12),
            totals={"whole": {"people": 5, "seats": 5}, "beside": 1},
            count=3,
            line_up=PANEL,
        )
    )


def test_everything_that_the_result_rests_on_is_in_it(facts: Facts) -> None:
    assert facts["thresholds"] == {"women": [1, 2], "minoritised": [1, 5]}
    assert (facts["as_at"], facts["count"], facts["format"]) == ("2026-03-12", 3, 1)
    assert facts["rules_version"] == RULES_VERSION
    assert facts["line_up"] == {"whole": {"people": 5, "seats": 5}, "beside": 1}
    assert facts["verdicts"] == [
        {"measure": "women", "part": "whole", "verdict": "not_met"},
        {"measure": "minoritised", "part": "whole", "verdict": "met"},
    ]
    assert facts["tallies"][-1] == {
        "part": "whole",
        "counted": "counted",
        "measure": "women",
        "basis": "publicly_stated",
        "definition": "women",
        "yes": 2,
        "no": 3,
        "unknown": 0,
    }


def test_the_counts_come_out_again(facts: Facts) -> None:
    again = line_up_in(json.loads(canonical(facts)))
    assert again is not None
    assert set(again.tallies) == set(PANEL.tallies)
    assert audit_line_up(again, thresholds_in(facts)) == audit_line_up(PANEL, Thresholds())


def test_seats_come_out_again() -> None:
    seats = replace(PANEL, women_seats=Count(1, 2, 3))
    found = facts_of(
        ToFreeze("x", GatheringKind.PANEL, date(2026, 3, 12), totals={}, count=1, line_up=seats)
    )
    again = line_up_in(found)
    assert again is not None
    assert again.women_seats == Count(1, 2, 3)


def test_nobody_counted() -> None:
    found = facts_of(ToFreeze("x", GatheringKind.PANEL, date(2026, 3, 12), totals={}))
    assert (found["tallies"], found["verdicts"], found["count"]) == ([], [], None)
    assert line_up_in(found) is None


def test_the_order_of_keys_changes_nothing(facts: Facts) -> None:
    turned = dict(reversed(facts.items()))
    assert canonical(turned) == canonical(facts)
    assert matches(turned, fingerprint(facts))


def test_the_smallest_change_shows(facts: Facts) -> None:
    frozen = fingerprint(facts)
    assert (len(frozen), matches(facts, frozen)) == (64, True)
    facts["tallies"][0]["yes"] += 1
    assert not matches(facts, frozen)


def test_a_known_text_has_a_known_fingerprint() -> None:
    """Written down, so that no later change can quietly alter what frozen facts come to."""
    assert canonical({"b": 1, "a": [None, "é"]}) == '{"a":[null,"\\u00e9"],"b":1}'
    assert fingerprint({"a": 1}) == (
        "015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862"
    )
