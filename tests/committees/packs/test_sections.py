"""From facts to content: what stands where, and from which day."""

import json
from dataclasses import replace

import pytest

from committees.pack_facts import Advised, Facts
from committees.pack_seal import canonical, fingerprint, matches
from committees.pack_sections import before_of, content_of
from recommendations.enums import State
from tests.committees.packs.facts import (
    ABOUT,
    TODAY,
    before,
    days,
    heading,
    plain_facts,
    some_facts,
    step,
    work,
)

ORDER = [
    "closures",
    "extensions",
    "responses",
    "newly_overdue",
    "long_overdue",
    "still_overdue",
    "slipped",
    "silent",
    "completed",
    "advice",
    "ownerless",
    "objections",
    "missed",
    "decided",
    "moved",
    "reopened",
]


def ids(facts: Facts, key: str) -> list[str]:
    content = content_of(facts)
    return [
        row["id"]
        for section in content["sections"]
        if section["key"] == key
        for row in section["rows"]
    ]


def figures(facts: Facts) -> dict[str, str]:
    return {total["label"]: total["figure"] for total in content_of(facts)["totals"]}


def test_sections_stand_in_order_and_each_has_its_line() -> None:
    content = content_of(some_facts())
    assert [section["key"] for section in content["sections"]] == ORDER
    assert {section["key"]: len(section["rows"]) for section in content["sections"]} == {
        **dict.fromkeys(ORDER, 1),
        "advice": 2,
    }


def test_nothing_is_one_line_each() -> None:
    content = content_of(plain_facts())
    assert all(section["nothing"] and not section["rows"] for section in content["sections"])


@pytest.mark.parametrize(("ago", "found"), [(0, []), (1, ["a1"])])
def test_due_today_is_not_overdue(ago: int, found: list[str]) -> None:
    assert ids(plain_facts(work=(work(step(target=days(-ago))),)), "newly_overdue") == found


@pytest.mark.parametrize(
    ("ago", "key"), [(29, "still_overdue"), (30, "long_overdue"), (31, "long_overdue")]
)
def test_what_stood_in_the_last_pack_is_not_new(ago: int, key: str) -> None:
    facts = plain_facts(
        before=before(overdue=frozenset({"a1"})), work=(work(step(target=days(-ago))),)
    )
    assert [name for name in ORDER[3:6] if ids(facts, name)] == [key]


def test_without_a_last_pack_all_is_new() -> None:
    facts = plain_facts(work=(work(step(target=days(-90))),))
    assert [name for name in ORDER[3:6] if ids(facts, name)] == ["newly_overdue"]


@pytest.mark.parametrize("quiet", [{"needs_work": False}, {"steps": ()}])
def test_what_needs_no_work_is_not_late_slipped_or_ownerless(quiet: dict) -> None:
    late = step(target=days(-9), original=days(-20), has_lead=False, lead="")
    facts = plain_facts(work=(replace(work(late), **quiet),))
    assert [key for key in ORDER if ids(facts, key)] == []


def test_what_is_shown_is_not_late_slipped_or_ownerless() -> None:
    done = step(target=days(-9), original=days(-20), has_lead=False, is_proven=True)
    assert [key for key in ORDER if ids(plain_facts(work=(work(done),)), key)] == []


@pytest.mark.parametrize(("later", "found"), [(-1, []), (0, []), (1, ["a1"])])
def test_slipped_is_later_than_first_agreed(later: int, found: list[str]) -> None:
    facts = plain_facts(work=(work(step(original=days(9), target=days(9 + later))),))
    assert ids(facts, "slipped") == found


def test_unanswered_advice_of_the_last_pack_is_on_top() -> None:
    told = tuple(Advised(pk, "A1", "Ask", "Group", days(-5)) for pk in ("v1", "v2", "v3"))
    facts = plain_facts(before=before(advice=frozenset({"v3"})), advice=told)
    assert ids(facts, "advice") == ["v3", "v1", "v2"]


def test_a_lead_who_has_left_is_named_as_such() -> None:
    rows = content_of(plain_facts(work=(work(step(has_lead=False)),)))["sections"][10]["rows"]
    assert [row["who"] for row in rows] == ["Lena Lead, who has left"]


def test_activity_alone_is_counted_apart_from_outcomes() -> None:
    done = {"state": State.CLOSED_IMPLEMENTED, "needs_work": False}
    facts = plain_facts(
        work=(
            work(**done),
            work(**done, is_activity_only=True),
            work(state=State.CLOSED_SUPERSEDED, needs_work=False),
            work(step(), step(is_proven=True), is_overdue=True),
            work(is_finding=True, **done),
        )
    )
    assert figures(facts) == {
        "Implemented, with an outcome": "1 of 4 recommendations",
        "Implemented, activity only so far": "1 of 4 recommendations",
        "Closed without being implemented": "1 of 4 recommendations",
        "Proposed for closure": "0 of 4 recommendations",
        "Overdue": "1 of 1 open recommendations",
        "Silent": "0 of 1 open recommendations",
        "Shown to be done": "1 of 2 actions",
        "Findings implemented, with an outcome": "1 of 1",
    }


def test_the_next_pack_knows_what_stood_in_this_one() -> None:
    content, at = content_of(some_facts()), heading().frozen_at
    found = before_of(content, frozen_at=at)
    assert (found.number, found.meeting_on, found.frozen_at) == (3, days(7), at)
    assert (found.overdue, found.advice) == ({"a1", "a2", "a3"}, {"v1", "v2"})


def test_the_seal_is_of_canonical_json_in_utf_8() -> None:
    assert canonical({"b": 1, "a": "Ọlá"}) == '{"a":"Ọlá","b":1}'.encode()
    content = content_of(some_facts())
    seal = fingerprint(content)
    assert matches(json.loads(json.dumps(content)), seal)
    content["sections"][0]["rows"][0]["why"] += " "
    assert not matches(content, seal)


def test_dates_are_those_of_london() -> None:
    summer = replace(heading(), frozen_at=heading().frozen_at.replace(month=6, day=30, hour=23))
    assert content_of(Facts(summer, TODAY))["cut_off"] == "1 July 2026, 00:30"


def test_nothing_names_the_subject_twice() -> None:
    row = content_of(some_facts())["sections"][0]["rows"][0]
    assert (row["recommendation"], row["reference"], row["title"]) == (
        ABOUT.id,
        ABOUT.reference,
        ABOUT.title,
    )
