"""Changing who owns a recommendation and its actions, and taking an action on."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from organisations.models import User
from recommendations.actions.locking import lock_open, record_about, record_step, start
from recommendations.assignment import Assignment, Keep, why_not_accept, why_not_propose
from recommendations.enums import RecommendationVerb, Response
from recommendations.models import Action, Recommendation
from recommendations.planning import why_before
from recommendations.refusals import NOT_A_MEMBER, TURNED_DOWN, RecommendationRefused


@transaction.atomic
def set_owners(
    *,
    recommendation: Recommendation,
    sponsor: User | Keep | None,
    assignments: Iterable[Assignment],
    by: User,
    now: datetime,
) -> None:
    """The executive sponsor, each action's lead, and dates while they are drafts.

    Raises RecommendationRefused for somebody who is no member, for another date than the one
    accepted, and when the recommendation is closed. What stays the same leaves no history.
    """
    assignments = list(assignments)
    locked = lock_open(recommendation)
    wanted = {each.lead for each in assignments} | {getattr(sponsor, "pk", None)}
    _refuse_strangers(locked, {pk for pk in wanted if isinstance(pk, UUID)})
    if not isinstance(sponsor, Keep):
        set_sponsor(locked, sponsor, by=by, now=now)
    actions = {action.pk: action for action in locked.actions.select_for_update()}
    for assignment in assignments:
        action = actions[assignment.action]
        if not isinstance(assignment.lead, Keep):
            set_lead(locked, action, assignment.lead, by=by, now=now)
        if not isinstance(assignment.target_date, Keep):
            set_date(locked, action, assignment.target_date, by=by, now=now)


def _refuse_strangers(recommendation: Recommendation, wanted: set[UUID]) -> None:
    """Whoever already holds a part of it may keep it, member or not."""
    members = recommendation.organisation.memberships.filter(user__in=wanted, ended_at=None)
    leads = recommendation.actions.values_list("responsible_owner", flat=True)
    known = {*members.values_list("user", flat=True), *leads, recommendation.accountable_owner_id}
    if wanted - known:
        raise RecommendationRefused(NOT_A_MEMBER)


def set_sponsor(
    recommendation: Recommendation, sponsor: User | None, *, by: User, now: datetime
) -> None:
    if recommendation.accountable_owner == sponsor:
        return
    recommendation.accountable_owner = sponsor
    recommendation.save(update_fields=["accountable_owner"])
    if sponsor is None:
        record_about(RecommendationVerb.SPONSOR_CLEARED, recommendation, by=by, now=now)
    else:
        record_about(
            RecommendationVerb.SPONSOR_SET, recommendation, by=by, now=now, user=sponsor.pk
        )


def set_lead(
    recommendation: Recommendation, action: Action, lead: UUID | None, *, by: User, now: datetime
) -> None:
    """Whoever follows has not said yes to anything: only the date that was accepted stays.

    What a lead before said against it is answered by that.
    """
    if action.responsible_owner_id == lead:
        return
    action.responsible_owner_id, action.accepted_by = lead, None
    action.save(update_fields=["responsible_owner", "accepted_by"])
    _end_objections(action, by=by, now=now)
    verb = RecommendationVerb.OWNER_SET if lead else RecommendationVerb.OWNER_CLEARED
    record_step(verb, recommendation, action, by=by, now=now, user=lead or "")


def _end_objections(action: Action, *, by: User, now: datetime) -> None:
    action.objections.filter(settled_at=None).update(settled_by=by, settled_at=now)


def set_date(
    recommendation: Recommendation, action: Action, day: date | None, *, by: User, now: datetime
) -> None:
    problem = why_not_propose(
        day,
        present=action.target_date,
        is_accepted=action.accepted_at is not None,
        today=timezone.localdate(now),
    )
    if day != action.target_date:
        problem = problem or why_before(day, recommendation.source.began_on)
    if problem:
        raise RecommendationRefused(problem)
    if action.target_date == day:
        return
    action.target_date = day
    action.save(update_fields=["target_date"])
    verb = RecommendationVerb.DATE_SET if day else RecommendationVerb.DATE_CLEARED
    record_step(verb, recommendation, action, by=by, now=now, date=day or "")


@transaction.atomic
def accept_action(*, action: Action, shown_date: date | None, by: User, now: datetime) -> Action:
    """The lead takes the action on with the date they were shown.

    From the first acceptance on that date cannot be edited; a lead who takes over accepts it as it
    stands. Raises PermissionDenied for anybody but its lead, and RecommendationRefused when the
    date cannot be accepted. Accepting twice changes nothing.
    """
    recommendation = lock_open(action.recommendation)
    locked = Action.objects.select_for_update().get(pk=action.pk)
    if locked.responsible_owner_id != by.pk:
        raise PermissionDenied
    if locked.accepted_by_id == by.pk:
        return locked
    if recommendation.response == Response.NOT_ACCEPTED:
        raise RecommendationRefused(TURNED_DOWN)
    problem = why_not_accept(
        locked.target_date,
        shown=shown_date,
        is_accepted=locked.accepted_at is not None,
        today=timezone.localdate(now),
    )
    if problem:
        raise RecommendationRefused(problem)
    _take_on(locked, by=by, now=now)
    _end_objections(locked, by=by, now=now)
    verb = RecommendationVerb.ACTION_ACCEPTED
    record_step(verb, recommendation, locked, by=by, now=now, date=locked.target_date)
    start(recommendation, by=by, now=now)
    return locked


def _take_on(action: Action, *, by: User, now: datetime) -> None:
    action.accepted_by = by
    if action.accepted_at is None:
        action.original_date, action.accepted_at = action.target_date, now
    action.save(update_fields=["accepted_by", "original_date", "accepted_at"])
