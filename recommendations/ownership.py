"""Changing who owns a recommendation and its actions, and taking an action on."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from organisations.models import User
from recommendations.actions import lock_open, record_about, start
from recommendations.assignment import Assignment, why_not_accept, why_not_propose
from recommendations.enums import RecommendationVerb
from recommendations.models import Action, Recommendation
from recommendations.refusals import NOT_A_MEMBER, RecommendationRefused


@transaction.atomic
def set_owners(
    *,
    recommendation: Recommendation,
    sponsor: User | None,
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
    wanted = {each.lead for each in assignments} | {sponsor.pk if sponsor else None}
    _refuse_strangers(locked, wanted - {None})
    _set_sponsor(locked, sponsor, by=by, now=now)
    actions = {action.pk: action for action in locked.actions.select_for_update()}
    for assignment in assignments:
        action = actions[assignment.action]
        _set_lead(locked, action, assignment.lead, by=by, now=now)
        _set_date(locked, action, assignment.target_date, by=by, now=now)


def _refuse_strangers(recommendation: Recommendation, wanted: set[UUID | None]) -> None:
    """Whoever already holds a part of it may keep it, member or not."""
    members = recommendation.organisation.memberships.filter(user__in=wanted, ended_at=None)
    leads = recommendation.actions.values_list("responsible_owner", flat=True)
    known = {*members.values_list("user", flat=True), *leads, recommendation.accountable_owner_id}
    if wanted - known:
        raise RecommendationRefused(NOT_A_MEMBER)


def _set_sponsor(
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


def _set_lead(
    recommendation: Recommendation, action: Action, lead: UUID | None, *, by: User, now: datetime
) -> None:
    if action.responsible_owner_id == lead:
        return
    action.responsible_owner_id = lead
    action.save(update_fields=["responsible_owner"])
    verb = RecommendationVerb.OWNER_SET if lead else RecommendationVerb.OWNER_CLEARED
    record_step(verb, recommendation, action, by=by, now=now, user=lead or "")


def _set_date(
    recommendation: Recommendation, action: Action, day: date | None, *, by: User, now: datetime
) -> None:
    problem = why_not_propose(
        day,
        present=action.target_date,
        is_accepted=action.accepted_at is not None,
        today=timezone.localdate(now),
    )
    if problem:
        raise RecommendationRefused(problem)
    if action.target_date == day:
        return
    action.target_date = day
    action.save(update_fields=["target_date"])
    verb = RecommendationVerb.DATE_SET if day else RecommendationVerb.DATE_CLEARED
    record_step(verb, recommendation, action, by=by, now=now, date=day or "")


@transaction.atomic
def accept_action(*, action: Action, by: User, now: datetime) -> Action:
    """The lead takes the action on with its date, which from now on cannot be edited.

    Raises PermissionDenied for anybody but its lead, and RecommendationRefused without a date
    still to come. Accepting twice changes nothing.
    """
    recommendation = lock_open(action.recommendation)
    locked = Action.objects.select_for_update().get(pk=action.pk)
    if locked.responsible_owner_id != by.pk:
        raise PermissionDenied
    if locked.accepted_at is not None:
        return locked
    problem = why_not_accept(locked.target_date, today=timezone.localdate(now))
    if problem:
        raise RecommendationRefused(problem)
    locked.original_date, locked.accepted_at = locked.target_date, now
    locked.save(update_fields=["original_date", "accepted_at"])
    record_step(
        RecommendationVerb.ACTION_ACCEPTED,
        recommendation,
        locked,
        by=by,
        now=now,
        date=locked.target_date,
    )
    start(recommendation, by=by, now=now)
    return locked


def record_step(
    verb: RecommendationVerb,
    recommendation: Recommendation,
    action: Action,
    *,
    by: User,
    now: datetime,
    **details: object,
) -> None:
    record_about(
        verb,
        recommendation,
        by=by,
        now=now,
        action=action.pk,
        number=action.position,
        **details,
    )
