"""The record as its leader reads it: what waits, and the year month by month."""

from datetime import date, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from commitments.enums import Cadence, InvitationKind
from commitments.models import Pledge, Reflection, Wording
from commitments.queries import look_backs, record_of
from commitments.queries.own_record import own_record_of
from commitments.queries.own_year import months_of_year
from organisations.models import Organisation
from tests.commitments.record_queries.conftest import TODAY, S, at, entry
from tests.factories.commitments import CheckInFactory, PledgeFactory
from tests.factories.panels import GatheringFactory, enter_count, numbers


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


@pytest.mark.parametrize(
    ("cadence", "told"),
    [
        (
            Cadence.MONTHLY,
            [
                ("Check-in for April 2026", "Open"),
                ("Check-in for March 2026", "Checked in"),
                ("The check-in for February was missed", ""),
            ],
        ),
        (
            Cadence.QUARTERLY,
            [
                ("Check-in for January to March 2026", "Open"),
                ("The check-in for October to December was missed", ""),
            ],
        ),
    ],
)
def test_a_check_in_is_told_as_it_went(
    kept: Pledge, cadence: Cadence, told: list[tuple[str, str]]
) -> None:
    Pledge.objects.filter(pk=kept.pk).update(check_in_every=cadence)
    kept.refresh_from_db()
    if cadence == Cadence.MONTHLY:
        CheckInFactory(pledge=kept, period=date(2026, 3, 1), opened_on=date(2026, 4, 1))
    own = own_record_of(kept, today=TODAY)
    months = months_of_year(own, look_backs(kept, today=TODAY).passed)
    lines = [(line.words, line.status[1]) for month in months for line in month.happenings]
    assert lines[: len(told)] == told


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
