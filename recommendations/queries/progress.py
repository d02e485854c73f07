"""What everybody may see of an organisation's recommendations: never who does the work."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.core.paginator import Page
from django.db.models import Count, Max, Q
from django.utils import timezone

from history.models import Entry
from organisations.models import Organisation
from recommendations.as_at import FOLDED
from recommendations.enums import RecommendationVerb, Response, State
from recommendations.models import Evidence, EvidenceVersion, Recommendation
from recommendations.queries.as_at import SUBJECT
from recommendations.queries.evidence import Piece, pieces, public_evidence, version_with_file
from recommendations.queries.rows import FINDINGS, NO_THEME
from ui.paging import page_of

A_PAGE = 50
TELLS = [*FOLDED, RecommendationVerb.EVIDENCE_PUBLISHED, RecommendationVerb.EVIDENCE_UNPUBLISHED]
RESPONSE_LOOKS = {Response.NONE_YET: "not_known"}


@dataclass(frozen=True)
class Shown:
    """One recommendation. `planned`: when the last of its actions is to be done, and as it was
    first agreed; None until every date stands."""

    of: Recommendation
    planned: date | None
    first_planned: date | None
    evidence: list[Piece]

    @property
    def theme(self) -> str:
        if self.of.theme:
            return self.of.theme.title
        return FINDINGS if self.of.is_finding else NO_THEME

    @property
    def state_look(self) -> str:
        if self.of.is_activity_only:
            return "activity_only"
        return self.of.state.removeprefix("closed_").removesuffix("_for_closure")

    @property
    def state_label(self) -> str:
        return "Closed: activity only" if self.of.is_activity_only else State(self.of.state).label

    @property
    def response_look(self) -> str:
        return RESPONSE_LOOKS.get(Response(self.of.response), self.of.response)


@dataclass(frozen=True)
class Totals:
    total: int
    implemented: int
    activity_only: int
    otherwise: int


@dataclass(frozen=True)
class Progress:
    recommendations: Totals
    findings: Totals
    updated_on: date | None
    page: Page[Recommendation]
    items: list[Shown]


def published(slug: str) -> Organisation | None:
    """Only one that chose to show it."""
    return Organisation.objects.filter(slug=slug, shows_progress=True).first()


def progress_of(organisation: Organisation, *, number: str | None) -> Progress:
    """Eight queries, however much there is."""
    found = (
        organisation.recommendations.select_related("theme", "source")
        .annotate(
            undated=Count("actions", filter=Q(actions__accepted_at=None)),
            planned=Max("actions__target_date"),
            first_planned=Max("actions__original_date"),
        )
        .order_by("is_finding", "source__created_at", "position")
    )
    page = page_of(found, number, of=A_PAGE)
    shown = list(page.object_list)
    evidence = _evidence_of(shown)
    return Progress(
        recommendations=_totals(organisation, is_finding=False),
        findings=_totals(organisation, is_finding=True),
        updated_on=_updated_on(organisation),
        page=page,
        items=[_shown(each, evidence[each.pk]) for each in shown],
    )


def _shown(recommendation: Recommendation, evidence: list[Piece]) -> Shown:
    given = vars(recommendation)
    stands = not given["undated"] and recommendation.is_open
    return Shown(
        recommendation,
        given["planned"] if stands else None,
        given["first_planned"] if stands else None,
        evidence,
    )


def _totals(organisation: Organisation, *, is_finding: bool) -> Totals:
    done, activity_only = Q(state=State.CLOSED_IMPLEMENTED), Q(is_activity_only=True)
    counts = organisation.recommendations.filter(is_finding=is_finding).aggregate(
        total=Count("pk"),
        implemented=Count("pk", filter=done & ~activity_only),
        activity_only=Count("pk", filter=activity_only),
        otherwise=Count("pk", filter=Q(state__in=State.closed()) & ~done),
    )
    return Totals(**counts)


def _updated_on(organisation: Organisation) -> date | None:
    entries = Entry.objects.filter(organisation=organisation, subject_type=SUBJECT, verb__in=TELLS)
    newest = entries.aggregate(newest=Max("at"))["newest"]
    return timezone.localdate(newest) if newest else None


def _evidence_of(shown: list[Recommendation]) -> dict[UUID, list[Piece]]:
    found = public_evidence().filter(recommendation__in=shown).order_by("added_at", "pk")
    grouped: dict[UUID, list[Piece]] = defaultdict(list)
    for piece in pieces(found, is_public_alone=True):
        grouped[piece.evidence.recommendation_id].append(piece)
    return grouped


def public_file(organisation: Organisation, pk: UUID) -> tuple[Evidence, EvidenceVersion] | None:
    """The version that was made public, where that is a file which still has its bytes."""
    evidence = (
        public_evidence()
        .filter(recommendation__organisation=organisation, pk=pk)
        .select_related("recommendation")
        .first()
    )
    if evidence is None:
        return None
    number = evidence.public_version or 0
    version = version_with_file(evidence, number=number, is_public_alone=True)
    return (evidence, version) if version and version.file and version.file.content else None
