"""Reading evidence: what somebody may see of it, its versions, and what a download is called."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import UUID

from django.core.paginator import Page
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from organisations.enums import Role
from organisations.models import Membership, User
from recommendations.evidence_files import ENDINGS, NAMES, Given
from recommendations.models import Action, Evidence, EvidenceVersion, Recommendation
from recommendations.queries.proving import is_adviser_alone
from ui.paging import page_of

DECIDE_WHO_READS = (Role.CHAIR, Role.COMMITTEE, Role.COORDINATOR)


@dataclass(frozen=True)
class Piece:
    """One piece of evidence in a list, with the version that its reader is shown."""

    evidence: Evidence
    version: EvidenceVersion

    @property
    def is_public(self) -> bool:
        return self.evidence.public_at is not None

    @property
    def is_newer_internal(self) -> bool:
        """Public in an earlier version alone."""
        return self.is_public and self.evidence.public_version != self.version.number

    @property
    def what(self) -> str:
        """A kind of file, the host of a link, or "Note"."""
        return what_it_is(self.version)


def what_it_is(version: EvidenceVersion) -> str:
    if version.file:
        return NAMES[ENDINGS[version.file.media_type]]
    return urlsplit(version.url).hostname or "Link" if version.url else "Note"


def public_evidence() -> QuerySet[Evidence]:
    """What somebody else than its owners opened to everybody, and nobody withdrew."""
    return Evidence.objects.filter(public_at__isnull=False, withdrawn_at=None)


def evidence_for(membership: Membership) -> QuerySet[Evidence]:
    """Of their organisation, what this member may see."""
    found = Evidence.objects.filter(recommendation__organisation=membership.organisation)
    return found & public_evidence() if is_adviser_alone(membership) else found


def evidence_of(
    membership: Membership, *, recommendation: Recommendation, action: Action | None = None
) -> QuerySet[Evidence]:
    """Newest first, what was withdrawn last."""
    found = evidence_for(membership).filter(recommendation=recommendation)
    found = found.filter(action=action) if action else found
    return found.order_by(F("withdrawn_at").desc(nulls_first=True), "-added_at", "-pk")


def page_of_pieces(
    found: QuerySet[Evidence], *, membership: Membership, number: str | None
) -> Page[Piece]:
    """Three queries, however many there are."""
    page = page_of(found.select_related("added_by", "action"), number)
    page.object_list = pieces(page.object_list, is_public_alone=is_adviser_alone(membership))
    return page


def pieces(found: Iterable[Evidence], *, is_public_alone: bool) -> list[Piece]:
    """Each with its newest version, or with the one that is public; one query for all of them."""
    rows = list(found)
    versions = (
        EvidenceVersion.objects.filter(evidence__in=rows)
        .select_related("file")
        .defer("file__content")
        .order_by("evidence", "-number")
        .distinct("evidence")
    )
    if is_public_alone:
        versions = versions.filter(number=F("evidence__public_version"))
    shown = {version.evidence_id: version for version in versions}
    return [Piece(row, shown[row.pk]) for row in rows]


def find_evidence(membership: Membership, pk: UUID) -> Evidence | None:
    found = evidence_for(membership).select_related(
        "recommendation__organisation", "recommendation__accountable_owner", "action",
        "added_by", "public_by",
    )  # fmt: skip
    evidence = found.prefetch_related("recommendation__actions").filter(pk=pk).first()
    if evidence and evidence.action:
        evidence.action.recommendation = evidence.recommendation
    return evidence


def versions_of(evidence: Evidence, *, is_public_alone: bool) -> QuerySet[EvidenceVersion]:
    """Newest first, without the bytes of files."""
    found = evidence.versions.select_related("by", "file").defer("file__content")
    if is_public_alone:
        found = found.filter(number=evidence.public_version or 0)
    return found.order_by("-number")


def version_with_file(
    evidence: Evidence, *, number: int, is_public_alone: bool
) -> EvidenceVersion | None:
    found = evidence.versions.select_related("file").filter(number=number, file__isnull=False)
    if is_public_alone:
        found = found.filter(number=evidence.public_version or 0)
    return found.first()


def name_of_download(evidence: Evidence, version: EvidenceVersion) -> str:
    """Ours, whatever the sender called it: "1.7 evidence 3 version 2.pdf". One query."""
    before = Evidence.objects.filter(recommendation=evidence.recommendation_id).filter(
        Q(added_at__lt=evidence.added_at) | Q(added_at=evidence.added_at, pk__lte=evidence.pk)
    )
    reference = re.sub(r"[^0-9A-Za-z.-]+", "-", evidence.recommendation.reference).strip(".-")
    assert version.file is not None
    ending = ENDINGS[version.file.media_type]
    return f"{reference} evidence {before.count()} version {version.number}.{ending}".strip()


def may_decide_who_reads(evidence: Evidence, person: User) -> bool:
    """Somebody of the committee or a coordinator, who neither owns it nor added any of it."""
    organisation = evidence.recommendation.organisation
    roles = organisation.memberships.with_role(*DECIDE_WHO_READS).filter(user=person)
    wrote = evidence.versions.filter(by=person)
    if evidence.added_by_id == person.pk or evidence.recommendation.is_owned_by(person):
        return False
    return roles.filter(~Exists(wrote)).exists()


def same_piece(
    recommendation: Recommendation, *, action: Action | None, title: str, given: Given, by: User
) -> Evidence | None:
    """What a second press of the button would add again."""
    same = EvidenceVersion.objects.filter(
        evidence=OuterRef("pk"), number=1, kind=given.kind, sha256=given.sha256,
        dated=given.dated, note=given.note,
    )  # fmt: skip
    found = recommendation.evidence.filter(
        Exists(same), action=action, title=title, added_by=by, withdrawn_at=None
    )
    return found.first()
