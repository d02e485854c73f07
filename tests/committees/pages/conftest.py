"""Groups of Harbour Minds, and the addresses of their pages."""

import pytest
from django.utils import timezone

from committees.enums import GroupKind
from committees.models import Group, Meeting
from organisations.models import Organisation, User
from tests.factories.committees import GroupFactory, GroupMemberFactory, MeetingFactory

HERE = "/o/harbour-minds/groups/"
NEW = {
    "kind": "accountability",
    "name": "Race equality committee",
    "meets_every_months": "3",
    "contact_address": "",
}


@pytest.fixture
def group(harbour: Organisation) -> Group:
    found: Group = GroupFactory(organisation=harbour, name="Accountability committee")
    return found


@pytest.fixture
def network(harbour: Organisation) -> Group:
    found: Group = GroupFactory(
        organisation=harbour,
        kind=GroupKind.STAFF_NETWORK,
        name="Staff network",
        contact_address="network@harbour.example",
    )
    return found


@pytest.fixture
def meeting(group: Group) -> Meeting:
    found: Meeting = MeetingFactory(group=group, date=timezone.localdate())
    return found


@pytest.fixture
def pages(group: Group, meeting: Meeting, bea: User) -> dict[str, str]:
    member = GroupMemberFactory(group=group, user=bea)
    one = f"{HERE}{group.pk}/"
    return {
        "list": HERE,
        "new": f"{HERE}new/",
        "detail": one,
        "seat": f"{one}seats/new/",
        "end": f"{one}seats/{member.pk}/end/",
        "plan": f"{one}meetings/new/",
        "record": f"{one}meetings/{meeting.pk}/",
    }
