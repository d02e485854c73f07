"""What waits for the committee, and what it decided."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.core.paginator import Page
from django.db.models import OuterRef, QuerySet
from django.urls import reverse

from committees.enums import DecisionKind
from committees.models import Decision, Meeting
from committees.queries.deciders import Deciders
from committees.queries.eligible import About
from committees.queries.opinions import Said, opinions_on
from organisations.models import Organisation
from recommendations.enums import State
from recommendations.models import Action, ClosureProposal, Extension, Recommendation
from recommendations.queries import matters
from ui.dates import in_full
from ui.paging import page_of

MATTERS_TO_A_PAGE = 10
MEETINGS_TO_CHOOSE = 36


@dataclass(frozen=True)
class Matter:
    """Something that waits for a decision. `id`: of the proposal, request or recommendation."""

    kind: DecisionKind
    id: UUID
    about: About
    url: str
    what: str
    asked_by: str
    asked_at: datetime
    opinions: tuple[Said, ...] = ()

    @property
    def recommendation(self) -> Recommendation:
        return self.about.recommendation


def matters_of(organisation: Organisation) -> list[Matter]:
    """Closures, later dates and responses owed, the oldest first; four queries."""
    closures = matters.open_proposals(organisation)
    proposals = list(closures.annotate(leads=_leads_of("recommendation")))
    opinions = opinions_on([proposal.pk for proposal in proposals])
    found = [_closing(each, opinions.get(each.pk, [])) for each in proposals]
    later = matters.open_extensions(organisation)
    found += [
        _later_date(each) for each in later.annotate(leads=_leads_of("action__recommendation"))
    ]
    found += [_response(each) for each in matters.awaiting_response(organisation)]
    return sorted(found, key=lambda matter: matter.asked_at)


def _leads_of(recommendation: str) -> ArraySubquery:
    steps = Action.objects.filter(recommendation=OuterRef(recommendation))
    return ArraySubquery(steps.exclude(responsible_owner=None).values("responsible_owner"))


def _about(
    kind: DecisionKind, recommendation: Recommendation, leads: list[UUID], asked_by: UUID
) -> About:
    sponsor = recommendation.accountable_owner_id
    return About(
        kind, recommendation, frozenset([*leads, *([sponsor] if sponsor else [])]), asked_by
    )


def _closing(proposal: Any, opinions: list[Said]) -> Matter:
    """`proposal` carries `leads` from the query."""
    recommendation = proposal.recommendation
    return Matter(
        kind=DecisionKind.CLOSURE,
        id=proposal.pk,
        about=_about(
            DecisionKind.CLOSURE,
            recommendation,
            [*proposal.leads, *proposal.owners],
            proposal.proposed_by_id,
        ),
        url=_url("closure_decide", recommendation, proposal.pk),
        what=as_what(proposal),
        asked_by=proposal.proposed_by.shown_name,
        asked_at=proposal.proposed_at,
        opinions=tuple(opinions),
    )


def as_what(proposal: ClosureProposal) -> str:
    """How it should be closed; it is not closed yet."""
    words = f"As {State(proposal.wanted).label.removeprefix('Closed: ')}"
    return f"{words}, activity only" if proposal.is_activity_only else words


def _later_date(extension: Any) -> Matter:
    """`extension` carries `leads` from the query."""
    recommendation = extension.action.recommendation
    return Matter(
        kind=DecisionKind.EXTENSION,
        id=extension.pk,
        about=_about(
            DecisionKind.EXTENSION, recommendation, extension.leads, extension.asked_by_id
        ),
        url=_url("extension_decide", recommendation, extension.pk),
        what=_span(extension),
        asked_by=extension.asked_by.shown_name,
        asked_at=extension.asked_at,
    )


def _span(asked: Extension) -> str:
    old, new = in_full(asked.old_date), in_full(asked.new_date)
    return f"Action {asked.action.position}, from {old} to {new}"


def _response(recommendation: Recommendation) -> Matter:
    """A response is not about anybody's own work."""
    return Matter(
        kind=DecisionKind.RESPONSE,
        id=recommendation.pk,
        about=About(DecisionKind.RESPONSE, recommendation, frozenset()),
        url=_url("response_decide", recommendation, recommendation.pk),
        what="Does the organisation agree?",
        asked_by="",
        asked_at=recommendation.created_at,
    )


@dataclass(frozen=True)
class Waits:
    """A matter as one member sees it: whether it may be theirs to decide."""

    matter: Matter
    may_decide: bool


def page_of_matters(found: list[Matter], deciders: Deciders, *, number: str | None) -> Page[Waits]:
    page = page_of(found, number, of=MATTERS_TO_A_PAGE)
    page.object_list = [Waits(each, deciders.might_decide(each.about)) for each in page.object_list]
    return page


def _url(name: str, recommendation: Recommendation, pk: UUID) -> str:
    return reverse(name, args=[recommendation.organisation.slug, pk])


def decisions_of(
    organisation: Organisation, *, kind: str = "", ruling: str = "", meeting: UUID | None = None
) -> QuerySet[Decision]:
    """The latest first, with all that a list shows; a ruling leaves out the responses."""
    wanted = {"kind": kind, "ruling": ruling, "meeting": meeting}
    return (
        Decision.objects.filter(
            organisation=organisation, **{name: value for name, value in wanted.items() if value}
        )
        .select_related(
            "recommendation__organisation",
            "meeting__group__organisation",
            "pack",
            "decided_by",
            "proposal",
            "extension__action",
        )
        .order_by("-decided_at", "pk")
    )


@dataclass(frozen=True)
class Decided:
    """A decision as a list tells of it."""

    decision: Decision

    @property
    def what(self) -> str:
        """Empty for a response: the tag says it."""
        if self.decision.proposal is not None:
            return as_what(self.decision.proposal)
        return _span(self.decision.extension) if self.decision.extension is not None else ""


def page_of_decisions(rows: QuerySet[Decision], number: str | None) -> Page[Decided]:
    page = page_of(rows, number)
    page.object_list = [Decided(row) for row in page.object_list]
    return page


def meetings_with_decisions(organisation: Organisation) -> QuerySet[Meeting]:
    """The latest first, to choose from; three years of monthly meetings at most."""
    decided = Decision.objects.filter(organisation=organisation).values("meeting")
    found = Meeting.objects.filter(pk__in=decided).select_related("group")
    return found.order_by("-date", "pk")[:MEETINGS_TO_CHOOSE]
