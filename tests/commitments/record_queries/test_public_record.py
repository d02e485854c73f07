"""The record as everybody reads it: what counts, what does not, and what it costs."""

from datetime import date
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from commitments.enums import Kept, PledgeState
from commitments.models import Pledge, Reflection, Step, Wording
from commitments.queries import record_of
from organisations.models import Organisation
from panels.enums import GatheringKind
from tests.commitments.record_queries.conftest import TODAY, S, at, entry
from tests.factories.commitments import CheckInFactory, PledgeFactory
from tests.factories.panels import GatheringFactory, enter_count, numbers


def counts(pledge: Pledge, **more: Any) -> dict[str, tuple[int, int]]:
    found = record_of(pledge, today=TODAY, **more).year.every_figure
    return {figure.key: (figure.count, figure.out_of) for figure in found}


def test_the_record_counts_this_pledges_ledger_alone(kept: Pledge, foreign: Pledge) -> None:
    entry(kept, S.ASKED, S.CHANGED)
    entry(foreign, S.ASKED)
    record = record_of(kept, today=TODAY)
    assert (record.year.changed.count, record.year.changed.out_of) == (1, 1)
    assert record.evidence == "last evidence 2 weeks ago"


def test_steps_count_whatever_the_state_says_now(kept: Pledge) -> None:
    entry(kept, S.ASKED, S.ANSWERED, S.CHANGED, S.PUT_FORWARD, S.STEPPED_BACK, S.TOOK_PART)
    found = counts(kept)
    taken = ("asked", "answered", "changed", "put_forward", "stepped_back", "took_part")
    assert {key: found[key] for key in taken} == dict.fromkeys(taken, (1, 1))


def test_what_is_not_confirmed_does_not_count(kept: Pledge) -> None:
    entry(kept, S.ASKED, S.CHANGED, confirmed_at=None)
    half = entry(kept, S.ASKED)
    Step.objects.create(invitation=half, state=S.CHANGED, on=TODAY, by=kept.leader, at=at(5, 2))
    assert counts(kept)["changed"] == (0, 1)
    assert counts(kept)["invitations"] == (1, 1)
    assert counts(kept, confirmed_only=False)["changed"] == (2, 2)


def test_an_earlier_year(kept: Pledge) -> None:
    entry(kept, S.ASKED, received_on=date(2025, 5, 20), on=date(2025, 5, 20))
    assert counts(kept)["asked"] == (0, 0)
    assert counts(kept, last=date(2025, 5, 20))["asked"] == (1, 1)


# Evidence


@pytest.mark.parametrize("state", [S.RECEIVED, S.ACCEPTED])
def test_what_merely_came_in_is_no_evidence(state: S, kept: Pledge) -> None:
    entry(kept, *([state] if state != S.RECEIVED else []))
    assert record_of(kept, today=TODAY).evidence == "no recent record"


@pytest.mark.parametrize("state", [s for s in S if s not in (S.RECEIVED, S.ACCEPTED)])
def test_what_was_done_is_evidence_until_twelve_months_later(state: S, kept: Pledge) -> None:
    entry(kept, state, on=date(2026, 5, 2))
    said = {
        date(2026, 5, 1): "no recent record",
        date(2026, 5, 2): "last evidence this week",
        date(2027, 5, 1): "last evidence 52 weeks ago",
        date(2027, 5, 2): "no recent record",
    }
    assert {day: record_of(kept, today=day).evidence for day in said} == said


def test_evidence_waits_to_be_confirmed(kept: Pledge) -> None:
    entry(kept, S.ASKED, confirmed_at=None)
    assert record_of(kept, today=TODAY).evidence == "no recent record"


def test_a_check_in_is_evidence_once_it_reports_something(kept: Pledge) -> None:
    CheckInFactory(pledge=kept, checked_in_at=at(4, 1))
    assert record_of(kept, today=TODAY).evidence == "no recent record"
    lines = {2: (Kept.NOT_THIS_TIME, "")}
    CheckInFactory(pledge=kept, checked_in_at=at(5, 2), lines=lines)
    assert record_of(kept, today=TODAY).evidence == "last evidence 2 weeks ago"


def test_a_check_in_put_right_to_nothing_is_no_evidence(kept: Pledge) -> None:
    lines = {1: (Kept.KEPT, "")}
    check_in = CheckInFactory(pledge=kept, checked_in_at=at(5, 2), lines=lines)
    line = check_in.lines.get(kept=Kept.KEPT)
    check_in.lines.create(promise=line.promise, kept=Kept.NOTHING, version=2)
    assert record_of(kept, today=TODAY).evidence == "no recent record"


def test_a_reflection_is_evidence_once_it_is_published(kept: Pledge) -> None:
    reflection = Reflection.objects.create(
        invitation=entry(kept), written_by=kept.leader, written_at=at(5, 3)
    )
    assert record_of(kept, today=TODAY).evidence == "no recent record"
    reflection.published_at = at(5, 10)
    reflection.save()
    assert record_of(kept, today=TODAY).evidence == "last evidence 1 week ago"


# What events showed


def test_the_newest_count_of_the_linked_event_decides(kept: Pledge, harbour: Organisation) -> None:
    event = GatheringFactory(organisation=harbour, held_on=date(2026, 5, 2))
    entry(kept, S.ASKED, S.TOOK_PART, gathering=event, held_on=date(2026, 5, 2))
    assert counts(kept)["not_shown"] == (1, 1)
    enter_count(event, numbers(5, 1, 4, 1, 4), by=kept.leader)
    assert counts(kept)["met_one"] == (1, 1)
    enter_count(event, numbers(5, 3, 2, 1, 4), by=kept.leader)
    found = counts(kept)
    assert (found["met_both"], found["met_one"], found["not_shown"]) == ((1, 1), (0, 1), (0, 1))


def test_what_nobody_took_part_in_shows_nothing(kept: Pledge, harbour: Organisation) -> None:
    event = GatheringFactory(organisation=harbour)
    enter_count(event, numbers(5, 3, 2, 1, 4), by=kept.leader)
    entry(kept, S.ASKED, S.STEPPED_ASIDE, gathering=event)
    assert counts(kept)["met_both"] == (0, 0)


def test_a_conference_without_its_main_stage_is_not_shown_to_meet(
    kept: Pledge, harbour: Organisation
) -> None:
    event = GatheringFactory(organisation=harbour, kind=GatheringKind.CONFERENCE)
    enter_count(event, numbers(20, 12, 8, 6, 14), by=kept.leader)
    entry(kept, S.TOOK_PART, gathering=event)
    assert counts(kept)["not_shown"] == (1, 1)


# Who followed


def test_followers_are_counted_with_both_sides_leave(kept: Pledge, wording: Wording) -> None:
    for says, state in [(True, "published"), (False, "published"), (True, "draft")]:
        PledgeFactory(signing=wording, asked_by=kept, says_who_asked=says, draft=state == "draft")
    PledgeFactory(
        signing=wording, asked_by=kept, says_who_asked=True, state=PledgeState.CLOSED,
        closed_at=timezone.now(),
    )  # fmt: skip
    again = Pledge.objects.get(asked_by=kept, says_who_asked=True, state="published").leader
    for leader in (again, kept.leader):
        PledgeFactory(signing=wording, asked_by=kept, says_who_asked=True, leader=leader)
    followed = record_of(kept, today=TODAY).followed
    assert followed is not None
    assert followed.count == 1
    kept.counts_who_followed = False
    assert record_of(kept, today=TODAY).followed is None


# What it costs


@pytest.mark.parametrize(
    ("rows", "took_part", "queries"), [(1, 0, 1), (3, 0, 1), (1, 1, 2), (3, 3, 2)]
)
def test_the_public_record_costs_the_same_with_any_rows(
    rows: int, took_part: int, queries: int, kept: Pledge, harbour: Organisation,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    for row in range(rows):
        event = GatheringFactory(organisation=harbour)
        enter_count(event, numbers(5, 3, 2, 1, 4), by=kept.leader)
        steps = (S.ASKED, S.TOOK_PART) if row < took_part else (S.ASKED,)
        entry(kept, *steps, gathering=event)
    with django_assert_num_queries(queries):
        record_of(kept, today=TODAY)
