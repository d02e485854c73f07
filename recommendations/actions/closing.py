"""Proposing to close, what follows from the committee's decision, and opening again."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from organisations.models import User
from recommendations.actions.judging import judge_again
from recommendations.actions.locking import lock, lock_open, record_about
from recommendations.closing import Wanted, recheck_days, why_not_implemented, why_not_propose
from recommendations.enums import RecommendationVerb, Ruling, State
from recommendations.models import ClosureProposal, ExtensionEnd, Recheck, Recommendation
from recommendations.queries.closing import is_proposed, steps_of, undecided_requests_of
from recommendations.refusals import ENDED_PROPOSAL, NOT_DECIDED, RecommendationRefused
from recommendations.who_decides import owners_of


@transaction.atomic
def propose_closure(
    *,
    recommendation: Recommendation,
    wanted: str,
    reason: str,
    outcome: str,
    is_activity_only: bool,
    by: User,
    now: datetime,
) -> ClosureProposal:
    """An owner says that it can be closed; the committee decides.

    Raises PermissionDenied for anybody else, and RecommendationRefused for what stands in the way.
    """
    locked = lock_open(recommendation)
    if not locked.is_owned_by(by):
        raise PermissionDenied
    asked = Wanted(wanted, reason, outcome, is_activity_only)
    if asked.is_implemented:
        judge_again(locked, now=now)
    problems = why_not_propose(asked, steps=steps_of(locked), is_proposed=is_proposed(locked))
    if problems:
        raise RecommendationRefused(problems[0].text)
    proposal = ClosureProposal.objects.create(
        recommendation=locked,
        wanted=wanted,
        reason=reason.strip(),
        outcome=outcome.strip(),
        is_activity_only=is_activity_only,
        proposed_by=by,
        proposed_at=now,
        owners=sorted(owners_of(locked)),
    )
    _move(locked, State.PROPOSED_FOR_CLOSURE)
    verb = RecommendationVerb.CLOSURE_PROPOSED
    record_about(verb, locked, by=by, now=now, state=wanted, proposal=proposal.pk)
    return proposal


@transaction.atomic
def withdraw_proposal(*, proposal: ClosureProposal, by: User, now: datetime) -> ClosureProposal:
    """Any owner takes it back until it is decided; the work goes on.

    Raises PermissionDenied for anybody else, and RecommendationRefused once it is no longer open.
    """
    recommendation, locked = _lock_proposal(proposal)
    if not recommendation.is_owned_by(by) and locked.proposed_by_id != by.pk:
        raise PermissionDenied
    locked.withdrawn_at = now
    locked.save(update_fields=["withdrawn_at"])
    _move(recommendation, State.IN_PROGRESS)
    verb = RecommendationVerb.CLOSURE_WITHDRAWN
    record_about(verb, recommendation, by=by, now=now, proposal=locked.pk)
    return locked


@transaction.atomic
def settle_proposal(
    *, proposal: ClosureProposal, ruling: str, by: User, now: datetime
) -> ClosureProposal:
    """What follows from the decision, which stands as a row already: Postgres looks for it too.

    Raises RecommendationRefused without that row, once the proposal is no longer open, and where
    an action of it is no longer shown to be done.
    """
    recommendation, locked = _lock_proposal(proposal)
    if not ClosureProposal.objects.filter(pk=locked.pk, decision__ruling=ruling).exists():
        raise RecommendationRefused(NOT_DECIDED)
    if ruling == Ruling.APPROVED:
        _close(recommendation, locked, by=by, now=now)
    else:
        _move(recommendation, State.IN_PROGRESS)
        verb = RecommendationVerb.CLOSURE_RETURNED
        record_about(verb, recommendation, by=by, now=now, proposal=locked.pk)
    locked.settled_at = now
    locked.save(update_fields=["settled_at"])
    return locked


@transaction.atomic
def reopen(
    *,
    recommendation: Recommendation,
    by: User | None,
    now: datetime,
    verb: RecommendationVerb = RecommendationVerb.REOPENED,
    **details: object,
) -> Recommendation:
    """Open again, with its history: what was said when it closed stays in the proposal.

    `by=None` is the daily run. What is open already stays as it is.
    """
    locked = lock(recommendation)
    if locked.is_open:
        return locked
    locked.state, locked.closed_on, locked.reopened_at = State.IN_PROGRESS, None, now
    locked.state_reason = locked.outcome = ""
    locked.is_activity_only = False
    locked.save(
        update_fields=[
            "state", "closed_on", "reopened_at", "state_reason", "outcome", "is_activity_only"
        ]
    )  # fmt: skip
    locked.rechecks.filter(result="", dropped_at=None).update(dropped_at=now)
    record_about(verb, locked, by=by, now=now, **details)
    return locked


def _lock_proposal(proposal: ClosureProposal) -> tuple[Recommendation, ClosureProposal]:
    """Its recommendation first, as everywhere, so that nobody waits for somebody who waits."""
    recommendation = lock(proposal.recommendation)
    locked = recommendation.proposals.select_for_update(of=("self",)).get(pk=proposal.pk)
    if not locked.is_open:
        raise RecommendationRefused(ENDED_PROPOSAL)
    return recommendation, locked


def _move(recommendation: Recommendation, state: State) -> None:
    recommendation.state = state
    recommendation.save(update_fields=["state"])


def _close(
    recommendation: Recommendation, proposal: ClosureProposal, *, by: User, now: datetime
) -> None:
    is_implemented = proposal.wanted == State.CLOSED_IMPLEMENTED
    if is_implemented:
        _refuse_unshown(recommendation, now=now)
    recommendation.state = proposal.wanted
    recommendation.closed_on = timezone.localdate(now)
    recommendation.state_reason, recommendation.outcome = proposal.reason, proposal.outcome
    recommendation.is_activity_only = proposal.is_activity_only
    recommendation.save(
        update_fields=["state", "closed_on", "state_reason", "outcome", "is_activity_only"]
    )
    _end_requests(recommendation, now=now)
    if is_implemented:
        _plan_rechecks(recommendation, proposal)
    record_about(
        RecommendationVerb.CLOSED,
        recommendation,
        by=by,
        now=now,
        state=proposal.wanted,
        activity_only="yes" if proposal.is_activity_only else "",
        proposal=proposal.pk,
    )


def _refuse_unshown(recommendation: Recommendation, *, now: datetime) -> None:
    """By today's judgement: what happens regularly may have been missed since it was proposed."""
    judge_again(recommendation, now=now)
    if problem := why_not_implemented(steps_of(recommendation)):
        raise RecommendationRefused(problem)


def _end_requests(recommendation: Recommendation, *, now: datetime) -> None:
    """Nobody needs a later date for what is closed."""
    asked = undecided_requests_of(recommendation)
    ExtensionEnd.objects.bulk_create(ExtensionEnd(extension=each, at=now) for each in asked)


def _plan_rechecks(recommendation: Recommendation, proposal: ClosureProposal) -> None:
    """Only of what was implemented: nothing else is there to last."""
    assert recommendation.closed_on is not None
    Recheck.objects.bulk_create(
        Recheck(recommendation=recommendation, proposal=proposal, months=months, due_on=due_on)
        for months, due_on in recheck_days(recommendation.closed_on)
    )
