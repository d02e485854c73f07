"""A source's plan as it stands, for comparing a file with it."""

from collections import defaultdict
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from organisations.models import User
from recommendations.models import (
    Action,
    CoverageCount,
    CoverageUnit,
    Dependency,
    EmbeddingCheck,
    Evidence,
    Occurrence,
    Source,
)
from recommendations.pasted_plan import Member, People
from recommendations.plan_import import Held, Here
from recommendations.plan_steps import HeldStep
from recommendations.planning import Step
from recommendations.queries.sources import members_to_name

SHOWN_BY = (Occurrence, CoverageUnit, CoverageCount, EmbeddingCheck, Evidence)
VALUES = ("title", "text", "is_finding", "level", "horizon", "phase")


def plan_as_it_stands(source: Source, *, today: date) -> Here:
    """Four queries, however large the plan is."""
    steps, depends = _steps_of(source), _depends_of(source)
    found = source.recommendations.select_related("theme", "accountable_owner")
    held = {
        one.reference: Held(
            pk=one.pk,
            values={name: getattr(one, name) for name in VALUES}
            | {"theme": one.theme.title if one.theme else ""},
            response=one.response,
            reason=one.response_reason,
            state=one.state,
            sponsor=_member(one.accountable_owner),
            depends=frozenset(depends[one.pk]),
            steps=steps[one.pk],
        )
        for one in found
    }
    people = People(members_to_name(source.organisation))
    return Here(source.title, today, source.began_on, people, held)


def _member(user: User | None) -> Member | None:
    return Member(user.pk, user.shown_name, user.email) if user else None


def _steps_of(source: Source) -> dict[UUID, dict[int, HeldStep]]:
    shown = Q()
    for model in SHOWN_BY:
        shown |= Q(Exists(model.objects.filter(action=OuterRef("pk"))))
    rows = (
        Action.objects.filter(recommendation__source=source)
        .annotate(shows=Exists(Action.objects.filter(shown, pk=OuterRef("pk"))))
        .select_related("responsible_owner")
        .order_by("position")
    )
    found: dict[UUID, dict[int, HeldStep]] = defaultdict(dict)
    for each in rows:
        step = Step(**{name: getattr(each, name) for name in Step.__dataclass_fields__})
        found[each.recommendation_id][each.position] = HeldStep(
            pk=each.pk,
            step=step,
            lead=_member(each.responsible_owner),
            original=each.original_date,
            target=each.target_date,
            is_accepted=each.accepted_at is not None,
            shows=each.shows,
        )
    return found


def _depends_of(source: Source) -> dict[UUID, set[str]]:
    links = Dependency.objects.filter(recommendation__source=source, depends_on__source=source)
    found: dict[UUID, set[str]] = defaultdict(set)
    for of, on in links.values_list("recommendation", "depends_on__reference"):
        found[of].add(on)
    return found
