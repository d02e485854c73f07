"""An organisation with something for every section of a pack."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from committees.actions.packs import freeze_pack
from committees.enums import GroupKind, View
from committees.models import Advice, Group, Meeting, Opinion, Pack
from organisations.models import Organisation, User
from recommendations.enums import ObjectionKind, Response, State
from recommendations.models import (
    Action,
    ClosureProposal,
    Extension,
    Objection,
    Recommendation,
)
from tests.factories.committees import GroupFactory, MeetingFactory
from tests.factories.organisations import MembershipFactory, UserFactory
from tests.factories.recommendations import ActionFactory, RecommendationFactory

OLD = timedelta(days=200)


@dataclass
class Plan:
    """`lead` leads everything but one action."""

    organisation: Organisation
    lead: User
    committee: Group
    meeting: Meeting
    closing: Recommendation
    proposal: ClosureProposal
    late: Action
    asked: Extension
    unanswered: Recommendation
    ownerless: Action
    objected: Action
    advice: Advice


def coming_meeting(organisation: Organisation, *, days: int = 7, **kwargs: object) -> Meeting:
    group = kwargs.pop("group", None) or GroupFactory(
        organisation=organisation, kind=GroupKind.ACCOUNTABILITY
    )
    day = timezone.localdate() + timedelta(days=days)
    meeting: Meeting = MeetingFactory(group=group, date=day, **kwargs)
    return meeting


def frozen_pack(organisation: Organisation, *, by: User, **kwargs: object) -> Pack:
    return freeze_pack(meeting=coming_meeting(organisation, **kwargs), by=by, now=timezone.now())


def plan_for_a_pack(organisation: Organisation) -> Plan:
    now = timezone.now()
    today = timezone.localdate(now)
    lead = UserFactory(display_name="Lena Lead")
    MembershipFactory(organisation=organisation, user=lead)
    closing = _taken_on(organisation, "Board agenda", state=State.PROPOSED_FOR_CLOSURE)
    _led(closing, lead, proven_on=today)
    proposal = ClosureProposal.objects.create(
        recommendation=closing,
        wanted=State.CLOSED_IMPLEMENTED,
        outcome="Waiting times fell.",
        proposed_by=lead,
        proposed_at=now - timedelta(days=3),
    )
    Opinion.objects.create(
        proposal=proposal, by=UserFactory(display_name="Ada Adviser"), view=View.NOT_YET, at=now
    )
    late = _led(_taken_on(organisation, "Pay gap"), lead, target_date=today - timedelta(days=40))
    moving = _led(
        _taken_on(organisation, "Training"),
        lead,
        original_date=today + timedelta(days=10),
        target_date=today + timedelta(days=10),
        accepted_at=now,
        accepted_by=lead,
    )
    asked = Extension.objects.create(
        action=moving,
        old_date=moving.target_date,
        new_date=moving.target_date + timedelta(days=30),
        reason="The trainer fell ill.",
        asked_by=lead,
        asked_on=today,
        asked_at=now,
    )
    unanswered = RecommendationFactory(organisation=organisation, title="No answer")
    _led(unanswered, lead)
    ownerless = ActionFactory(recommendation=_taken_on(organisation, "Left alone"))
    objected = _led(_taken_on(organisation, "Too much"), lead)
    Objection.objects.create(
        action=objected,
        lead=lead,
        kind=ObjectionKind.NO_CAPACITY,
        reason="SECRET-REASON",
        made_at=now,
    )
    advisers = GroupFactory(organisation=organisation, kind=GroupKind.ADVISORY)
    advice = Advice.objects.create(
        organisation=organisation,
        group=advisers,
        number=1,
        title="Ask people first",
        text="ADVICE-TEXT",
        given_by=UserFactory(),
        given_on=today,
    )
    meeting = coming_meeting(organisation)
    return Plan(
        organisation,
        lead,
        meeting.group,
        meeting,
        closing,
        proposal,
        late,
        asked,
        unanswered,
        ownerless,
        objected,
        advice,
    )


def _taken_on(organisation: Organisation, title: str, **kwargs: object) -> Recommendation:
    made: Recommendation = RecommendationFactory(
        organisation=organisation, title=title, response=Response.ACCEPTED, **kwargs
    )
    return made


def _led(recommendation: Recommendation, lead: User, **kwargs: object) -> Action:
    made: Action = ActionFactory(recommendation=recommendation, responsible_owner=lead, **kwargs)
    return made


def freeze(plan: Plan, *, by: User, at: datetime | None = None) -> Pack:
    return freeze_pack(meeting=plan.meeting, by=by, now=at or timezone.now())
