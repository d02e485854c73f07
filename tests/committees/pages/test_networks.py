"""The pages of a staff network hold nobody, whatever is sent to them."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from committees.models import Apology, Group, GroupMember, Meeting
from organisations.enums import Role
from organisations.models import Organisation, User
from tests.committees.pages.conftest import HERE
from tests.factories.committees import MeetingFactory
from tests.factories.organisations import MembershipFactory

MEETINGS = "/o/harbour-minds/meetings/"
SENT = {
    "name": "Network", "meets_every_months": "2", "tolerance_days": "14", "day": "2026-12-01",
    "place": "Online", "state": "held", "note": "SECRET", "topic": "SECRET", "kind": "seminar",
    "headcount": "12", "changed": "SECRET", "title": "SECRET", "has_equality_item": "on",
    "revision": "1",
}  # fmt: skip


@pytest.fixture
def held(network: Group) -> Meeting:
    found: Meeting = MeetingFactory(group=network, date=timezone.localdate() - timedelta(days=1))
    return found


@pytest.fixture
def colleague(harbour: Organisation) -> User:
    found: User = MembershipFactory(
        organisation=harbour, roles=[Role.COMMITTEE], user__display_name="Olwen Colleague"
    ).user
    return found


def pages(network: Group, held: Meeting) -> dict[str, str]:
    of_group, of_meeting = f"{HERE}{network.pk}/", f"{MEETINGS}{held.pk}/"
    return {
        "group": of_group,
        "edit": f"{of_group}edit/",
        "plan": f"{of_group}meetings/new/",
        "record": f"{of_group}meetings/{held.pk}/",
        "calendar": f"{of_group}calendar.ics",
        "meeting": of_meeting,
        "change": f"{of_meeting}edit/",
        "seat": f"{of_group}seats/new/",
        "agenda": f"{of_meeting}agenda/",
        "apologies": f"{of_meeting}apologies/",
    }


def test_nobody_is_on_them(
    network: Group, held: Meeting, as_alice: Client, colleague: User, bea: User
) -> None:
    found = {name: as_alice.get(path) for name, path in pages(network, held).items()}
    assert {name for name, page in found.items() if page.status_code == 404} == {
        "seat", "agenda", "apologies",
    }  # fmt: skip
    for page in found.values():
        shown = page.content.decode()
        for person in (colleague, bea):
            assert person.shown_name not in shown
            assert person.email not in shown


def test_nobody_and_nothing_is_kept_of_what_is_sent(
    network: Group, held: Meeting, as_alice: Client, colleague: User
) -> None:
    sent = {**SENT, "user": str(colleague.pk), "seats": str(colleague.pk), "is_chair": "on",
            "from_date": "2026-01-05"}  # fmt: skip
    for path in pages(network, held).values():
        as_alice.post(path, sent)
    held.refresh_from_db()
    network.refresh_from_db()
    assert (held.state, held.note, held.topic, held.headcount, held.changed) == (
        "held", "", "", None, "",
    )  # fmt: skip
    assert (GroupMember.objects.count(), Apology.objects.count()) == (0, 0)
    assert not network.has_equality_item
    for meeting in network.meetings.all():
        assert (meeting.note, meeting.topic, meeting.agenda.count()) == ("", "", 0)
