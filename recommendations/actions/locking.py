"""How every change takes hold of its recommendation, and how it is put on record."""

from datetime import datetime

from history.actions import record
from organisations.models import User
from recommendations.enums import RecommendationVerb, State
from recommendations.models import Action, Recommendation
from recommendations.refusals import CLOSED, RecommendationRefused


def start(recommendation: Recommendation, *, by: User, now: datetime) -> None:
    """The first accepted action or progress update starts the work."""
    if recommendation.state != State.NOT_STARTED:
        return
    recommendation.state = State.IN_PROGRESS
    recommendation.save(update_fields=["state"])
    record_about(RecommendationVerb.STARTED, recommendation, by=by, now=now)


def lock(recommendation: Recommendation) -> Recommendation:
    return (
        Recommendation.objects.select_for_update(of=("self",))
        .select_related("organisation", "accountable_owner")
        .get(pk=recommendation.pk)
    )


def lock_open(recommendation: Recommendation) -> Recommendation:
    locked = lock(recommendation)
    if not locked.is_open:
        raise RecommendationRefused(CLOSED)
    return locked


def record_about(
    verb: RecommendationVerb,
    recommendation: Recommendation,
    *,
    by: User | None,
    now: datetime,
    **details: object,
) -> None:
    record(
        verb,
        subject=recommendation,
        organisation=recommendation.organisation,
        by=by,
        now=now,
        **details,
    )


def record_step(
    verb: RecommendationVerb,
    recommendation: Recommendation,
    action: Action,
    *,
    by: User | None,
    now: datetime,
    **details: object,
) -> None:
    record_about(verb, recommendation, by=by, now=now, **step_details(action, **details))


def step_details(action: Action, **details: object) -> dict[str, object]:
    return {"action": action.pk, "number": action.position, **details}
