"""Judging again whether an action is shown to be done, and what happens regularly."""

from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from organisations.enums import Role
from organisations.models import User
from outbox.actions import is_address, queue_email
from outbox.enums import Kind
from outbox.rendering import absolute_url, render_email
from recommendations.actions.closing import reopen
from recommendations.actions.judging import refresh_proof
from recommendations.actions.locking import lock, lock_open, record_step
from recommendations.enums import ActionKind, RecommendationVerb, State
from recommendations.models import Action, Occurrence, Recommendation
from recommendations.proof import Standing, why_not_on
from recommendations.queries.proving import (
    may_prove,
    proven_cadences,
    standing_of,
    standings_of,
)
from recommendations.refusals import OTHER_KIND, SAME_DAY, RecommendationRefused

__all__ = [
    "lock_to_prove",
    "record_occurrence",
    "record_proof",
    "record_taken_back",
    "refresh_proof",
    "refuse_day",
    "remove_occurrence",
    "reopen_missed",
]


def lock_to_prove(action: Action, *, kind: str = "", by: User) -> Action:
    """The action of an open recommendation, held until the transaction ends.

    Raises PermissionDenied for anybody but its owners and coordinators, and
    RecommendationRefused once it is closed or where another kind of thing would show it.
    """
    recommendation = lock_open(action.recommendation)
    if not may_prove(recommendation, by):
        raise PermissionDenied
    return _locked(action, recommendation, kind=kind)


def _locked(action: Action, recommendation: Recommendation, *, kind: str = "") -> Action:
    found = recommendation.actions.select_for_update().get(pk=action.pk)
    found.recommendation = recommendation
    if kind and found.kind != kind:
        raise RecommendationRefused(OTHER_KIND)
    return found


def refuse_day(day: date, *, now: datetime) -> None:
    """Nothing has happened on a day to come."""
    if problem := why_not_on(day, today=timezone.localdate(now)):
        raise RecommendationRefused(problem)


def record_proof(action: Action, *, by: User, now: datetime, **details: object) -> None:
    """Something was added to what shows it: on record, and judged again."""
    verb = RecommendationVerb.PROOF_ADDED
    record_step(verb, action.recommendation, action, by=by, now=now, **details)
    refresh_proof(action, by=by, now=now)


def record_taken_back(action: Action, *, by: User, now: datetime, **details: object) -> None:
    verb = RecommendationVerb.PROOF_REMOVED
    record_step(verb, action.recommendation, action, by=by, now=now, **details)
    refresh_proof(action, by=by, now=now)
    if action.proven_on is None and _stands_on_proof(action):
        reopen(recommendation=action.recommendation, by=by, now=now)
        _tell_chairs(action, due=None, now=now)


@transaction.atomic
def record_occurrence(
    *,
    action: Action,
    held_on: date,
    kind: str,
    topic: str,
    headcount: int | None,
    changed: str,
    meeting: UUID | None = None,
    moved_with_meeting: bool = False,
    by: User,
    now: datetime,
) -> Occurrence:
    """It happened once more. It goes on being recorded after the recommendation was closed, which
    it opens again where it comes too late.

    Whoever calls this has asked whether the person may: minutes of a meeting write here too.
    Raises RecommendationRefused for another kind of action, a day to come, and a day that has one.
    """
    refuse_day(held_on, now=now)
    locked = _locked(action, lock(action.recommendation), kind=ActionKind.CADENCE)
    if locked.occurrences.filter(held_on=held_on, removed_at=None).exists():
        raise RecommendationRefused(SAME_DAY)
    before = standing_of(locked, today=timezone.localdate(now))
    occurrence: Occurrence = locked.occurrences.create(
        held_on=held_on,
        kind=kind,
        topic=topic,
        headcount=headcount,
        changed=changed,
        meeting=meeting,
        moved_with_meeting=moved_with_meeting,
        by=by,
        recorded_at=now,
    )
    record_proof(locked, by=by, now=now, occurrence=occurrence.pk)
    if locked.proven_on is None or _came_late(occurrence, before):
        _reopen_missed(locked, due=before.next_due, now=now)
    return occurrence


def _came_late(occurrence: Occurrence, before: Standing) -> bool:
    """The daily run would have said so, had it come first."""
    if not before.is_missed or before.late_after is None or occurrence.moved_with_meeting:
        return False
    return occurrence.held_on > before.late_after


@transaction.atomic
def remove_occurrence(*, occurrence: Occurrence, by: User, now: datetime) -> bool:
    """Recorded by mistake: it stays, and no longer counts. False when it was taken back already.

    What was closed as implemented on the strength of it opens again.
    Raises PermissionDenied for anybody but owners and coordinators.
    """
    recommendation = lock(occurrence.action.recommendation)
    if not may_prove(recommendation, by):
        raise PermissionDenied
    action = _locked(occurrence.action, recommendation)
    live = action.occurrences.filter(pk=occurrence.pk, removed_at=None)
    if not live.update(removed_at=now):
        return False
    record_taken_back(action, by=by, now=now, occurrence=occurrence.pk)
    return True


def reopen_missed(*, today: date, now: datetime) -> int:
    """What happens regularly and was missed is no longer shown to be done; what was closed as
    implemented on the strength of it opens again. How many were opened.

    Each in a transaction of its own; a day that is missed is made up for by the next.
    """
    actions = list(proven_cadences())
    standings = standings_of(actions, today=today)
    missed = [each for each in actions if standings[each.pk].is_missed]
    return sum(_judge_missed(each, today=today, now=now) for each in missed)


@transaction.atomic
def _judge_missed(action: Action, *, today: date, now: datetime) -> bool:
    recommendation = lock(action.recommendation)
    locked = _locked(action, recommendation)
    standing = standing_of(locked, today=today)
    if not standing.is_missed:
        return False
    refresh_proof(locked, by=None, now=now)
    return _reopen_missed(locked, due=standing.next_due, now=now)


def _stands_on_proof(action: Action) -> bool:
    """Closed as implemented, of which this is a part."""
    return bool(action.recommendation.state == State.CLOSED_IMPLEMENTED)


def _reopen_missed(action: Action, *, due: date | None, now: datetime) -> bool:
    """As system, what this transaction holds. False for what is open or was closed otherwise."""
    if not _stands_on_proof(action):
        return False
    reopen(
        recommendation=action.recommendation,
        by=None,
        now=now,
        verb=RecommendationVerb.REOPENED_MISSED,
        action=action.pk,
        number=action.position,
    )
    _tell_chairs(action, due=due, now=now)
    return True


def _tell_chairs(action: Action, *, due: date | None, now: datetime) -> None:
    """`due`: when it was missed; None where what showed it was taken back."""
    recommendation = action.recommendation
    organisation = recommendation.organisation
    context = {
        "organisation": organisation,
        "reference": recommendation.reference,
        "due": due,
        "link": absolute_url(
            reverse("action_detail", args=[organisation.slug, recommendation.pk, action.pk])
        ),
    }
    rendered = render_email("reopened_missed", context)
    chairs = organisation.memberships.with_role(Role.CHAIR).select_related("user")
    for chair in (each.user for each in chairs.filter(user__is_active=True)):
        if is_address(chair.email):
            queue_email(
                kind=Kind.WORK,
                dedupe_key=f"reopened-missed:{action.pk}:{due or now.isoformat()}:{chair.pk}",
                to_address=chair.email,
                to_user=chair,
                organisation=organisation,
                rendered=rendered,
                now=now,
            )
