"""What waits for the committee: closing, later dates and responses. The oldest comes first."""

from django.db.models import QuerySet

from organisations.models import Organisation
from recommendations.enums import Response, State
from recommendations.models import ClosureProposal, Extension, Recommendation


def open_proposals(organisation: Organisation) -> QuerySet[ClosureProposal]:
    return (
        ClosureProposal.objects.filter(
            recommendation__organisation=organisation, withdrawn_at=None, settled_at=None
        )
        .select_related(
            "recommendation__theme",
            "recommendation__source",
            "recommendation__organisation",
            "recommendation__accountable_owner",
            "proposed_by",
        )
        .order_by("proposed_at", "pk")
    )


def open_extensions(organisation: Organisation) -> QuerySet[Extension]:
    """Of what is still open: nobody decides on a date of something that is closed."""
    return (
        Extension.objects.filter(action__recommendation__organisation=organisation, end=None)
        .exclude(action__recommendation__state__in=State.closed())
        .select_related(
            "action__responsible_owner",
            "action__recommendation__theme",
            "action__recommendation__source",
            "action__recommendation__organisation",
            "action__recommendation__accountable_owner",
            "asked_by",
        )
        .order_by("asked_at", "pk")
    )


def awaiting_response(organisation: Organisation) -> QuerySet[Recommendation]:
    """The organisation has not said yet whether it agrees."""
    return (
        organisation.recommendations.filter(response=Response.NONE_YET)
        .exclude(state__in=State.closed())
        .select_related("theme", "source", "organisation", "accountable_owner")
        .order_by("created_at", "source__created_at", "position", "pk")
    )
