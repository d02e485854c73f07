"""What is to happen regularly: due on the day that `recommendations.proof` says, for everybody."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db.models import F
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from committees.enums import MeetingState
from organisations.models import Organisation, User
from recommendations.models import Action, Occurrence, Recommendation
from recommendations.proof import TOLERANCE
from recommendations.queries.proving import standing_of
from reminders.enums import Audience, ReminderKind
from reminders.facts.cadences import cadences
from tests.factories.closing import taken_on
from tests.factories.committees import GroupFactory, MeetingFactory
from tests.factories.proving import OccurrenceFactory
from tests.reminders.facts.asking import DUE, ENDINGS, GONE, days, heard, told

TO_LEAD = (ReminderKind.CADENCE, Audience.LEAD)
TO_SPONSOR = (ReminderKind.CADENCE, Audience.SPONSOR)
HELD = date(2025, 11, 30)
BY = date(2026, 2, 28)
"""Three months after 30 November: the last day of a shorter month."""


@pytest.fixture
def cadence(recommendation: Recommendation, lead: User) -> Action:
    """Every three months; taken on a year before it last happened."""
    made = taken_on(
        recommendation, lead, DUE, cadence=True, accepted_at=datetime(2024, 11, 30, tzinfo=UTC)
    )
    OccurrenceFactory(action=made, held_on=HELD, by=lead)
    return made


def at_meetings(action: Action, organisation: Organisation, *ahead: date) -> None:
    """It happens with a group that met on the day it last happened, and meets on these days."""
    group = GroupFactory(organisation=organisation)
    MeetingFactory(group=group, date=HELD - days(90))
    met = MeetingFactory(group=group, date=HELD)
    for day in ahead:
        MeetingFactory(group=group, date=day)
    Action.objects.filter(pk=action.pk).update(moves_with_meetings=True)
    Occurrence.objects.update(meeting=met.pk)


def due_days(action: Action) -> list[date]:
    found = cadences().annotate(day=F("by")).filter(pk=action.pk)
    return list(found.values_list("day", flat=True))


class TestWhen:
    def test_it_counts_from_the_day_it_was_due(
        self, cadence: Action, lead: User, sponsor: User
    ) -> None:
        assert told(*TO_LEAD) == [(lead, cadence.pk, BY)]
        assert told(*TO_SPONSOR) == [(sponsor, cadence.pk, BY)]

    @pytest.mark.parametrize(("today", "hears"), [(BY, False), (BY + days(1), True)])
    def test_on_its_very_day_it_may_still_happen(
        self, cadence: Action, lead: User, sponsor: User, today: date, hears: bool
    ) -> None:
        assert bool(heard(*TO_LEAD, today=today)) == hears
        assert bool(heard(*TO_SPONSOR, today=today)) == hears

    def test_once_it_happened_the_next_one_is_asked_for(self, cadence: Action, lead: User) -> None:
        OccurrenceFactory(action=cadence, held_on=date(2026, 3, 5), by=lead)
        assert heard(*TO_LEAD) == []
        assert told(*TO_LEAD, today=date(2026, 6, 6)) == [(lead, cadence.pk, date(2026, 6, 5))]

    def test_what_was_taken_back_did_not_happen(self, cadence: Action, lead: User) -> None:
        removed_at = datetime(2026, 3, 6, tzinfo=UTC)
        OccurrenceFactory(action=cadence, held_on=date(2026, 3, 5), by=lead, removed_at=removed_at)
        assert told(*TO_LEAD) == [(lead, cadence.pk, BY)]

    def test_the_first_one_counts_from_when_it_was_taken_on(
        self, recommendation: Recommendation, lead: User
    ) -> None:
        """In London: there it was past midnight."""
        accepted_at = datetime(2025, 8, 30, 23, 30, tzinfo=UTC)
        made = taken_on(
            recommendation, lead, DUE, cadence=True, every_months=6, accepted_at=accepted_at
        )
        assert told(*TO_LEAD) == [(lead, made.pk, date(2026, 2, 28))]

    @pytest.mark.parametrize(
        ("ahead", "by"),
        [
            ([], BY),
            ([BY - days(9)], BY),
            ([BY + days(9)], BY + days(9)),
            ([BY + days(20), BY + days(9)], BY + days(9)),
            ([BY + days(300)], date(2026, 5, 28)),
        ],
    )
    def test_what_moves_with_meetings_waits_for_the_next_but_never_a_whole_turn(
        self, cadence: Action, harbour: Organisation, ahead: list[date], by: date
    ) -> None:
        at_meetings(cadence, harbour, *ahead)
        assert due_days(cadence) == [by]

    def test_a_meeting_that_was_cancelled_is_not_waited_for(
        self, cadence: Action, harbour: Organisation
    ) -> None:
        at_meetings(cadence, harbour, BY + days(9))
        harbour.groups.get().meetings.filter(date__gt=HELD).update(state=MeetingState.CANCELLED)
        assert due_days(cadence) == [BY]

    def test_what_does_not_move_waits_for_no_meeting(
        self, cadence: Action, harbour: Organisation
    ) -> None:
        at_meetings(cadence, harbour, BY + days(9))
        Action.objects.update(moves_with_meetings=False)
        assert due_days(cadence) == [BY]

    @given(
        every_months=st.integers(1, 24),
        held=st.lists(st.dates(date(2019, 1, 1), date(2026, 12, 31)), max_size=3, unique=True),
        gaps=st.lists(st.integers(1, 700), max_size=3, unique=True),
        moves=st.booleans(),
        hours=st.integers(0, 8 * 365 * 24),
    )
    @settings(
        max_examples=60,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )
    def test_it_agrees_with_the_proof(
        self,
        recommendation: Recommendation,
        lead: User,
        harbour: Organisation,
        every_months: int,
        held: list[date],
        gaps: list[int],
        moves: bool,
        hours: int,
    ) -> None:
        made = taken_on(
            recommendation,
            lead,
            DUE,
            cadence=True,
            every_months=every_months,
            moves_with_meetings=moves,
            accepted_at=datetime(2018, 1, 1, tzinfo=UTC) + timedelta(hours=hours),
            position=recommendation.actions.count() + 1,
        )
        group = GroupFactory(organisation=harbour)
        for day in held:
            meeting = MeetingFactory(group=group, date=day).pk
            OccurrenceFactory(action=made, held_on=day, meeting=meeting, by=lead)
        for gap in gaps:
            day = max(held, default=HELD) + timedelta(days=gap)
            MeetingFactory(group=group, date=day)
        limit = standing_of(made, today=HELD).late_after
        assert limit is not None
        assert due_days(made) == [limit - TOLERANCE]


class TestWho:
    @pytest.mark.parametrize("proven_on", [None, HELD])
    def test_also_what_was_shown_and_is_due_again(
        self, cadence: Action, lead: User, proven_on: date | None
    ) -> None:
        Action.objects.update(proven_on=proven_on)
        assert heard(*TO_LEAD) == [lead]

    def test_not_what_happens_once(self, action: Action) -> None:
        assert heard(*TO_LEAD, today=DUE + days(900)) == []

    def test_not_before_a_yes(self, cadence: Action) -> None:
        Action.objects.update(accepted_by=None)
        assert (heard(*TO_LEAD), heard(*TO_SPONSOR)) == ([], [])

    @pytest.mark.parametrize("end", ENDINGS)
    def test_nobody_once_it_has_ended(
        self, cadence: Action, end: Callable[[Recommendation], None]
    ) -> None:
        end(cadence.recommendation)
        assert (heard(*TO_LEAD), heard(*TO_SPONSOR)) == ([], [])

    @pytest.mark.parametrize("go", GONE)
    def test_not_who_is_gone(
        self, cadence: Action, lead: User, sponsor: User, go: Callable[[User], None]
    ) -> None:
        go(sponsor)
        assert (heard(*TO_LEAD), heard(*TO_SPONSOR)) == ([lead], [])
        go(lead)
        assert heard(*TO_LEAD) == []

    def test_a_sponsor_who_leads_it_hears_as_its_lead_alone(
        self, cadence: Action, sponsor: User
    ) -> None:
        Action.objects.update(accepted_by=None)
        Action.objects.update(responsible_owner=sponsor)
        Action.objects.update(accepted_by=sponsor)
        assert (heard(*TO_LEAD), heard(*TO_SPONSOR)) == ([sponsor], [])
