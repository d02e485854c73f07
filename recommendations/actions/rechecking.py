"""Looking again at what was closed. What has not lasted is opened again, with its history."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from organisations.models import User
from recommendations.actions.closing import reopen
from recommendations.actions.locking import lock, record_about
from recommendations.enums import RecommendationVerb, Sustained
from recommendations.models import Recheck
from recommendations.queries.rechecking import place_of
from recommendations.rechecking import Check, why_not_record
from recommendations.refusals import NEVER_VERIFIES, RecommendationRefused


@transaction.atomic
def record_recheck(*, recheck: Recheck, result: str, note: str, by: User, now: datetime) -> Recheck:
    """What was found. Not sustained opens the recommendation again.

    Raises PermissionDenied for its owners, whoever proposed it and all who are neither of the
    committee nor asked in its place, and RecommendationRefused for coordinators, before its day
    and once it is over.
    """
    recommendation = lock(recheck.recommendation)
    locked = recommendation.rechecks.select_for_update(of=("self",)).get(pk=recheck.pk)
    today = timezone.localdate(now)
    place = place_of(locked, by, today=today)
    if not place.may_open:
        raise PermissionDenied
    if not place.is_theirs:
        raise RecommendationRefused(NEVER_VERIFIES)
    problem = why_not_record(check_of(locked), result=result, note=note, today=today)
    if problem:
        raise RecommendationRefused(problem)
    locked.result, locked.note = result, note.strip()
    locked.checked_by, locked.checked_on = by, today
    locked.save(update_fields=["result", "note", "checked_by", "checked_on"])
    verb = RecommendationVerb.RECHECKED
    record_about(verb, recommendation, by=by, now=now, result=result, recheck=locked.pk)
    if result == Sustained.NOT_SUSTAINED:
        reopen(recommendation=recommendation, by=by, now=now)
    return locked


def check_of(recheck: Recheck) -> Check:
    return Check(recheck.due_on, is_open=recheck.result == "" and recheck.dropped_at is None)
