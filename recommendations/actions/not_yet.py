"""Saying why an action is late, which stops its reminders for a while."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from organisations.models import User
from recommendations.actions.extending import is_asker
from recommendations.actions.locking import lock_open, record_step
from recommendations.enums import RecommendationVerb
from recommendations.models import Action, NotYet
from recommendations.not_yet import until_of, why_not_say
from recommendations.queries.not_yet import late_facts
from recommendations.refusals import RecommendationRefused


@transaction.atomic
def say_not_yet(*, action: Action, reason: str, by: User, now: datetime) -> NotYet:
    """The lead or the sponsor says why. It is late all the same, and every page says so.

    Raises PermissionDenied for anybody else, and RecommendationRefused where it is not late and
    while somebody's reason holds.
    """
    recommendation = lock_open(action.recommendation)
    locked = recommendation.actions.select_for_update(of=("self",)).get(pk=action.pk)
    if not is_asker(by, locked, recommendation):
        raise PermissionDenied
    today = timezone.localdate(now)
    problem = why_not_say(late_facts(locked, today=today), reason=reason, today=today)
    if problem:
        raise RecommendationRefused(problem)
    assert locked.target_date is not None
    said = NotYet.objects.create(
        action=locked,
        by=by,
        reason=reason.strip(),
        due_date=locked.target_date,
        said_at=now,
        until=until_of(today),
    )
    verb = RecommendationVerb.NOT_YET_SAID
    record_step(verb, recommendation, locked, by=by, now=now, not_yet=said.pk)
    return said
