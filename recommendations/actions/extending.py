"""Asking for a later date, what follows from the committee's decision, and making drafts stand."""

from datetime import date, datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from history.actions import record_many
from organisations.models import Organisation, User
from recommendations.actions.locking import lock, lock_open, record_step, step_details
from recommendations.enums import RecommendationVerb, Response, Ruling, State
from recommendations.extending import why_not_ask
from recommendations.models import Action, Extension, ExtensionEnd, Recommendation
from recommendations.queries.closing import standing_of
from recommendations.refusals import (
    ENDED_REQUEST,
    NOT_DECIDED,
    TURNED_DOWN,
    RecommendationRefused,
)


@transaction.atomic
def ask_extension(
    *,
    action: Action,
    new_date: date,
    reason: str,
    by: User,
    now: datetime,
    is_own_motion: bool = False,
) -> Extension:
    """The lead or the sponsor asks for a later date; the old one stands until it is decided.

    is_own_motion: the committee asks itself, which nobody who owns the work may do for it.
    Raises PermissionDenied for anybody else, and RecommendationRefused for what is in the way.
    """
    recommendation = lock_open(action.recommendation)
    locked = recommendation.actions.select_for_update(of=("self",)).get(pk=action.pk)
    _refuse_whoever_may_not(by, locked, recommendation, is_own_motion=is_own_motion)
    if recommendation.response == Response.NOT_ACCEPTED:
        raise RecommendationRefused(TURNED_DOWN)
    today = timezone.localdate(now)
    problem = why_not_ask(new_date, standing_of(locked), today=today, is_own_motion=is_own_motion)
    if problem:
        raise RecommendationRefused(problem)
    assert locked.target_date is not None
    asked = Extension.objects.create(
        action=locked,
        old_date=locked.target_date,
        new_date=new_date,
        reason=reason.strip(),
        asked_by=by,
        asked_on=today,
        asked_at=now,
        is_own_motion=is_own_motion,
    )
    verb = RecommendationVerb.EXTENSION_ASKED
    record_step(verb, recommendation, locked, by=by, now=now, extension=asked.pk)
    return asked


def _refuse_whoever_may_not(
    by: User, action: Action, recommendation: Recommendation, *, is_own_motion: bool
) -> None:
    is_owner = recommendation.is_owned_by(by)
    if is_owner if is_own_motion else not is_asker(by, action, recommendation):
        raise PermissionDenied


def is_asker(user: User, action: Action, recommendation: Recommendation) -> bool:
    """The lead of this one action, or the sponsor of the whole."""
    return user.pk in {action.responsible_owner_id, recommendation.accountable_owner_id}


@transaction.atomic
def withdraw_extension(*, extension: Extension, by: User, now: datetime) -> Extension:
    """Whoever asked, the lead or the sponsor takes it back until it is decided.

    Raises PermissionDenied for anybody else, and RecommendationRefused once it is no longer open.
    """
    recommendation, action = _lock_request(extension)
    if extension.asked_by_id != by.pk and not is_asker(by, action, recommendation):
        raise PermissionDenied
    ExtensionEnd.objects.create(extension=extension, at=now)
    verb = RecommendationVerb.EXTENSION_WITHDRAWN
    record_step(verb, recommendation, action, by=by, now=now, extension=extension.pk)
    return extension


@transaction.atomic
def settle_extension(*, extension: Extension, ruling: str, by: User, now: datetime) -> Extension:
    """What follows from the decision, which stands as a row already: Postgres looks for it too.

    Raises RecommendationRefused without that row, and once the request is no longer open.
    """
    recommendation, action = _lock_request(extension)
    if not Extension.objects.filter(pk=extension.pk, decision__ruling=ruling).exists():
        raise RecommendationRefused(NOT_DECIDED)
    ExtensionEnd.objects.create(extension=extension, ruling=ruling, at=now)
    if ruling == Ruling.APPROVED:
        _move_date(recommendation, action, extension, by=by, now=now)
    else:
        verb = RecommendationVerb.EXTENSION_REFUSED
        record_step(verb, recommendation, action, by=by, now=now, extension=extension.pk)
    return extension


def _lock_request(extension: Extension) -> tuple[Recommendation, Action]:
    """Its recommendation first, then its action; a closed one has no open requests."""
    recommendation = lock(extension.action.recommendation)
    action = recommendation.actions.select_for_update(of=("self",)).get(pk=extension.action_id)
    if ExtensionEnd.objects.filter(extension=extension).exists():
        raise RecommendationRefused(ENDED_REQUEST)
    return recommendation, action


def _move_date(
    recommendation: Recommendation,
    action: Action,
    extension: Extension,
    *,
    by: User,
    now: datetime,
) -> None:
    action.target_date = extension.new_date
    action.save(update_fields=["target_date"])
    record_step(
        RecommendationVerb.DATE_MOVED,
        recommendation,
        action,
        by=by,
        now=now,
        date=action.target_date,
        extension=extension.pk,
    )


@transaction.atomic
def freeze_draft_dates(*, organisation: Organisation, by: User, now: datetime) -> int:
    """From the first pack on every date that was a draft stands. How many did.

    Nobody has said yes for the leads: who takes the action on is still theirs to say.
    """
    held = organisation.recommendations.exclude(state__in=State.closed()).order_by("pk")
    recommendations = {each.pk: each for each in held.select_for_update(of=("self",))}
    drafts = list(
        Action.objects.filter(
            recommendation__in=recommendations, accepted_at=None, target_date__isnull=False
        )
        .select_for_update(of=("self",))
        .order_by("recommendation", "position")
    )
    for action in drafts:
        action.original_date, action.accepted_at = action.target_date, now
    Action.objects.bulk_update(drafts, ["original_date", "accepted_at"])
    told = [
        (recommendations[each.recommendation_id], step_details(each, date=each.target_date))
        for each in drafts
    ]
    verb = RecommendationVerb.DATE_FROZEN
    record_many(verb, about=told, organisation=organisation, by=by, now=now)
    return len(drafts)
