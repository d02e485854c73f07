"""A committee with a chair and a member, both free, and work that two others lead and sponsor."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from committees.enums import GroupKind, MeetingState
from committees.models import Decision, Group, GroupMember, Meeting
from organisations.enums import Role
from organisations.models import Organisation, User
from recommendations.enums import State
from recommendations.models import Action, ClosureProposal, Extension, Recommendation
from tests.conftest import signed_in_as
from tests.factories.closing import asked_for, proposed
from tests.factories.committees import GroupFactory, GroupMemberFactory, MeetingFactory
from tests.factories.organisations import MembershipFactory, UserFactory
from tests.factories.recommendations import ActionFactory, RecommendationFactory

NOW = timezone.now()
TODAY = timezone.localdate(NOW)
DUE = TODAY + timedelta(days=60)
LATER = DUE + timedelta(days=30)
HERE = "/o/harbour-minds/decisions/"


def joined(organisation: Organisation, name: str, *roles: Role) -> User:
    user: User = UserFactory(display_name=name)
    MembershipFactory(organisation=organisation, user=user, roles=roles or [Role.STAFF])
    return user


def seated(group: Group, user: User, **seat: Any) -> GroupMember:
    found: GroupMember = GroupMemberFactory(
        group=group, user=user, **{"from_date": TODAY - timedelta(days=100), **seat}
    )
    return found


@pytest.fixture
def sponsor(harbour: Organisation) -> User:
    return joined(harbour, "Senthil Kumar")


@pytest.fixture
def lead(harbour: Organisation) -> User:
    return joined(harbour, "Dilys Evans")


@pytest.fixture
def committee(harbour: Organisation) -> Group:
    found: Group = GroupFactory(
        organisation=harbour, kind=GroupKind.ACCOUNTABILITY, name="Race equality committee"
    )
    return found


@pytest.fixture
def chair(harbour: Organisation, committee: Group) -> User:
    user = joined(harbour, "Parisa Haddad", Role.CHAIR)
    seated(committee, user, is_chair=True)
    return user


@pytest.fixture
def member(harbour: Organisation, committee: Group) -> User:
    user = joined(harbour, "Mehwish Khan", Role.COMMITTEE)
    seated(committee, user)
    return user


@pytest.fixture
def meeting(committee: Group, chair: User) -> Meeting:
    found: Meeting = MeetingFactory(group=committee, date=TODAY, state=MeetingState.HELD)
    return found


@pytest.fixture
def recommendation(harbour: Organisation, sponsor: User) -> Recommendation:
    found: Recommendation = RecommendationFactory(
        organisation=harbour, reference="1.7", title="Meet quarterly", accountable_owner=sponsor
    )
    return found


@pytest.fixture
def action(recommendation: Recommendation, lead: User) -> Action:
    """Taken on by its lead, with a date that stands."""
    made: Action = ActionFactory(
        recommendation=recommendation,
        position=1,
        title="Hold the meetings",
        responsible_owner=lead,
        accepted_by=lead,
        accepted_at=NOW,
        original_date=DUE,
        target_date=DUE,
    )
    return made


@pytest.fixture
def proposal(recommendation: Recommendation, action: Action, lead: User) -> ClosureProposal:
    return proposed(recommendation, by=lead, at=NOW)


@pytest.fixture
def extension(action: Action, lead: User) -> Extension:
    return asked_for(action, LATER, by=lead, at=NOW)


@pytest.fixture
def overdue(action: Action) -> Action:
    """As if it had been taken on long ago, with a date that has passed by now."""
    day = TODAY - timedelta(days=10)
    late: Action = ActionFactory(
        recommendation=action.recommendation,
        position=2,
        title="Publish the figures",
        responsible_owner=action.responsible_owner,
        accepted_by=action.responsible_owner,
        accepted_at=NOW - timedelta(days=100),
        original_date=day,
        target_date=day,
    )
    return late


@pytest.fixture
def as_chair(chair: User) -> Client:
    return signed_in_as(chair)


@pytest.fixture
def as_member(member: User) -> Client:
    return signed_in_as(member)


def row(decision: Decision) -> dict[str, Any]:
    """What a decision says, for one comparison."""
    decision.refresh_from_db()
    return {
        "kind": decision.kind,
        "ruling": decision.ruling,
        "response": decision.response,
        "reason": decision.reason,
        "decided_by": decision.decided_by,
        "asked_by": decision.asked_by,
        "owners": set(decision.owners),
        "was_passed_on": decision.was_passed_on,
    }


def state_of(recommendation: Recommendation) -> str:
    recommendation.refresh_from_db()
    return State(recommendation.state)
