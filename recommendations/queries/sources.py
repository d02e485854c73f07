"""Sources, with what came of each of them."""

from uuid import UUID

from django.db.models import Count, Prefetch, Q, QuerySet

from organisations.models import Organisation
from organisations.queries import members_of
from recommendations.enums import State
from recommendations.models import Action, Recommendation, Source, Theme
from recommendations.pasted_plan import Member


def sources_of(organisation: Organisation) -> QuerySet[Source]:
    """In the order they were added; findings are counted apart."""
    return (
        organisation.sources.annotate(
            asked=Count("recommendations", filter=Q(recommendations__is_finding=False)),
            found=Count("recommendations", filter=Q(recommendations__is_finding=True)),
        )
        .order_by("created_at", "pk")
        .select_related("organisation")
    )


def members_to_name(organisation: Organisation) -> list[Member]:
    """Who can lead something today: a member who has left is not among them."""
    return [
        Member(each.user.pk, each.user.shown_name, each.user.email)
        for each in members_of(organisation)
        if each.user.is_active
    ]


def themes_of(organisation: Organisation) -> QuerySet[Theme]:
    rows = Theme.objects.filter(source__organisation=organisation)
    return rows.select_related("source").order_by("source__created_at", "position")


def open_to_change(organisation: Organisation, *, source: UUID | None) -> QuerySet[Recommendation]:
    """In the order of their sources, of one source where one is asked for."""
    rows = organisation.recommendations.exclude(state__in=State.closed())
    if source:
        rows = rows.filter(source=source)
    leads = Prefetch("actions", queryset=Action.objects.select_related("responsible_owner"))
    return (
        rows.select_related("theme", "source", "accountable_owner")
        .prefetch_related(leads)
        .order_by("source__created_at", "position", "pk")
    )
