"""Whether the organisation agrees with a recommendation."""

from datetime import datetime

from django.db import transaction

from organisations.models import User
from recommendations.actions.locking import lock_open, record_about
from recommendations.enums import RecommendationVerb, Response
from recommendations.models import Recommendation
from recommendations.refusals import REASON_NEEDED, RecommendationRefused


@transaction.atomic
def record_response(
    *, recommendation: Recommendation, response: str, reason: str, by: User, now: datetime
) -> Recommendation:
    """Whether the organisation agrees.

    Raises RecommendationRefused without a reason owed, and once it is closed.
    """
    if response in Response.needing_a_reason() and not reason.strip():
        raise RecommendationRefused(REASON_NEEDED)
    locked = lock_open(recommendation)
    if (locked.response, locked.response_reason) == (response, reason):
        return locked
    locked.response, locked.response_reason = response, reason
    locked.save(update_fields=["response", "response_reason"])
    record_about(RecommendationVerb.RESPONSE_RECORDED, locked, by=by, now=now, response=response)
    return locked
