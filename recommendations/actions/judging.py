"""Judging again whether actions are shown to be done, while their recommendation is held."""

from datetime import datetime

from django.utils import timezone

from organisations.models import User
from recommendations.actions.locking import record_step
from recommendations.enums import RecommendationVerb
from recommendations.models import Action, Recommendation
from recommendations.queries.proving import standings_of


def refresh_proof(action: Action, *, by: User | None, now: datetime) -> bool:
    """Judge an action again whose recommendation this transaction holds. True when it changed.

    `by=None` is the daily run.
    """
    return _refresh([action], by=by, now=now) > 0


def judge_again(recommendation: Recommendation, *, now: datetime) -> int:
    """All actions of a recommendation that this transaction holds: what was shown once may have
    been missed since the daily run. How many changed."""
    actions = list(recommendation.actions.select_for_update(of=("self",)).order_by("position"))
    for action in actions:
        action.recommendation = recommendation
    return _refresh(actions, by=None, now=now)


def _refresh(actions: list[Action], *, by: User | None, now: datetime) -> int:
    standings = standings_of(actions, today=timezone.localdate(now))
    changed = [
        each for each in actions if standings[each.pk].is_proven != (each.proven_on is not None)
    ]
    for action in changed:
        _turn(action, by=by, now=now)
    return len(changed)


def _turn(action: Action, *, by: User | None, now: datetime) -> None:
    is_proven, today = action.proven_on is None, timezone.localdate(now)
    action.proven_on = today if is_proven else None
    action.save(update_fields=["proven_on"])
    verb = RecommendationVerb.ACTION_PROVEN if is_proven else RecommendationVerb.ACTION_UNPROVEN
    details = {"date": today} if is_proven else {}
    record_step(verb, action.recommendation, action, by=by, now=now, **details)
