"""What a recommendation cannot be done before."""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from organisations.models import Organisation, User
from recommendations.actions.locking import lock_open, record_about
from recommendations.enums import RecommendationVerb
from recommendations.models import Dependency, Recommendation
from recommendations.planning import circle
from recommendations.refusals import IN_A_CIRCLE, CircleError


@transaction.atomic
def set_dependencies(
    *,
    recommendation: Recommendation,
    offered: Collection[UUID],
    chosen: Collection[UUID],
    by: User,
    now: datetime,
) -> None:
    """Of those offered, the chosen ones alone; what the page did not offer stays.

    Raises CircleError, naming the chain, where it would go round in a circle.
    """
    organisation = Organisation.objects.select_for_update(no_key=True).get(
        pk=recommendation.organisation_id
    )
    locked = lock_open(recommendation)
    before = set(locked.dependencies.values_list("depends_on", flat=True))
    there = organisation.recommendations.filter(pk__in=chosen).values_list("pk", flat=True)
    wanted = (before - set(offered)) | set(there)
    refuse_circle(organisation, locked, wanted)
    write_dependencies(locked, before, wanted, by=by, now=now)


def write_dependencies(
    locked: Recommendation, before: set[UUID], wanted: set[UUID], *, by: User, now: datetime
) -> None:
    locked.dependencies.filter(depends_on__in=before - wanted).delete()
    for key in sorted(wanted - before):
        Dependency.objects.create(recommendation=locked, depends_on_id=key)
    for verb, keys in (
        (RecommendationVerb.DEPENDENCY_ADDED, wanted - before),
        (RecommendationVerb.DEPENDENCY_REMOVED, before - wanted),
    ):
        for key in sorted(keys):
            record_about(verb, locked, by=by, now=now, on=key)


def refuse_circle(
    organisation: Organisation, recommendation: Recommendation, wanted: Collection[UUID]
) -> None:
    """The database refuses one too; here it is named."""
    depends: dict[str, list[str]] = defaultdict(list)
    links = Dependency.objects.filter(recommendation__organisation=organisation)
    for of, on in links.values_list("recommendation", "depends_on"):
        depends[str(of)].append(str(on))
    found = circle(str(recommendation.pk), [str(key) for key in sorted(wanted)], depends)
    if found:
        names = organisation.recommendations.in_bulk([UUID(key) for key in found])
        said = " needs ".join(names[UUID(key)].reference for key in found)
        raise CircleError(IN_A_CIRCLE % said)
