"""The actions of a recommendation: adding one, changing it and taking it out."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from organisations.models import User
from recommendations.actions.locking import lock_open, record_step
from recommendations.actions.proving import refresh_proof
from recommendations.actions.revisions import key_of, refuse_if_moved_on
from recommendations.enums import EditedField, RecommendationVerb, State
from recommendations.models import Action, Recommendation
from recommendations.planning import GROUPS, Step
from recommendations.queries.plan_versions import shows_already, why_it_stays
from recommendations.refusals import (
    IS_PROPOSED,
    KIND_STAYS,
    STEP_GONE,
    STEP_STAYS,
    RecommendationRefused,
)


@transaction.atomic
def add_step(
    *, recommendation: Recommendation, step: Step, page: UUID, by: User, now: datetime
) -> Action:
    """The same page sent twice makes one. Raises RecommendationRefused once it is closed."""
    locked = lock_to_plan(recommendation)
    pk = key_of(page, locked.pk, by.pk)
    if there := locked.actions.filter(pk=pk).first():
        return there
    return make_step(locked, step, pk=pk, by=by, now=now)


def make_step(
    locked: Recommendation,
    step: Step,
    *,
    by: User,
    now: datetime,
    pk: UUID | None = None,
    number: int | None = None,
) -> Action:
    """Of a recommendation that this transaction holds."""
    last = locked.actions.aggregate(last=Max("position"))["last"] or 0
    own = {"pk": pk} if pk else {}
    made = Action.objects.create(
        recommendation=locked, position=number or last + 1, **own, **vars(step)
    )
    record_step(RecommendationVerb.ACTION_ADDED, locked, made, by=by, now=now)
    return made


@transaction.atomic
def edit_step(*, action: Action, step: Step, over_revision: int, by: User, now: datetime) -> Action:
    """`over_revision`: of the recommendation, which moves on with each of its actions.

    Raises MovedOnError where somebody saved meanwhile, RecommendationRefused for another kind once
    anything shows that it is done, and while the committee is asked to close the recommendation.
    """
    recommendation = lock_to_plan(action.recommendation)
    locked = _hold(action, recommendation)
    refuse_if_moved_on(recommendation, over_revision=over_revision)
    if write_step(locked, step, by=by, now=now):
        bump(recommendation)
    return locked


def write_step(locked: Action, step: Step, *, by: User, now: datetime) -> bool:
    """Whether anything changed; one entry of history for each field, judged again after."""
    wanted = vars(step)
    changed = {name for name, value in wanted.items() if getattr(locked, name) != value}
    if not changed:
        return False
    if "kind" in changed and shows_already(locked):
        raise RecommendationRefused(KIND_STAYS)
    for name in changed:
        setattr(locked, name, wanted[name])
    locked.save(update_fields=sorted(changed))
    for field in fields_of(changed):
        verb, of = RecommendationVerb.ACTION_EDITED, locked.recommendation
        record_step(verb, of, locked, by=by, now=now, field=field)
    refresh_proof(locked, by=by, now=now)
    return True


def fields_of(changed: set[str]) -> list[EditedField]:
    """With another kind its numbers come along; that is one change and not several."""
    found = [field for field, names in GROUPS.items() if changed & set(names)]
    return [f for f in found if not (f == EditedField.COVERAGE and "kind" in changed)]


@transaction.atomic
def remove_step(*, action: Action, by: User, now: datetime) -> None:
    """Raises RecommendationRefused where its date was accepted or anything is on record of it.

    Taken out twice, it is gone once.
    """
    recommendation = lock_to_plan(action.recommendation)
    locked = recommendation.actions.select_for_update().filter(pk=action.pk).first()
    if locked is None:
        return
    if why := why_it_stays(locked):
        raise RecommendationRefused(STEP_STAYS % why)
    record_step(RecommendationVerb.ACTION_REMOVED, recommendation, locked, by=by, now=now)
    locked.delete()
    bump(recommendation)


def lock_to_plan(recommendation: Recommendation) -> Recommendation:
    """Open, and not before the committee: what it decides on does not change meanwhile."""
    locked = lock_open(recommendation)
    if locked.state == State.PROPOSED_FOR_CLOSURE:
        raise RecommendationRefused(IS_PROPOSED)
    return locked


def bump(recommendation: Recommendation) -> None:
    recommendation.revision += 1
    recommendation.save(update_fields=["revision"])


def _hold(action: Action, recommendation: Recommendation) -> Action:
    locked = recommendation.actions.select_for_update().filter(pk=action.pk).first()
    if locked is None:
        raise RecommendationRefused(STEP_GONE)
    locked.recommendation = recommendation
    return locked
