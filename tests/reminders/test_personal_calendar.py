"""A calendar at an address that holds a secret: what is in it, and for how long it opens."""

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from commitments.enums import InvitationState
from committees.enums import MeetingState
from organisations.models import Organisation, User
from reminders.actions import make_calendar
from reminders.models import CalendarFeed
from reminders.personal_calendar import address_of
from reminders.schedule import london_date
from tests.factories.commitments import InvitationFactory, PledgeFactory
from tests.factories.committees import GroupFactory, GroupMemberFactory, MeetingFactory
from tests.factories.declaring import opened, seat_people, upcoming
from tests.factories.gatherings import GatheringFactory
from tests.factories.recommendations import RecommendationFactory
from tests.factories.reminders import AcceptedActionFactory
from tests.ui.rendering import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def today() -> date:
    return london_date(timezone.now())


@pytest.fixture
def address(bea: User) -> str:
    return path_of(make_calendar(by=bea, now=timezone.now()))


def path_of(feed: CalendarFeed) -> str:
    return "/" + address_of(feed).split("/", 3)[3]


def events(address: str) -> dict[str, Any]:
    found = Calendar.from_ical(Client().get(address).content)
    return {str(event["uid"]): event for event in found.walk("VEVENT")}


def test_what_is_mine(
    address: str, harbour: Organisation, alice: User, bea: User, chidi: User, today: date
) -> None:
    soon = today + timedelta(days=9)
    of = RecommendationFactory(organisation=harbour, reference="1.4")
    mine = AcceptedActionFactory(
        recommendation=of, responsible_owner=bea, target_date=soon, position=1
    )
    AcceptedActionFactory(recommendation=of, responsible_owner=alice, target_date=soon, position=2)
    group = GroupFactory(organisation=harbour, name="Race equality board")
    GroupMemberFactory(group=group, user=bea, from_date=today)
    meeting = MeetingFactory(group=group, date=soon, starts_at=time(10, 0), place="Room 2")
    MeetingFactory(group=group, date=today - timedelta(days=1))
    MeetingFactory(group=GroupFactory(organisation=harbour, name="Another"), date=soon)
    pledge = PledgeFactory(leader=bea)
    going = InvitationFactory(
        pledge=pledge, title="Voices", held_on=soon, state=InvitationState.ACCEPTED
    )
    InvitationFactory(pledge=pledge, held_on=soon)
    found = events(address)
    assert {uid: str(event["summary"]) for uid, event in found.items()} == {
        f"action-{mine.pk}": "Harbour Minds: action 1 of 1.4 is due",
        f"meeting-{meeting.pk}": "Race equality board",
        f"event-{going.pk}": "An event you said yes to",
    }
    assert found[f"action-{mine.pk}"]["dtstart"].dt == soon
    at = found[f"meeting-{meeting.pk}"]["dtstart"].dt
    assert timezone.localtime(at).replace(tzinfo=None) == datetime.combine(soon, time(10, 0))
    raw = Client().get(address).content.decode()
    assert "Voices" not in raw
    assert "Room 2" not in raw


def test_a_meeting_that_is_cancelled_says_so(
    address: str, harbour: Organisation, bea: User, today: date
) -> None:
    group = GroupFactory(organisation=harbour)
    GroupMemberFactory(group=group, user=bea, from_date=today)
    MeetingFactory(group=group, date=today + timedelta(days=3), state=MeetingState.CANCELLED)
    assert [str(event["status"]) for event in events(address).values()] == ["CANCELLED"]


def test_no_meeting_of_a_group_that_i_have_left(
    address: str, harbour: Organisation, alice: User, bea: User, today: date
) -> None:
    """Others still sit on it. A meeting on my last day is mine."""
    group = GroupFactory(organisation=harbour)
    last = today + timedelta(days=3)
    GroupMemberFactory(group=group, user=bea, from_date=today, to_date=last)
    GroupMemberFactory(group=group, user=alice, from_date=today)
    mine = MeetingFactory(group=group, date=last)
    MeetingFactory(group=group, date=last + timedelta(days=1))
    assert list(events(address)) == [f"meeting-{mine.pk}"]


def test_a_round_that_i_opened(address: str, harbour: Organisation, alice: User, bea: User) -> None:
    gathering = upcoming(GatheringFactory(organisation=harbour))
    seat_people(gathering, 5)
    asked = opened(gathering, by=bea)
    other = upcoming(GatheringFactory(organisation=harbour))
    seat_people(other, 5)
    opened(other, by=alice)
    assert list(events(address)) == [f"round-{asked.pk}"]


def test_nothing_of_an_organisation_that_i_have_left(
    address: str, harbour: Organisation, bea: User, today: date
) -> None:
    group = GroupFactory(organisation=harbour)
    GroupMemberFactory(group=group, user=bea, from_date=today)
    MeetingFactory(group=group, date=today + timedelta(days=3))
    bea.memberships.update(ended_at=timezone.now())
    assert events(address) == {}


def test_the_same_days_give_the_same_bytes(address: str) -> None:
    first = Client().get(address)
    again = Client().get(address, headers={"If-None-Match": first["ETag"]})
    assert (first.status_code, again.status_code) == (200, 304)
    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    assert "private" in first["Cache-Control"]


@pytest.mark.parametrize("rows", [1, 3])
def test_its_cost_does_not_grow(
    rows: int,
    address: str,
    harbour: Organisation,
    bea: User,
    today: date,
    django_assert_num_queries: Any,
) -> None:
    group = GroupFactory(organisation=harbour)
    GroupMemberFactory(group=group, user=bea, from_date=today)
    for number in range(1, rows + 1):
        MeetingFactory(group=group, date=today + timedelta(days=number))
    with django_assert_num_queries(5):
        assert len(events(address)) == rows


def test_a_new_address_ends_the_one_before(as_bea: Client, bea: User, address: str) -> None:
    assert as_bea.post("/me/calendar/").url == "/me/emails/"
    assert Client().get(address).status_code == 404
    [newest] = bea.calendar_feeds.filter(ended_at=None)
    assert Client().get(path_of(newest)).status_code == 200
    assert address_of(newest) in text_of(as_bea.get("/me/emails/"))


def test_an_address_can_be_ended(as_bea: Client, as_alice: Client, address: str) -> None:
    assert as_alice.post("/me/calendar/end/").url == "/me/emails/"
    assert Client().get(address).status_code == 200
    as_bea.post("/me/calendar/end/")
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("path", ["/me/calendar/", "/me/calendar/end/"])
def test_only_a_button_changes_anything(path: str, as_bea: Client) -> None:
    assert as_bea.get(path).status_code == 405
    assert Client().post(path).url == f"/accounts/login/?next={path}"


def test_what_opens_nothing(address: str, bea: User, settings: Any) -> None:
    assert Client().get("/calendar/nonsense.ics").status_code == 404
    assert Client().post(address).status_code == 405
    feed = bea.calendar_feeds.get()
    settings.SECRET_KEY = "another-secret-of-the-installation"
    assert address_of(feed) == ""
    bea.is_active = False
    bea.save()
    assert Client().get(address).status_code == 404
