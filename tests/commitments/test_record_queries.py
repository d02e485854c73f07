"""The record as it is read: what counts, what does not, and what it costs."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from commitments.enums import InvitationKind, InvitationState, Kept, PledgeState
from commitments.models import Invitation, Pledge, Reflection, Step, Wording
from commitments.queries import record_of
from commitments.queries.own_record import own_record_of
from commitments.queries.own_year import months_of_year
from organisations.models import Organisation, User
from panels.enums import GatheringKind
from tests.factories.commitments import CheckInFactory, InvitationFactory, PledgeFactory
from tests.factories.panels import GatheringFactory, enter_count, numbers

TODAY = date(2026, 5, 20)
S = InvitationState


def at(month: int, day: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)


def entry(pledge: Pledge, *steps: S, on: date = date(2026, 5, 2), **more: Any) -> Invitation:
    """Received on 1 May, each step taken on `on`."""
    values: dict[str, Any] = {"received_on": date(2026, 5, 1)} | more
    state = steps[-1] if steps else S.RECEIVED
    asked_on = on if S.ASKED in steps else None
    invitation: Invitation = InvitationFactory(
        pledge=pledge, state=state, asked_on=asked_on, steps=False, **values
    )
    for step in (S.RECEIVED, *steps):
        Step.objects.create(
            invitation=invitation, state=step, on=on, by=pledge.leader, at=at(5, 2),
            confirmed_at=invitation.confirmed_at,
        )  # fmt: skip
    return invitation


def counts(pledge: Pledge, **more: Any) -> dict[str, tuple[int, int]]:
    found = record_of(pledge, today=TODAY, **more).year.every_figure
    return {figure.key: (figure.count, figure.out_of) for figure in found}


@pytest.fixture
def kept(alice: User, harbour: Organisation, wording: Wording) -> Pledge:
    return PledgeFactory(
        leader=alice, organisation=harbour, signing=wording, created_at=at(1, 5, 2024)
    )


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


# The leader's own view


def test_the_leaders_own_figures_are_the_public_ones(kept: Pledge, harbour: Organisation) -> None:
    event = GatheringFactory(organisation=harbour)
    enter_count(event, numbers(5, 3, 2, 1, 4), by=kept.leader)
    entry(kept, S.ASKED, S.TOOK_PART, gathering=event)
    entry(kept, S.ASKED, S.CHANGED, confirmed_at=None)
    entry(kept, S.ASKED, received_on=date(2025, 3, 1), on=date(2025, 3, 1))
    own, public = own_record_of(kept, today=TODAY), record_of(kept, today=TODAY)
    assert own.record == public
    assert [len(own.entries), len(own.of_the_year), len(own.to_confirm)] == [3, 2, 1]
    assert own.years == [TODAY, date(2025, 5, 20), date(2024, 5, 20)]
    assert own.before is not None
    assert own.before.asked.count == 1
    assert own.beside[1][1] == "1 of 1"


def test_a_year_that_was_counted_otherwise_is_not_laid_beside(
    kept: Pledge, harbour: Organisation
) -> None:
    for received_on, number in [
        (date(2026, 5, 1), (5, 1, 4, 1, 4)),
        (date(2025, 5, 1), (5, 3, 2, 0, 5)),
    ]:
        event = GatheringFactory(organisation=harbour)
        enter_count(event, numbers(*number), by=kept.leader)
        entry(kept, S.TOOK_PART, received_on=received_on, on=received_on, gathering=event)
    own = own_record_of(kept, today=TODAY)
    said = {figure.key: before for figure, before in own.beside}
    assert said["met_one"] == "counted otherwise"
    assert said["took_part"] == "1 of 1"
    assert said["followed"] == ""


@pytest.mark.parametrize(
    ("steps", "more", "waits"),
    [
        ((S.ASKED, S.ANSWERED), {}, "ANSWERED"),
        ((S.ASKED, S.ANSWERED), {"held_on": TODAY - timedelta(days=1)}, "OVER"),
        ((S.ACCEPTED,), {"held_on": TODAY - timedelta(days=1)}, "OVER"),
        ((S.ACCEPTED,), {"held_on": TODAY}, None),
        ((S.ASKED,), {"held_on": TODAY - timedelta(days=1), "kind": "seat"}, "TO_REFLECT_ON"),
        ((S.ASKED,), {"held_on": TODAY - timedelta(days=1), "kind": "conversation"}, None),
        ((S.TOOK_PART,), {}, "TO_REFLECT_ON"),
        ((S.DECLINED,), {"held_on": TODAY - timedelta(days=1)}, None),
        ((S.ASKED,), {}, None),
    ],
)
def test_what_waits_for_the_leader(
    steps: tuple[S, ...], more: dict[str, Any], waits: str | None, kept: Pledge
) -> None:
    entry(kept, *steps, **more | {"kind": more.get("kind", InvitationKind.INVITED)})
    own = own_record_of(kept, today=TODAY)
    assert [wait.what.name for wait in own.waits] == ([waits] if waits else [])


def test_an_event_that_was_reflected_on_or_shown_to_meet_waits_for_nothing(
    kept: Pledge, harbour: Organisation
) -> None:
    Reflection.objects.create(
        invitation=entry(kept, S.TOOK_PART), written_by=kept.leader, written_at=at(5, 3)
    )
    event = GatheringFactory(organisation=harbour)
    enter_count(event, numbers(5, 3, 2, 1, 4), by=kept.leader)
    entry(kept, S.TOOK_PART, gathering=event)
    assert own_record_of(kept, today=TODAY).waits == []


def test_only_so_much_waits_at_once(kept: Pledge) -> None:
    for _ in range(8):
        entry(kept, S.ASKED, S.ANSWERED)
    own = own_record_of(kept, today=TODAY)
    assert (len(own.waits), own.more_waits) == (6, 2)


def test_a_month_shows_only_so_many_lines(kept: Pledge) -> None:
    for _ in range(21):
        entry(kept, S.ASKED, S.ANSWERED)
    [month] = months_of_year(own_record_of(kept, today=TODAY), [])
    assert (len(month.happenings), len(month.shown), month.more) == (42, 40, 2)
    assert month.summary == "21 asked, 21 answered"


def test_the_year_month_by_month(kept: Pledge) -> None:
    told = entry(kept, S.ASKED, S.CHANGED, S.ACCEPTED, title="Voices", held_on=date(2026, 6, 1))
    late = entry(kept, S.ASKED, S.CHANGED, held_on=date(2026, 5, 1), confirmed_at=None)
    Reflection.objects.create(invitation=told, written_by=kept.leader, written_at=at(4, 30))
    entry(kept, S.ASKED, on=date(2025, 5, 20), received_on=date(2025, 5, 20))
    months = months_of_year(own_record_of(kept, today=TODAY), [])
    assert [(month.first, month.is_open, month.summary) for month in months] == [
        (date(2026, 5, 1), True, "2 asked, 2 changed"),
        (date(2026, 4, 1), True, ""),
    ]
    lines = months[0].happenings
    assert {line.invitation for line in lines} == {told.pk, late.pk}
    assert [line.words for line in lines if line.counts_as_changed] == ["Line-up changed"]
    assert [line.is_confirmed for line in lines if line.invitation == late.pk] == [False, False]
    assert months[1].happenings[0].about == "Voices"


def test_what_came_in_before_the_pledge_was_made_counts_nowhere(
    kept: Pledge, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Made on 5 January 2024. It stays on the leader's list."""
    before = entry(kept, S.ASKED, received_on=date(2024, 1, 4), on=date(2024, 2, 1))
    after = entry(kept, S.ASKED, received_on=date(2024, 1, 5), on=date(2024, 2, 2))
    last = date(2024, 5, 20)
    assert record_of(kept, today=TODAY, last=last).year.asked.count == 1
    own = own_record_of(kept, today=TODAY, last=last)
    assert (own.year.first, own.year.asked.count, own.before) == (date(2024, 1, 5), 1, None)
    assert [one.pk for one in own.of_the_year] == [after.pk]
    [month] = months_of_year(own, [])
    assert [one.invitation for one in month.happenings] == [after.pk]
    assert {one.pk for one in own.entries} == {before.pk, after.pk}
    assert own.years[-1] == date(2024, 5, 20)


@pytest.mark.parametrize(("on", "said"), [(4, "no record yet"), (5, "last evidence 1 week ago")])
def test_evidence_is_no_older_than_the_pledge(wording: Wording, on: int, said: str) -> None:
    young = PledgeFactory(signing=wording, created_at=at(1, 5, 2026))
    entry(young, S.ASKED, received_on=date(2026, 1, 1), on=date(2026, 1, on))
    record = record_of(young, today=date(2026, 1, 12))
    assert record.evidence == said
