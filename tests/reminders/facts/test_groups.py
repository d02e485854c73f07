"""Meetings that are coming, packs to read, and advice that is owed an answer."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from committees.enums import AdviceAnswer, GroupKind, MeetingState
from committees.models import Advice, Group, Meeting, Pack
from committees.queries.advice import as_row, with_next_meeting
from organisations.enums import Role
from organisations.models import Organisation, User
from reminders.enums import Audience, ReminderKind
from reminders.lines import LINES
from tests.conftest import signed_in_as
from tests.factories.agenda import AdviceFactory, ApologyFactory
from tests.factories.committees import GroupFactory, GroupMemberFactory, MeetingFactory
from tests.reminders.facts.asking import GONE, TODAY, days, heard, told
from tests.reminders.facts.conftest import member

pytestmark = pytest.mark.django_db

MEETING = (ReminderKind.MEETING, Audience.GROUP)
PACK = (ReminderKind.PACK, Audience.READERS)
TO_COORDINATOR = (ReminderKind.ADVICE, Audience.COORDINATOR)
TO_CHAIR = (ReminderKind.ADVICE, Audience.CHAIR)
SOON = TODAY + days(7)
LONG_AGO = TODAY - days(400)
FROZEN_AT = datetime(2026, 3, 9, 23, 30, tzinfo=UTC)


@pytest.fixture
def group(harbour: Organisation, northside: Organisation, bea: User, chidi: User) -> Group:
    """Bea sits on none; Chidi on one that meets elsewhere on the same day."""
    elsewhere = GroupFactory(organisation=northside, kind=GroupKind.BOARD)
    GroupMemberFactory(group=elsewhere, user=chidi, from_date=LONG_AGO)
    found: Group = GroupFactory(organisation=harbour, kind=GroupKind.BOARD, name="The board")
    return found


@pytest.fixture
def meeting(group: Group, lead: User) -> Meeting:
    """On which the lead has a seat."""
    GroupMemberFactory(group=group, user=lead, from_date=LONG_AGO)
    found: Meeting = MeetingFactory(group=group, date=SOON)
    return found


class TestMeetings:
    def test_whoever_has_a_seat_hears(self, meeting: Meeting, lead: User) -> None:
        assert told(*MEETING) == [(lead, meeting.pk, SOON)]

    @pytest.mark.parametrize(
        ("first", "last", "hears"),
        [
            (SOON, None, True),
            (SOON + days(1), None, False),
            (LONG_AGO, SOON, True),
            (LONG_AGO, SOON - days(1), False),
        ],
    )
    def test_the_seat_of_that_day_counts(
        self, first: date, last: date | None, hears: bool, meeting: Meeting, sponsor: User
    ) -> None:
        GroupMemberFactory(group=meeting.group, user=sponsor, from_date=first, to_date=last)
        assert (sponsor in heard(*MEETING)) is hears

    def test_two_seats_are_one_person(self, meeting: Meeting, sponsor: User, lead: User) -> None:
        GroupMemberFactory(
            group=meeting.group, user=sponsor, from_date=LONG_AGO, to_date=SOON, is_chair=True
        )
        GroupMemberFactory(group=meeting.group, user=sponsor, from_date=SOON)
        assert heard(*MEETING) == [lead, sponsor]

    def test_not_who_sent_apologies_to_this_one(
        self, meeting: Meeting, group: Group, lead: User, sponsor: User
    ) -> None:
        seat = GroupMemberFactory(group=group, user=sponsor, from_date=LONG_AGO)
        ApologyFactory(meeting=MeetingFactory(group=group, date=SOON + days(30)), member=seat)
        ApologyFactory(meeting=meeting, member=group.members.get(user=lead))
        assert [person for person, of, _ in told(*MEETING) if of == meeting.pk] == [sponsor]

    @pytest.mark.parametrize("state", [MeetingState.CANCELLED, MeetingState.HELD])
    def test_not_of_what_is_not_planned(self, state: MeetingState, meeting: Meeting) -> None:
        Meeting.objects.update(state=state)
        assert told(*MEETING) == []

    def test_its_own_day_is_the_last(self, meeting: Meeting) -> None:
        assert (heard(*MEETING, SOON) != [], heard(*MEETING, SOON + days(1))) == (True, [])

    @pytest.mark.parametrize("go", GONE)
    def test_not_who_is_gone(
        self, go: Callable[[User], None], meeting: Meeting, lead: User
    ) -> None:
        go(lead)
        assert told(*MEETING) == []

    def test_nobody_of_a_staff_network(self, meeting: Meeting, harbour: Organisation) -> None:
        """It has dates and no seats: Postgres refuses them."""
        network = GroupFactory(organisation=harbour, kind=GroupKind.STAFF_NETWORK)
        MeetingFactory(group=network, date=SOON)
        assert [of for _, of, _ in told(*MEETING)] == [meeting.pk]

    def test_its_words(self, meeting: Meeting, lead: User) -> None:
        Meeting.objects.update(place="PLACE", note="NOTE", topic="TOPIC")
        about = LINES[ReminderKind.MEETING]([meeting.pk])[meeting.pk]
        assert (about.title, about.figures) == ("The board", ())
        assert signed_in_as(lead).get(about.path).status_code == 200


@pytest.fixture
def pack(meeting: Meeting, coordinator: User) -> Pack:
    return Pack.objects.create(
        organisation=meeting.group.organisation,
        meeting=meeting,
        number=1,
        frozen_at=FROZEN_AT,
        frozen_by=coordinator,
        content={},
        sha256="0" * 64,
    )


class TestPacks:
    @pytest.mark.parametrize("role", Role)
    def test_who_reads_packs_hears(self, role: Role, pack: Pack, harbour: Organisation) -> None:
        """From the day on which it was frozen in London."""
        person = member(harbour, "reader", role)
        reads = role in {Role.CHAIR, Role.COMMITTEE, Role.ADVISER, Role.TRUSTEE}
        assert told(*PACK) == ([(person, pack.pk, date(2026, 3, 9))] if reads else [])

    def test_who_coordinates_hears_where_they_have_a_seat(
        self, pack: Pack, group: Group, harbour: Organisation
    ) -> None:
        person = member(harbour, "seated", Role.COORDINATOR)
        assert heard(*PACK) == []
        GroupMemberFactory(group=GroupFactory(organisation=harbour), user=person)
        assert heard(*PACK) == []
        GroupMemberFactory(group=group, user=person, from_date=SOON)
        assert heard(*PACK) == [person]

    @pytest.mark.parametrize("kind", [GroupKind.ACCOUNTABILITY, GroupKind.BOARD])
    def test_whoever_may_read_by_a_seat_alone_hears(
        self, kind: GroupKind, pack: Pack, harbour: Organisation
    ) -> None:
        """As the page says, which asks the seat of today."""
        home = GroupFactory(organisation=harbour, kind=kind)
        Meeting.objects.update(group=home)
        for name, since, until in (("sits", LONG_AGO, None), ("sat", LONG_AGO, LONG_AGO)):
            person = member(harbour, name, Role.STAFF)
            GroupMemberFactory(group=home, user=person, from_date=since, to_date=until)
            page = signed_in_as(person).get(f"/o/{harbour.slug}/packs/")
            assert (person in heard(*PACK)) == (page.status_code == 200)
            assert page.status_code in {200, 403}

    def test_nobody_twice(self, pack: Pack, group: Group, harbour: Organisation) -> None:
        person = member(harbour, "several", Role.CHAIR, Role.TRUSTEE, Role.COORDINATOR)
        GroupMemberFactory(group=group, user=person, from_date=LONG_AGO, to_date=SOON)
        GroupMemberFactory(group=group, user=person, from_date=SOON)
        assert heard(*PACK) == [person]

    def test_not_who_froze_it(self, pack: Pack, coordinator: User) -> None:
        coordinator.memberships.update(roles=[Role.CHAIR])
        assert heard(*PACK) == []

    @pytest.mark.parametrize("state", [MeetingState.CANCELLED, MeetingState.HELD])
    def test_not_once_the_meeting_has_been_or_is_off(
        self, state: MeetingState, pack: Pack, chair: User
    ) -> None:
        assert heard(*PACK) == [chair]
        Meeting.objects.update(state=state)
        assert heard(*PACK) == []

    def test_the_day_of_the_meeting_is_the_last(self, pack: Pack, chair: User) -> None:
        assert (heard(*PACK, SOON), heard(*PACK, SOON + days(1))) == ([chair], [])

    @pytest.mark.parametrize("go", GONE)
    def test_not_who_is_gone(self, go: Callable[[User], None], pack: Pack, chair: User) -> None:
        go(chair)
        assert heard(*PACK) == []

    def test_its_words(self, pack: Pack, chair: User, as_bea: Client) -> None:
        about = LINES[ReminderKind.PACK]([pack.pk])[pack.pk]
        assert (about.title, about.path) == ("The board, 17 March 2026", pack.get_absolute_url())


@pytest.fixture
def advice(harbour: Organisation, bea: User, chidi: User) -> Advice:
    """Given two weeks ago, by a group that meets every three months."""
    found: Advice = AdviceFactory(
        organisation=harbour, number=4, title="Ask first", text="TEXT", given_on=TODAY - days(14)
    )
    return found


class TestAdvice:
    def test_without_a_meeting_it_is_owed_within_a_turn(
        self, advice: Advice, coordinator: User
    ) -> None:
        assert told(*TO_COORDINATOR) == [(coordinator, advice.pk, date(2026, 5, 24))]

    def test_it_is_owed_before_the_next_meeting(self, advice: Advice, coordinator: User) -> None:
        for number in (40, 20):
            MeetingFactory(group=advice.group, date=TODAY + days(number))
        off = MeetingFactory(group=advice.group, date=TODAY + days(10))
        Meeting.objects.filter(pk=off.pk).update(state=MeetingState.CANCELLED)
        MeetingFactory(group=advice.group, date=advice.given_on)
        MeetingFactory(date=TODAY + days(5))
        assert told(*TO_COORDINATOR) == [(coordinator, advice.pk, TODAY + days(20))]

    @pytest.mark.parametrize(
        ("given", "every"),
        [
            (date(2026, 1, 31), 1),
            (date(2025, 11, 30), 3),
            (date(2028, 2, 29), 12),
            (date(2025, 12, 31), 2),
        ],
    )
    def test_the_turn_is_that_of_the_page(
        self, given: date, every: int, advice: Advice, coordinator: User
    ) -> None:
        """At the ends of months, and on 29 February."""
        Group.objects.filter(pk=advice.group_id).update(meets_every_months=every)
        Advice.objects.update(given_on=given)
        shown = as_row(with_next_meeting(Advice.objects.all()).get(), today=TODAY)
        assert [day for _, _, day in told(*TO_COORDINATOR)] == [shown.standing.due]

    def test_whoever_may_answer_hears_once(
        self, advice: Advice, alice: User, chair: User, coordinator: User, committee: User
    ) -> None:
        """Alice has both roles, and hears as a coordinator."""
        assert heard(*TO_COORDINATOR) == [alice, coordinator]
        assert heard(*TO_CHAIR) == [chair]

    def test_nobody_once_it_is_answered_or_before_it_is_given(
        self, advice: Advice, chair: User, coordinator: User
    ) -> None:
        AdviceFactory(organisation=advice.organisation, asked=True)
        assert [of for _, of, _ in told(*TO_CHAIR)] == [advice.pk]
        Advice.objects.filter(pk=advice.pk).update(
            answer=AdviceAnswer.ADAPT, answered_by=chair, answered_on=TODAY
        )
        assert (heard(*TO_CHAIR), heard(*TO_COORDINATOR)) == ([], [])

    @pytest.mark.parametrize("go", GONE)
    def test_not_who_is_gone(
        self, go: Callable[[User], None], advice: Advice, chair: User, coordinator: User
    ) -> None:
        for person in (chair, coordinator):
            go(person)
        assert (heard(*TO_CHAIR), heard(*TO_COORDINATOR)) == ([], [])

    def test_its_words(self, advice: Advice, as_alice: Client) -> None:
        about = LINES[ReminderKind.ADVICE]([advice.pk])[advice.pk]
        assert about.title == "A4 Ask first"
        assert as_alice.get(about.path).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_one_query_for_the_words_however_many(
    number: int, harbour: Organisation, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    meetings = [MeetingFactory(group=GroupFactory(organisation=harbour)).pk for _ in range(number)]
    advice = [AdviceFactory(organisation=harbour).pk for _ in range(number)]
    for kind, subjects in [(ReminderKind.MEETING, meetings), (ReminderKind.ADVICE, advice)]:
        with django_assert_num_queries(1):
            assert len(LINES[kind](subjects)) == number
    with django_assert_num_queries(1):
        assert LINES[ReminderKind.PACK](meetings) == {}
