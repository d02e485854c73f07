from collections.abc import Collection
from uuid import UUID

from django.db.models import QuerySet
from django.urls import reverse

from recommendations.models import ClosureProposal, Recheck, Recommendation
from reminders.enums import ReminderKind
from reminders.lines.about import About


def recommendations(subjects: Collection[UUID]) -> dict[UUID, About]:
    rows = Recommendation.objects.filter(pk__in=subjects).values_list(
        "pk", "reference", "title", "organisation__slug"
    )
    return {
        pk: About(f"{reference} {title}", reverse("recommendation_detail", args=[slug, pk]))
        for pk, reference, title, slug in rows
    }


def proposals(subjects: Collection[UUID]) -> dict[UUID, About]:
    return _of_recommendations(ClosureProposal.objects.filter(pk__in=subjects), "closure_decide")


def rechecks(subjects: Collection[UUID]) -> dict[UUID, About]:
    return _of_recommendations(Recheck.objects.filter(pk__in=subjects), "recheck_record")


def _of_recommendations(
    rows: QuerySet[ClosureProposal] | QuerySet[Recheck], name: str
) -> dict[UUID, About]:
    """`name`: of the page on which it is done."""
    of = "recommendation"
    found = rows.values_list("pk", f"{of}__reference", f"{of}__title", f"{of}__organisation__slug")
    return {
        pk: About(f"{reference} {title}", reverse(name, args=[slug, pk]))
        for pk, reference, title, slug in found
    }


LINES = {
    ReminderKind.SILENT: recommendations,
    ReminderKind.RETURNED: recommendations,
    ReminderKind.CLOSURE: proposals,
    ReminderKind.RECHECK: rechecks,
}
