"""A meeting that covered what happens regularly counts towards it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import DatabaseError

from committees import actions
from committees.actions import Where
from committees.enums import GroupKind, MeetingState
from committees.models import AgendaItem, Group, Meeting
from committees.refusals import DECIDED_AT, NO_NOTES, NOT_YET, GroupRefused
from history.queries import lines_about
from organisations.models import Organisation, User
from recommendations.models import Action, Occurrence
from tests.committees.conftest import NOW, TODAY
from tests.factories.agenda import AgendaItemFactory
from tests.factories.committees import MeetingFactory
from tests.factories.deciding import closed_by_decision
from tests.factories.proving import OccurrenceFactory
from tests.factories.recommendations import ActionFactory, RecommendationFactory

DAY = timedelta(days=1)


def record(meeting: Meeting, by: User, *covered: AgendaItem, **changes: Any) -> Meeting:
    asked: dict[str, Any] = {
        "state": MeetingState.HELD,
        "note": "",
        "covered": {item.pk for item in covered},
    }
    asked["over_revision"] = Meeting.objects.get(pk=meeting.pk).revision
    return actions.record_meeting(meeting=meeting, **(asked | changes), by=by, now=NOW)


@pytest.fixture
def item(sitting: Meeting, regular: Action) -> AgendaItem:
    found: AgendaItem = AgendaItemFactory(
        meeting=sitting, title="Race equality", action=regular, is_standing=True
    )
    return found


def counted(action: Action) -> list[tuple[Any, ...]]:
    live = action.occurrences.filter(removed_at=None).order_by("held_on")
    return list(live.values_list("held_on", "kind", "topic", "headcount", "changed", "meeting"))


class TestMeeting:
    def test_what_was_covered_counts(self, item: AgendaItem, regular: Action, alice: User) -> None:
        AgendaItemFactory(meeting=item.meeting)
        record(item.meeting, alice, item)
        assert counted(regular) == [
            (TODAY, "meeting", "Race equality", None, "", item.meeting_id),
        ]
        assert list(item.meeting.agenda.values_list("was_covered", flat=True)) == [True, False]
        assert "Alice Adeyemi added to what shows action 1 is done" in [
            line.text for line in lines_about(regular.recommendation)
        ]

    def test_what_was_not_reached_does_not(
        self, item: AgendaItem, regular: Action, alice: User
    ) -> None:
        record(item.meeting, alice)
        assert counted(regular) == []

    def test_two_items_count_once(self, item: AgendaItem, regular: Action, alice: User) -> None:
        other = AgendaItemFactory(meeting=item.meeting, action=regular, title="And the figures")
        record(item.meeting, alice, item, other)
        assert [topic for _, _, topic, *_ in counted(regular)] == ["Race equality"]

    def test_the_same_again_changes_nothing(
        self, item: AgendaItem, regular: Action, alice: User
    ) -> None:
        for _ in "ab":
            record(item.meeting, alice, item)
        assert regular.occurrences.count() == 1
        assert len(lines_about(item.meeting.group)) == 1

    def test_a_correction_takes_it_back(
        self, item: AgendaItem, regular: Action, alice: User
    ) -> None:
        record(item.meeting, alice, item)
        record(item.meeting, alice)
        assert counted(regular) == []
        record(item.meeting, alice, item)
        record(item.meeting, alice, state=MeetingState.CANCELLED)
        assert (counted(regular), regular.occurrences.count()) == ([], 2)
        assert item.meeting.agenda.get().was_covered is None

    def test_left_open_nothing_is_said(
        self, item: AgendaItem, regular: Action, alice: User
    ) -> None:
        record(item.meeting, alice, covered=None)
        assert (item.meeting.agenda.get().was_covered, counted(regular)) == (None, [])

    def test_what_was_recorded_by_hand_stands(
        self, item: AgendaItem, regular: Action, alice: User
    ) -> None:
        OccurrenceFactory(action=regular, held_on=TODAY, topic="By hand")
        record(item.meeting, alice, item)
        assert [topic for _, _, topic, *_ in counted(regular)] == ["By hand"]

    def test_of_what_is_closed_too(self, sitting: Meeting, harbour: Organisation) -> None:
        action = ActionFactory(recommendation__organisation=harbour, cadence=True)
        item = AgendaItemFactory(meeting=sitting, action=action)
        closed = closed_by_decision(action.recommendation, at=NOW)
        record(sitting, closed.proposals.get().proposed_by, item)
        assert len(counted(action)) == 1


class TestMoved:
    @pytest.mark.parametrize("moves_with", [True, False])
    @pytest.mark.parametrize("moved", [True, False])
    def test_it_moves_with_its_meeting(
        self, moved: bool, moves_with: bool, board: Group, regular: Action, alice: User
    ) -> None:
        Action.objects.filter(pk=regular.pk).update(moves_with_meetings=moves_with)
        meeting = actions.plan_meeting(group=board, day=TODAY - 9 * DAY, by=alice, now=NOW)
        if moved:
            meeting = actions.edit_meeting(
                meeting=meeting,
                day=TODAY - DAY,
                where=Where(),
                over_revision=1,
                by=alice,
                now=NOW,
            )
        record(meeting, alice, AgendaItemFactory(meeting=meeting, action=regular))
        assert Occurrence.objects.get().moved_with_meeting is (moved and moves_with)


class TestSeminar:
    @pytest.fixture
    def seminar(self, forum: Group) -> Meeting:
        found: Meeting = MeetingFactory(
            group=forum, date=TODAY, kind="seminar", topic="Waiting times"
        )
        return found

    def test_it_counts_with_what_changed(
        self, seminar: Meeting, regular: Action, alice: User
    ) -> None:
        item = AgendaItemFactory(meeting=seminar, action=regular)
        record(seminar, alice, item, headcount=24, changed="Letters are plain.", note="Went well.")
        told = (TODAY, "seminar", "Waiting times", 24, "Letters are plain.", seminar.pk)
        assert counted(regular) == [told]
        record(seminar, alice, item, headcount=25, changed="Letters are plain.", note="Went well.")
        assert [count for _, _, _, count, *_ in counted(regular)] == [25]

    def test_nobody_came_to_what_was_cancelled(self, seminar: Meeting, alice: User) -> None:
        record(seminar, alice, state=MeetingState.CANCELLED, headcount=24, changed="Much")
        seminar.refresh_from_db()
        assert (seminar.headcount, seminar.changed) == (None, "")

    def test_a_meeting_has_no_count(self, sitting: Meeting, alice: User) -> None:
        record(sitting, alice, headcount=24, changed="Much", note="Kept")
        sitting.refresh_from_db()
        assert (sitting.headcount, sitting.changed, sitting.note) == (None, "", "Kept")


class TestRefused:
    def test_before_its_day(self, item: AgendaItem, regular: Action, alice: User) -> None:
        Meeting.objects.update(date=TODAY + DAY)
        with pytest.raises(GroupRefused, match=NOT_YET):
            record(item.meeting, alice, item)
        assert counted(regular) == []

    @pytest.mark.parametrize("words", [{"note": "a"}, {"changed": "a"}, {"headcount": 0}])
    def test_words_and_counts_of_a_network(
        self, words: dict[str, Any], staff_network: Group, alice: User
    ) -> None:
        with pytest.raises(GroupRefused, match=NO_NOTES):
            record(MeetingFactory(group=staff_network, date=TODAY), alice, **words)

    def test_cancelling_where_something_was_decided(
        self, harbour: Organisation, alice: User
    ) -> None:
        closed_by_decision(RecommendationFactory(organisation=harbour), at=NOW)
        meeting = Meeting.objects.get(group__kind=GroupKind.ACCOUNTABILITY)
        with pytest.raises(GroupRefused, match=DECIDED_AT):
            record(meeting, alice, state=MeetingState.CANCELLED)

    def test_what_is_not_on_its_agenda_is_left_aside(
        self, sitting: Meeting, regular: Action, alice: User, forum: Group
    ) -> None:
        elsewhere = AgendaItemFactory(meeting=MeetingFactory(group=forum), action=regular)
        record(sitting, alice, elsewhere)
        elsewhere.refresh_from_db()
        assert (elsewhere.was_covered, counted(regular)) == (None, [])

    @pytest.mark.usefixtures("no_history")
    def test_it_rolls_back_whole(self, item: AgendaItem, regular: Action, alice: User) -> None:
        with pytest.raises(DatabaseError):
            record(item.meeting, alice, item)
        item.refresh_from_db()
        state = Meeting.objects.get(pk=item.meeting_id).state
        assert (item.was_covered, state, counted(regular)) == (None, "planned", [])


def test_the_daily_judgement_knows_when_they_meet_next(
    item: AgendaItem, regular: Action, alice: User
) -> None:
    from recommendations.meetings_ahead import next_meetings

    ahead = MeetingFactory(group=item.meeting.group, date=TODAY + 100 * DAY)
    meeting: UUID = item.meeting_id
    assert next_meetings([meeting]) == {meeting: ahead.date}
