"""A meeting is planned, changed, moved, and people send apologies."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from committees import actions
from committees.actions import Where
from committees.actions.apologies import set_apologies
from committees.enums import GroupKind, MeetingState
from committees.models import Apology, Group, Meeting
from committees.queries.meetings import next_meetings, was_moved
from committees.refusals import (
    DATE_TAKEN,
    FORUM_ALONE,
    NO_APOLOGIES,
    NO_SEAT_THAT_DAY,
    NO_SESSIONS,
    NOT_PLANNED,
    WAS_CANCELLED,
    GroupRefused,
)
from history.queries import lines_about
from organisations.models import User
from recommendations.models import Action
from tests.committees.conftest import NOW, TODAY
from tests.factories.committees import GroupFactory, GroupMemberFactory, MeetingFactory

DAY = timedelta(days=1)
PLAIN = Where()
SEMINAR = Where(starts_at=time(14, 30), place="Room 2", kind="seminar", topic="Waiting times")


def sentences(group: Group) -> list[str]:
    return [line.text for line in lines_about(group)][::-1]


def plan(group: Group, by: User, day: date = TODAY, where: Where = PLAIN) -> Meeting:
    return actions.plan_meeting(group=group, day=day, where=where, by=by, now=NOW)


def edit(meeting: Meeting, by: User, day: date | None = None, where: Where = PLAIN) -> Meeting:
    day = day or meeting.date
    over = Meeting.objects.get(pk=meeting.pk).revision
    return actions.edit_meeting(
        meeting=meeting, day=day, where=where, over_revision=over, by=by, now=NOW
    )


class TestSessions:
    def test_a_forum_plans_a_seminar(self, forum: Group, alice: User) -> None:
        meeting = plan(forum, alice, where=SEMINAR)
        meeting.refresh_from_db()
        assert actions.where_of(meeting) == SEMINAR

    @pytest.mark.parametrize("kind", [k for k in GroupKind.values if k != GroupKind.FORUM])
    @pytest.mark.parametrize("where", [Where(kind="workshop"), Where(topic="Waiting times")])
    def test_nobody_else_does(self, kind: str, where: Where, alice: User) -> None:
        group = GroupFactory(kind=kind)
        why = NO_SESSIONS if kind == GroupKind.STAFF_NETWORK else FORUM_ALONE
        with pytest.raises(GroupRefused, match=why):
            plan(group, alice, where=where)
        with pytest.raises(GroupRefused, match=why):
            edit(MeetingFactory(group=group, date=TODAY), alice, where=where)


class TestEdit:
    def test_it_is_changed_and_moved(self, forum: Group, alice: User) -> None:
        meeting = plan(forum, alice)
        assert was_moved(meeting) is False
        meeting = edit(meeting, alice, where=SEMINAR)
        assert was_moved(meeting) is False
        meeting = edit(meeting, alice, TODAY + DAY, SEMINAR)
        assert was_moved(meeting) is True
        assert sentences(forum) == [
            "Alice Adeyemi planned a meeting for 10 March 2026",
            "Alice Adeyemi changed the meeting of 10 March 2026",
            "Alice Adeyemi moved a meeting to 11 March 2026",
        ]
        assert was_moved(edit(meeting, alice, TODAY, SEMINAR)) is False

    def test_another_that_moved_is_another(self, forum: Group, alice: User) -> None:
        first, second = plan(forum, alice), plan(forum, alice, TODAY + DAY)
        edit(second, alice, TODAY + 2 * DAY)
        assert was_moved(first) is False

    def test_the_same_again_leaves_no_history(self, sitting: Meeting, alice: User) -> None:
        edit(sitting, alice)
        assert sentences(sitting.group) == []

    @pytest.mark.parametrize("state", [MeetingState.HELD, MeetingState.CANCELLED])
    def test_what_is_recorded_stays(self, state: str, sitting: Meeting, alice: User) -> None:
        Meeting.objects.update(state=state)
        with pytest.raises(GroupRefused, match=NOT_PLANNED):
            edit(sitting, alice, TODAY + DAY)

    def test_not_to_a_day_that_is_taken(self, sitting: Meeting, alice: User) -> None:
        MeetingFactory(group=sitting.group, date=TODAY + DAY)
        with pytest.raises(GroupRefused, match=DATE_TAKEN):
            edit(sitting, alice, TODAY + DAY)
        with pytest.raises(IntegrityError, match="meeting_one_a_day"), transaction.atomic():
            Meeting.objects.filter(pk=sitting.pk).update(date=TODAY + DAY)

    @pytest.mark.usefixtures("no_history")
    def test_it_rolls_back_whole(self, sitting: Meeting, alice: User, bea: User) -> None:
        seat = GroupMemberFactory(group=sitting.group, user=bea, from_date=TODAY)
        Apology.objects.create(meeting=sitting, member=seat)
        with pytest.raises(DatabaseError):
            edit(sitting, alice, TODAY + DAY, Where(place="Room 3"))
        sitting.refresh_from_db()
        assert (sitting.date, sitting.place, sitting.apologies.count()) == (TODAY, "", 1)


class TestStandingItem:
    def test_it_comes_with_the_meeting_and_keeps_its_links(
        self, board: Group, regular: Action, alice: User
    ) -> None:
        assert [item.title for item in plan(board, alice).agenda.all()] == []
        Group.objects.filter(pk=board.pk).update(has_equality_item=True)
        first = plan(board, alice, TODAY + DAY).agenda.get()
        assert (first.title, first.is_standing, first.action) == ("Race equality", True, None)
        first.action, first.recommendation = regular, regular.recommendation
        first.save()
        second = plan(board, alice, TODAY + 2 * DAY).agenda.get()
        assert (second.action, second.recommendation) == (regular, regular.recommendation)

    def test_postgres_keeps_it_to_one(self, sitting: Meeting) -> None:
        sitting.agenda.create(position=0, title="Race equality", is_standing=True)
        with pytest.raises(IntegrityError, match="agenda_one_standing"), transaction.atomic():
            sitting.agenda.create(position=1, title="Again", is_standing=True)


class TestApologies:
    def send(self, meeting: Meeting, by: User, *seats: Any) -> bool:
        return set_apologies(meeting=meeting, seats=[s.pk for s in seats], by=by, now=NOW)

    def test_they_are_set_and_taken_back(self, sitting: Meeting, alice: User) -> None:
        one, other = (GroupMemberFactory(group=sitting.group, from_date=TODAY) for _ in "ab")
        assert self.send(sitting, alice, one, other) is True
        assert self.send(sitting, alice, other, one) is False
        assert self.send(sitting, alice, other) is True
        assert [apology.member for apology in sitting.apologies.all()] == [other]
        assert (
            sentences(sitting.group) == ["Alice Adeyemi changed the meeting of 10 March 2026"] * 2
        )

    @pytest.mark.parametrize(
        ("first", "last", "sits"),
        [
            (TODAY, None, True),
            (TODAY - DAY, TODAY, True),
            (TODAY - 2 * DAY, TODAY - DAY, False),
            (TODAY + DAY, None, False),
        ],
    )
    def test_of_people_with_a_seat_that_day(
        self, first: date, last: date | None, sits: bool, sitting: Meeting, alice: User
    ) -> None:
        seat = GroupMemberFactory(group=sitting.group, from_date=first, to_date=last)
        if sits:
            assert self.send(sitting, alice, seat) is True
            return
        with pytest.raises(GroupRefused, match=NO_SEAT_THAT_DAY):
            self.send(sitting, alice, seat)

    def test_never_of_another_group_a_network_or_what_was_cancelled(
        self, sitting: Meeting, staff_network: Group, alice: User
    ) -> None:
        own = GroupMemberFactory(group=sitting.group, from_date=TODAY)
        with pytest.raises(GroupRefused, match=NO_SEAT_THAT_DAY):
            self.send(sitting, alice, own, GroupMemberFactory(from_date=TODAY))
        with pytest.raises(GroupRefused, match=NO_APOLOGIES):
            self.send(MeetingFactory(group=staff_network, date=TODAY), alice, own)
        Meeting.objects.filter(pk=sitting.pk).update(state=MeetingState.CANCELLED)
        with pytest.raises(GroupRefused, match=WAS_CANCELLED):
            self.send(sitting, alice, own)
        assert Apology.objects.count() == 0

    def test_a_moved_meeting_asks_anew(self, sitting: Meeting, alice: User) -> None:
        self.send(sitting, alice, GroupMemberFactory(group=sitting.group, from_date=TODAY))
        edit(sitting, alice, TODAY + DAY)
        assert sitting.apologies.count() == 0

    @pytest.mark.usefixtures("no_history")
    def test_it_rolls_back_whole(self, sitting: Meeting, alice: User) -> None:
        seat = GroupMemberFactory(group=sitting.group, from_date=TODAY)
        with pytest.raises(DatabaseError):
            self.send(sitting, alice, seat)
        assert sitting.apologies.count() == 0


def test_what_meets_next(forum: Group, board: Group) -> None:
    days = [TODAY + number * DAY for number in range(4)]
    first, cancelled, third = (MeetingFactory(group=forum, date=day) for day in days[:3])
    Meeting.objects.filter(pk=cancelled.pk).update(state=MeetingState.CANCELLED)
    MeetingFactory(group=board, date=days[1])
    assert next_meetings([first.pk, third.pk]) == {first.pk: days[2]}
    assert next_meetings([]) == {}
