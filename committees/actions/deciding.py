"""What the committee decides at a meeting, and what follows from it."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from committees import deciding
from committees.actions.locking import lock_meeting, record_meeting_step
from committees.actions.recording import hold
from committees.enums import CommitteeVerb
from committees.models import Decision, Meeting, Pack
from committees.queries import eligible
from committees.queries.eligible import About
from committees.refusals import NOT_YOURS, OTHER_PACK, STANDS_ALREADY, GroupRefused
from organisations.models import User
from recommendations.actions import closing, extending, responding
from recommendations.actions.locking import lock, lock_open
from recommendations.enums import Ruling
from recommendations.models import Action, ClosureProposal, Extension, Recommendation
from recommendations.refusals import ENDED_PROPOSAL, ENDED_REQUEST, RecommendationRefused


@transaction.atomic
def decide_closure(
    *,
    proposal: ClosureProposal,
    meeting: Meeting,
    pack: Pack | None,
    ruling: str,
    reason: str,
    by: User,
    now: datetime,
) -> Decision:
    """Close it, or give it back with a reason.

    Raises PermissionDenied for whoever may not decide it, GroupRefused for a meeting at which
    nothing can be decided and RecommendationRefused once the proposal is no longer open.
    """
    sitting = lock_meeting(meeting)
    recommendation = lock(proposal.recommendation)
    locked = recommendation.proposals.get(pk=proposal.pk)
    if not locked.is_open:
        raise RecommendationRefused(ENDED_PROPOSAL)
    locked.recommendation = recommendation
    _refuse_words(deciding.why_not_ruled(ruling, reason))
    decision = _decide(
        Decision(proposal=locked, ruling=ruling, reason=reason.strip()),
        about=eligible.about_closing(locked),
        meeting=sitting,
        pack=pack,
        by=by,
        now=now,
    )
    closing.settle_proposal(proposal=locked, ruling=ruling, by=by, now=now)
    return decision


@transaction.atomic
def decide_extension(
    *,
    extension: Extension,
    meeting: Meeting,
    pack: Pack | None,
    ruling: str,
    reason: str,
    by: User,
    now: datetime,
) -> Decision:
    """Move the date, or let it stand with a reason. Raises as `decide_closure` does."""
    sitting = lock_meeting(meeting)
    lock(extension.action.recommendation)
    locked = Extension.objects.select_related("action__recommendation__organisation").get(
        pk=extension.pk
    )
    if hasattr(locked, "end"):
        raise RecommendationRefused(ENDED_REQUEST)
    _refuse_words(deciding.why_not_ruled(ruling, reason))
    decision = _decide(
        Decision(extension=locked, ruling=ruling, reason=reason.strip()),
        about=eligible.about_date(locked),
        meeting=sitting,
        pack=pack,
        by=by,
        now=now,
    )
    extending.settle_extension(extension=locked, ruling=ruling, by=by, now=now)
    return decision


@transaction.atomic
def move_date(
    *,
    action: Action,
    new_date: date,
    meeting: Meeting,
    pack: Pack | None,
    reason: str,
    by: User,
    now: datetime,
) -> Decision:
    """The committee sets a later date of its own motion, once the one that stood has passed.

    Raises as `decide_closure` does.
    """
    sitting = lock_meeting(meeting)
    recommendation = lock_open(action.recommendation)
    _refuse_whoever_may_not(
        eligible.about_own_motion(recommendation), sitting, by=by, today=timezone.localdate(now)
    )
    target = recommendation.actions.get(pk=action.pk).target_date
    _refuse_words(deciding.why_not_moved(target, new_date, today=timezone.localdate(now)))
    asked = extending.ask_extension(
        action=action, new_date=new_date, reason=reason, by=by, now=now, is_own_motion=True
    )
    return decide_extension(
        extension=asked,
        meeting=sitting,
        pack=pack,
        ruling=Ruling.APPROVED,
        reason=reason,
        by=by,
        now=now,
    )


@transaction.atomic
def decide_response(
    *,
    recommendation: Recommendation,
    meeting: Meeting,
    pack: Pack | None,
    response: str,
    reason: str,
    by: User,
    now: datetime,
) -> Decision:
    """Whether the organisation agrees. Raises as `decide_closure` does."""
    sitting = lock_meeting(meeting)
    locked = lock_open(recommendation)
    reason = reason.strip()
    if (locked.response, locked.response_reason) == (response, reason):
        raise GroupRefused(STANDS_ALREADY)
    _refuse_words(deciding.why_not_answered(response, reason))
    decision = _decide(
        Decision(response=response, reason=reason),
        about=eligible.about_response(locked),
        meeting=sitting,
        pack=pack,
        by=by,
        now=now,
    )
    responding.record_response(
        recommendation=locked, response=response, reason=reason, by=by, now=now
    )
    return decision


def _refuse_words(problem: str) -> None:
    if problem:
        raise GroupRefused(problem)


def _refuse_whoever_may_not(about: About, meeting: Meeting, *, by: User, today: date) -> bool:
    """Whether it was passed on to a trustee or an adviser."""
    if meeting.group.organisation_id != about.recommendation.organisation_id:
        raise GroupRefused(NOT_YOURS)
    sitting = eligible.sitting_of(meeting)
    _refuse_words(deciding.why_not_at(sitting, today=today, asked_on=about.asked_on))
    standing = eligible.who_may_decide(about, meeting=meeting, user=by, today=today)
    if standing.why_not:
        raise PermissionDenied(standing.why_not)
    return standing.is_passed_on


def _decide(
    decision: Decision,
    *,
    about: About,
    meeting: Meeting,
    pack: Pack | None,
    by: User,
    now: datetime,
) -> Decision:
    """The row; Postgres asks all of it again. A meeting that decides was held."""
    if pack is not None and pack.meeting_id != meeting.pk:
        raise GroupRefused(OTHER_PACK)
    today = timezone.localdate(now)
    decision.was_passed_on = _refuse_whoever_may_not(about, meeting, by=by, today=today)
    decision.organisation_id = about.recommendation.organisation_id
    decision.meeting, decision.pack, decision.kind = meeting, pack, about.kind
    decision.recommendation, decision.asked_by_id = about.recommendation, about.asked_by
    decision.decided_by, decision.decided_at = by, now
    decision.owners = sorted(about.owners)
    decision.save(force_insert=True)
    hold(meeting, by=by, now=now)
    record_meeting_step(
        CommitteeVerb.DECIDED,
        meeting,
        by=by,
        now=now,
        decision=about.kind,
        row=decision.pk,
        recommendation=about.recommendation.pk,
    )
    return decision
