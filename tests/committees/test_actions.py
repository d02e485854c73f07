"""What each change writes, what it refuses, and that it rolls back whole."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext

from committees import actions, refusals
from committees.enums import GroupKind, MeetingState
from committees.models import Group, GroupMember, Meeting
from committees.refusals import GroupRefused
from history.queries import lines_about
from organisations.models import Organisation, User
from tests.factories.committees import GroupFactory, GroupMemberFactory, MeetingFactory
from ui.dates import TOO_FAR

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
TODAY = date(2026, 3, 10)


@pytest.fixture
def group(harbour: Organisation) -> Group:
    found: Group = GroupFactory(organisation=harbour)
    return found


@pytest.fixture
def network(harbour: Organisation) -> Group:
    found: Group = GroupFactory(organisation=harbour, kind=GroupKind.STAFF_NETWORK)
    return found


@pytest.fixture
def broken_history(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise DatabaseError

    monkeypatch.setattr("committees.actions.locking.record", fail)


def sentences(group: Group) -> list[str]:
    """Oldest first."""
    return [line.text for line in lines_about(group)][::-1]


def create(organisation: Organisation, by: User, name: str = "Race equality committee") -> Group:
    return actions.create_group(
        organisation=organisation,
        kind=GroupKind.ACCOUNTABILITY,
        name=name,
        meets_every_months=3,
        contact_address="",
        by=by,
        now=NOW,
    )


def seat(group: Group, user: User, by: User) -> GroupMember:
    return actions.add_member(
        group=group, user=user, is_chair=False, from_date=TODAY, by=by, now=NOW
    )


class TestGroup:
    def test_it_is_added(self, harbour: Organisation, alice: User) -> None:
        group = create(harbour, alice)
        assert list(harbour.groups.all()) == [group]
        assert sentences(group) == ["Alice Adeyemi added this group"]

    def test_a_name_is_used_once_in_one_organisation(
        self, harbour: Organisation, northside: Organisation, alice: User, chidi: User
    ) -> None:
        create(harbour, alice)
        create(northside, chidi)
        with pytest.raises(GroupRefused, match=refusals.NAME_TAKEN):
            create(harbour, alice)

    @pytest.mark.usefixtures("broken_history")
    def test_it_rolls_back_whole(self, harbour: Organisation, alice: User) -> None:
        with pytest.raises(DatabaseError), transaction.atomic():
            create(harbour, alice)
        assert harbour.groups.count() == 0

    def test_its_kind_stands(self, group: Group) -> None:
        with pytest.raises(DatabaseError), transaction.atomic():
            Group.objects.update(kind=GroupKind.STAFF_NETWORK)


class TestSeat:
    def test_somebody_takes_a_seat(self, group: Group, alice: User, bea: User) -> None:
        member = seat(group, bea, alice)
        assert list(group.members.all()) == [member]
        assert sentences(group) == ["Alice Adeyemi gave somebody a seat"]

    def test_nobody_sits_twice(self, group: Group, alice: User, bea: User) -> None:
        seat(group, bea, alice)
        with pytest.raises(GroupRefused, match=refusals.HAS_SEAT):
            seat(group, bea, alice)

    def test_a_stranger_is_refused(self, group: Group, alice: User, chidi: User) -> None:
        with pytest.raises(GroupRefused, match=refusals.NOT_A_MEMBER):
            seat(group, chidi, alice)

    def test_whoever_has_left_is_refused(self, group: Group, alice: User, bea: User) -> None:
        bea.memberships.update(ended_at=NOW)
        with pytest.raises(GroupRefused, match=refusals.NOT_A_MEMBER):
            seat(group, bea, alice)

    def test_a_staff_network_has_no_members(self, network: Group, alice: User, bea: User) -> None:
        with pytest.raises(GroupRefused, match="A staff network has no members here"):
            seat(network, bea, alice)

    def test_postgres_refuses_them_too(self, network: Group, bea: User) -> None:
        with pytest.raises(DatabaseError, match="no members here"), transaction.atomic():
            GroupMemberFactory(group=network, user=bea)

    def test_and_a_seat_cannot_move_there(self, group: Group, network: Group, bea: User) -> None:
        GroupMemberFactory(group=group, user=bea)
        with pytest.raises(DatabaseError, match="no members here"), transaction.atomic():
            GroupMember.objects.update(group=network)

    @pytest.mark.usefixtures("broken_history")
    def test_it_rolls_back_whole(self, group: Group, alice: User, bea: User) -> None:
        with pytest.raises(DatabaseError), transaction.atomic():
            seat(group, bea, alice)
        assert group.members.count() == 0

    def test_a_seat_ends_and_stays_on_record(self, group: Group, alice: User, bea: User) -> None:
        member = seat(group, bea, alice)
        actions.end_member(member=member, by=alice, now=NOW)
        member.refresh_from_db()
        assert member.to_date == TODAY
        assert sentences(group)[1:] == ["Alice Adeyemi ended somebody's seat"]
        assert seat(group, bea, alice) != member

    def test_one_that_has_not_begun_is_taken_back(
        self, group: Group, alice: User, bea: User
    ) -> None:
        member = GroupMemberFactory(group=group, user=bea, from_date=TODAY + timedelta(days=1))
        for _ in range(2):
            assert actions.end_member(member=member, by=alice, now=NOW) is False
        assert group.members.count() == 0
        assert sentences(group) == ["Alice Adeyemi took back a seat that had not begun"]

    def test_a_seat_ends_once(self, group: Group, alice: User, bea: User) -> None:
        """The second click holds a row that was read before the first one."""
        member = seat(group, bea, alice)
        GroupMember.objects.update(from_date=TODAY - timedelta(days=9))
        for later in (0, 1):
            at = NOW + timedelta(days=later)
            assert actions.end_member(member=member, by=alice, now=at) is True
        assert group.members.get().to_date == TODAY
        assert sentences(group)[1:] == ["Alice Adeyemi ended somebody's seat"]

    @pytest.mark.parametrize("day", [date(2016, 3, 9), date(2036, 3, 11), date.max])
    def test_it_begins_within_ten_years(
        self, group: Group, alice: User, bea: User, day: date
    ) -> None:
        with pytest.raises(GroupRefused, match=TOO_FAR):
            actions.add_member(
                group=group, user=bea, is_chair=False, from_date=day, by=alice, now=NOW
            )

    @pytest.mark.usefixtures("broken_history")
    def test_ending_rolls_back_whole(self, group: Group, alice: User, bea: User) -> None:
        member = GroupMemberFactory(group=group, user=bea, from_date=TODAY)
        with pytest.raises(DatabaseError), transaction.atomic():
            actions.end_member(member=member, by=alice, now=NOW)
        member.refresh_from_db()
        assert member.to_date is None


class TestMeeting:
    @pytest.fixture
    def note(self, alice: User) -> Callable[..., Meeting]:
        def note(meeting: Meeting, state: str, text: str = "") -> Meeting:
            return actions.record_meeting(
                meeting=meeting,
                state=state,
                note=text,
                over_revision=meeting.revision,
                by=alice,
                now=NOW,
            )

        return note

    def test_one_is_planned(self, group: Group, alice: User) -> None:
        meeting = actions.plan_meeting(group=group, day=TODAY, by=alice, now=NOW)
        assert (meeting.date, meeting.state) == (TODAY, "planned")
        assert sentences(group) == ["Alice Adeyemi planned a meeting for 10 March 2026"]

    def test_one_a_day(self, group: Group, alice: User) -> None:
        MeetingFactory(group=group, date=TODAY)
        with pytest.raises(GroupRefused, match=refusals.DATE_TAKEN):
            actions.plan_meeting(group=group, day=TODAY, by=alice, now=NOW)

    @pytest.mark.usefixtures("broken_history")
    def test_planning_rolls_back_whole(self, group: Group, alice: User) -> None:
        with pytest.raises(DatabaseError), transaction.atomic():
            actions.plan_meeting(group=group, day=TODAY, by=alice, now=NOW)
        assert group.meetings.count() == 0

    @pytest.mark.parametrize("state", [MeetingState.HELD, MeetingState.CANCELLED])
    def test_it_is_recorded(
        self, group: Group, note: Callable[..., Meeting], state: MeetingState
    ) -> None:
        meeting = note(MeetingFactory(group=group, date=TODAY), state, "Values and governance.")
        meeting.refresh_from_db()
        assert (meeting.state, meeting.note) == (state, "Values and governance.")
        assert len(sentences(group)) == 1

    def test_twice_is_once(self, group: Group, note: Callable[..., Meeting]) -> None:
        meeting = MeetingFactory(group=group, date=TODAY)
        for _ in range(2):
            note(Meeting.objects.get(), MeetingState.HELD, "Values.")
            note(meeting, MeetingState.HELD, "Values.")
            meeting.state = MeetingState.PLANNED  # as it was read before
        assert len(sentences(group)) == 1

    def test_two_at_once_wait_for_each_other(
        self, group: Group, alice: User, bea: User, note: Callable[..., Meeting]
    ) -> None:
        meeting, member = MeetingFactory(group=group, date=TODAY), seat(group, bea, alice)
        for change in (
            lambda: note(meeting, MeetingState.HELD),
            lambda: actions.end_member(member=member, by=alice, now=NOW),
        ):
            with CaptureQueriesContext(connection) as queries:
                change()
            reads = [q["sql"] for q in queries if q["sql"].startswith("SELECT")]
            assert reads[0].endswith('FOR UPDATE OF "committees_group"')

    @pytest.mark.parametrize("day", [date(2016, 3, 9), date(2036, 3, 11), date.max])
    def test_it_is_within_ten_years(self, group: Group, alice: User, day: date) -> None:
        with pytest.raises(GroupRefused, match=TOO_FAR):
            actions.plan_meeting(group=group, day=day, by=alice, now=NOW)

    def test_not_before_its_day(self, group: Group, note: Callable[..., Meeting]) -> None:
        meeting = MeetingFactory(group=group, date=TODAY + timedelta(days=1))
        with pytest.raises(GroupRefused, match=refusals.NOT_YET):
            note(meeting, MeetingState.HELD)
        assert note(meeting, MeetingState.CANCELLED).state == "cancelled"

    def test_a_network_s_has_no_notes(self, network: Group, note: Callable[..., Meeting]) -> None:
        meeting = MeetingFactory(group=network, date=TODAY)
        with pytest.raises(GroupRefused, match=refusals.NO_NOTES):
            note(meeting, MeetingState.HELD, "Who came")
        assert note(meeting, MeetingState.HELD).state == "held"

    def test_postgres_refuses_them_too(self, network: Group) -> None:
        with pytest.raises(DatabaseError, match="no notes or counts here"), transaction.atomic():
            MeetingFactory(group=network, note="Who came")

    @pytest.mark.usefixtures("broken_history")
    def test_recording_rolls_back_whole(self, group: Group, note: Callable[..., Meeting]) -> None:
        meeting = MeetingFactory(group=group, date=TODAY)
        with pytest.raises(DatabaseError), transaction.atomic():
            note(meeting, MeetingState.HELD)
        meeting.refresh_from_db()
        assert meeting.state == "planned"
