"""Work that is followed to its end: proposals, later dates, objections, and what was decided."""

from datetime import date, datetime, timedelta
from typing import Any

from django.utils import timezone

from committees.enums import DecisionKind
from committees.models import Decision
from organisations.models import User
from recommendations.actions import closing, extending
from recommendations.enums import Ruling, State
from recommendations.models import (
    Action,
    ClosureProposal,
    Extension,
    Objection,
    Recheck,
    Recommendation,
)
from tests.factories.deciding import committee_member, sitting
from tests.factories.proving import EvidenceFactory
from tests.factories.recommendations import ActionFactory


def decide_closure(proposal: ClosureProposal, ruling: str, *, at: datetime) -> User:
    """The committee's row, and what follows from it. Who decided."""
    recommendation = proposal.recommendation
    member = committee_member(recommendation.organisation)
    Decision.objects.create(
        organisation=recommendation.organisation,
        meeting=sitting(recommendation.organisation, member=member, day=timezone.localdate(at)),
        kind=DecisionKind.CLOSURE,
        recommendation=recommendation,
        proposal=proposal,
        ruling=ruling,
        decided_by=member,
        decided_at=at,
        asked_by=proposal.proposed_by,
        owners=[],
    )
    closing.settle_proposal(proposal=proposal, ruling=ruling, by=member, now=at)
    return member


def decide_later_date(asked: Extension, ruling: str, *, at: datetime) -> User:
    """The committee's row, and what follows from it. Who decided."""
    recommendation = asked.action.recommendation
    member = committee_member(recommendation.organisation)
    Decision.objects.create(
        organisation=recommendation.organisation,
        meeting=sitting(recommendation.organisation, member=member, day=timezone.localdate(at)),
        kind=DecisionKind.EXTENSION,
        recommendation=recommendation,
        extension=asked,
        ruling=ruling,
        decided_by=member,
        decided_at=at,
        asked_by=None if asked.is_own_motion else asked.asked_by,
        owners=[],
    )
    extending.settle_extension(extension=asked, ruling=ruling, by=member, now=at)
    return member


def proposed(
    recommendation: Recommendation, *, by: User, at: datetime, **said: Any
) -> ClosureProposal:
    """As superseded, unless told otherwise."""
    return closing.propose_closure(
        recommendation=recommendation,
        **{
            "wanted": State.CLOSED_SUPERSEDED,
            "reason": "The new plan covers it.",
            "outcome": "",
            "is_activity_only": False,
            **said,
        },
        by=by,
        now=at,
    )


def shown(action: Action, *, by: User, at: datetime) -> Action:
    """A deliverable, by a piece of evidence."""
    EvidenceFactory(
        recommendation=action.recommendation, action=action, added_by=by, added_at=at, version=None
    )
    action.proven_on = timezone.localdate(at)
    action.save(update_fields=["proven_on"])
    return action


def implemented(recommendation: Recommendation, *, by: User, at: datetime) -> ClosureProposal:
    """Every action shown to be done, proposed and approved."""
    for action in recommendation.actions.all():
        shown(action, by=by, at=at)
    proposal = proposed(
        recommendation,
        by=by,
        at=at,
        wanted=State.CLOSED_IMPLEMENTED,
        reason="",
        outcome="Waiting times are shorter.",
    )
    decide_closure(proposal, Ruling.APPROVED, at=at)
    recommendation.refresh_from_db()
    return proposal


def asked_for(action: Action, day: date, *, by: User, at: datetime) -> Extension:
    return extending.ask_extension(
        action=action, new_date=day, reason="The supplier changed.", by=by, now=at
    )


def objected(action: Action, **changes: Any) -> Objection:
    """Of whoever was asked to lead it."""
    given = {
        "lead": action.responsible_owner,
        "kind": "no_capacity",
        "reason": "There is no time for it.",
        "made_at": timezone.now(),
        **changes,
    }
    return Objection.objects.create(action=action, **given)


def due_recheck(recommendation: Recommendation, *, by: User) -> Recheck:
    """The first one, of something closed nearly seven months ago."""
    implemented(recommendation, by=by, at=timezone.localtime() - timedelta(days=200))
    found: Recheck = recommendation.rechecks.get(months=6)
    return found


def taken_on(recommendation: Recommendation, lead: User, day: date, **changes: Any) -> Action:
    """An action whose lead has said yes to it and to its date."""
    given = {
        "position": 1,
        "accepted_at": timezone.now(),
        "original_date": day,
        "target_date": day,
        **changes,
    }
    made: Action = ActionFactory(
        recommendation=recommendation, responsible_owner=lead, accepted_by=lead, **given
    )
    return made
