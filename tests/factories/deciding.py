"""A committee that decides, down to the rows that Postgres asks for."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from committees.enums import DecisionKind, GroupKind, MeetingState
from committees.models import Decision, Meeting
from organisations.enums import Role
from organisations.models import Organisation, User
from recommendations.enums import Ruling, State
from recommendations.models import Action, ClosureProposal, Extension, ExtensionEnd, Recommendation
from tests.factories.committees import GroupFactory, GroupMemberFactory, MeetingFactory
from tests.factories.organisations import MembershipFactory, UserFactory


def committee_member(organisation: Organisation, **membership: Any) -> User:
    """Somebody free to decide: a seat and the chair's role, and nothing to do with the work."""
    user: User = UserFactory()
    MembershipFactory(
        organisation=organisation,
        user=user,
        **{"roles": [Role.CHAIR, Role.COMMITTEE], **membership},
    )
    return user


def sitting(
    organisation: Organisation, *, member: User, day: date | None = None, **meeting: Any
) -> Meeting:
    """A meeting that was held, of an accountability committee on which this person sits."""
    day = day or timezone.localdate()
    group = GroupFactory(organisation=organisation, kind=GroupKind.ACCOUNTABILITY)
    GroupMemberFactory(group=group, user=member, is_chair=True, from_date=day - timedelta(days=400))
    held: Meeting = MeetingFactory(
        group=group, **{"date": day, "state": MeetingState.HELD, **meeting}
    )
    return held


def closed_by_decision(
    recommendation: Recommendation,
    *,
    state: State = State.CLOSED_SUPERSEDED,
    by: User | None = None,
    at: datetime | None = None,
) -> Recommendation:
    """Closed as the committee would have closed it, without its history entries."""
    at = at or timezone.now()
    organisation = recommendation.organisation
    member = committee_member(organisation)
    meeting = sitting(organisation, member=member, day=timezone.localdate(at))
    outcome = "Waiting times are shorter." if state == State.CLOSED_IMPLEMENTED else ""
    proposal = ClosureProposal.objects.create(
        recommendation=recommendation,
        wanted=state,
        reason="" if outcome else "The new plan covers it.",
        outcome=outcome,
        proposed_by=by or UserFactory(),
        proposed_at=at,
    )
    Decision.objects.create(
        organisation=organisation,
        meeting=meeting,
        kind=DecisionKind.CLOSURE,
        recommendation=recommendation,
        proposal=proposal,
        ruling=Ruling.APPROVED,
        decided_by=member,
        decided_at=at,
        asked_by=proposal.proposed_by,
        owners=[],
    )
    ClosureProposal.objects.filter(pk=proposal.pk).update(settled_at=at)
    Recommendation.objects.filter(pk=recommendation.pk).update(
        state=state, closed_on=timezone.localdate(at), outcome=outcome
    )
    recommendation.refresh_from_db()
    return recommendation


def moved_by_decision(action: Action, day: date, *, at: datetime | None = None) -> Action:
    """Its accepted date moved as the committee would have moved it."""
    at = at or timezone.now()
    organisation = action.recommendation.organisation
    member = committee_member(organisation)
    meeting = sitting(organisation, member=member, day=timezone.localdate(at))
    asked = Extension.objects.create(
        action=action,
        old_date=action.target_date,
        new_date=day,
        reason="The supplier changed.",
        asked_by=UserFactory(),
        asked_on=timezone.localdate(at),
        asked_at=at,
        is_own_motion=True,
    )
    Decision.objects.create(
        organisation=organisation,
        meeting=meeting,
        kind=DecisionKind.EXTENSION,
        recommendation=action.recommendation,
        extension=asked,
        ruling=Ruling.APPROVED,
        decided_by=member,
        decided_at=at,
        asked_by=asked.asked_by,
        owners=[],
    )
    ExtensionEnd.objects.create(extension=asked, ruling=Ruling.APPROVED, at=at)
    Action.objects.filter(pk=action.pk).update(target_date=day)
    action.refresh_from_db()
    return action
