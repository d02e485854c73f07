"""A Tuesday after Easter on which something of every group, pledge, event and quarter is due."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine

from committees.models import Meeting
from organisations.enums import Nation, Role
from organisations.models import Organisation, User
from outbox.models import Email
from reminders.actions import remind
from reminders.due import due_rows
from reminders.enums import Audience, ReminderKind
from reminders.models import Reminder
from tests.factories.agenda import AdviceFactory
from tests.factories.commitments import InvitationFactory, PledgeFactory
from tests.factories.committees import GroupFactory, GroupMemberFactory, MeetingFactory
from tests.factories.declaring import opened, seat_people
from tests.factories.packs import freeze_pack
from tests.factories.panels import GatheringFactory
from tests.factories.recommendations import RecommendationFactory
from tests.reminders.facts.asking import days

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 4, 7, 8, tzinfo=UTC)
TODAY = date(2026, 4, 7)
K, A = ReminderKind, Audience


@pytest.fixture(autouse=True)
def on_that_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def world(harbour: Organisation, alice: User, bea: User) -> Organisation:
    """Bea made a pledge a year ago, sits on the board and reads its packs; Alice does the rest."""
    bea.memberships.update(roles=[Role.ADVISER])
    board = GroupFactory(organisation=harbour, name="The board")
    GroupMemberFactory(group=board, user=bea, from_date=TODAY - days(400))
    freeze_pack(meeting=MeetingFactory(group=board, date=TODAY + days(7)), by=alice, now=NOW)
    advice = AdviceFactory(organisation=harbour, title="Ask first", number=4)
    MeetingFactory(group=advice.group, date=TODAY + days(7))
    pledge = PledgeFactory(
        leader=bea, organisation=harbour, created_at=datetime(2025, 4, 7, 9, tzinfo=UTC)
    )
    for title, held_on in [("To come", TODAY + days(21)), ("Has been", date(2026, 4, 2))]:
        received_on = TODAY - days(30)
        InvitationFactory(pledge=pledge, title=title, held_on=held_on, received_on=received_on)
    event = GatheringFactory(organisation=harbour, title="Conference", held_on=TODAY + days(30))
    seat_people(event, mailed=5)
    opened(event, by=alice, closes_on=TODAY + days(3))
    RecommendationFactory(organisation=harbour, created_at=datetime(2025, 4, 7, 9, tzinfo=UTC))
    return harbour


def test_what_is_due(world: Organisation, alice: User, bea: User) -> None:
    """The rungs of the weekend and of Easter Monday have moved to that day."""
    found = [(row.kind, row.audience, row.person, row.rung) for row in due_rows(TODAY)]
    assert found == [
        (K.MEETING, A.GROUP, bea.pk, -7),
        (K.PACK, A.READERS, bea.pk, 0),
        (K.ADVICE, A.COORDINATOR, alice.pk, -14),
        (K.CHECK_IN_DUE, A.LEADER, bea.pk, 0),
        (K.EVENT_BEFORE, A.LEADER, bea.pk, -21),
        (K.EVENT_AFTER, A.LEADER, bea.pk, 2),
        (K.ROUND_CLOSING, A.ORGANISER, alice.pk, -3),
        (K.ANNIVERSARY, A.LEADER, bea.pk, 0),
        (K.QUARTER, A.COMMITTEE, alice.pk, 0),
        (K.QUARTER, A.LEADER, bea.pk, 0),
    ]


def test_what_would_go_out_is_what_is_planned(world: Organisation, northside: Organisation) -> None:
    keys = {row.key for row in due_rows(TODAY)}
    assert keys == {row.key for row in due_rows(TODAY, homes=[world.pk])}
    assert due_rows(TODAY, homes=[northside.pk]) == []
    assert remind(now=NOW) == 2
    assert set(Reminder.objects.values_list("dedupe_key", flat=True)) == keys
    assert not Reminder.objects.filter(email=None).exists()
    assert remind(now=NOW) == 0


def test_scotland_is_a_day_ahead(world: Organisation) -> None:
    """Easter Monday is a working day there, and the round's rung falls on the 7th all the same."""
    world.nation = Nation.SCOTLAND
    world.save()
    kinds = {row.kind for row in due_rows(date(2026, 4, 6))}
    assert K.EVENT_AFTER in kinds
    assert K.ROUND_CLOSING not in kinds
    world.nation = Nation.ENGLAND
    world.save()
    assert due_rows(date(2026, 4, 6)) == []


def test_what_moves_is_withdrawn_and_comes_anew(world: Organisation, bea: User) -> None:
    remind(now=NOW)
    meeting = Meeting.objects.get(pack__isnull=False)
    meeting.date = TODAY + days(6)
    meeting.save()
    with time_machine.travel(NOW + days(1), tick=False):
        remind(now=NOW + days(1))
    told = Reminder.objects.filter(kind=K.MEETING).order_by("due_date")
    assert [(row.due_date, row.withdrawn_at is None) for row in told] == [
        (TODAY + days(6), True),
        (TODAY + days(7), False),
    ]


def test_the_words_of_the_emails(world: Organisation, alice: User, bea: User) -> None:
    remind(now=NOW)
    to_bea, to_alice = (Email.objects.get(to_user=user, kind="reminders") for user in (bea, alice))
    for words in (
        "The board",
        "A meeting on 14 April 2026",
        "The pack is ready to read",
        "March 2026",
        "Check in on your pledge",
        "Ask who will be at the table on 28 April 2026",
        "It was on 2 April 2026. Note what came of it",
        "A year on: look at your pledge again",
        "Your pledge, January to March 2026",
    ):
        assert words in to_bea.text
    for words in (
        "A4 Ask first",
        "Advice is owed an answer before 14 April 2026",
        "The last day of asking is 10 April 2026",
        "Recommendations, January to March 2026",
        "Silent today: 1 of 1 open",
    ):
        assert words in to_alice.text
