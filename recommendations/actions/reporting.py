"""What owners report."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from organisations.models import User
from recommendations.actions.locking import lock_open, record_about, start
from recommendations.enums import RecommendationVerb
from recommendations.models import ProgressUpdate, Recommendation


@transaction.atomic
def post_update(
    *, recommendation: Recommendation, rating: str, text: str, by: User, now: datetime
) -> ProgressUpdate:
    """What an owner reports.

    Raises PermissionDenied for anybody else and RecommendationRefused once it is closed.
    """
    locked = lock_open(recommendation)
    if not locked.is_owned_by(by):
        raise PermissionDenied
    update = ProgressUpdate.objects.create(
        recommendation=locked, by=by, posted_at=now, rating=rating, text=text
    )
    record_about(
        RecommendationVerb.UPDATE_POSTED, locked, by=by, now=now, rating=rating, update=update.pk
    )
    start(locked, by=by, now=now)
    return update
