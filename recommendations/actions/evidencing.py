"""Evidence: adding it, adding versions, withdrawing it, and who may read it."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from organisations.models import User
from recommendations.actions.judging import refresh_proof
from recommendations.actions.locking import lock, lock_open, record_about, record_step
from recommendations.actions.proving import refuse_day
from recommendations.enums import RecommendationVerb
from recommendations.evidence_files import Given
from recommendations.models import (
    Action,
    Evidence,
    EvidenceVersion,
    Recommendation,
    StoredFile,
)
from recommendations.queries.evidence import may_decide_who_reads, same_piece
from recommendations.queries.proving import may_prove
from recommendations.refusals import (
    ALREADY_PUBLIC,
    NEWER_VERSION,
    SAME_AGAIN,
    WITHDRAWN,
    RecommendationRefused,
)

WHO_READS = ["public_at", "public_by", "public_version", "asked_public_at"]


@transaction.atomic
def add_evidence(
    *,
    recommendation: Recommendation,
    action: Action | None = None,
    title: str,
    given: Given,
    asks_public: bool = False,
    by: User,
    now: datetime,
) -> Evidence:
    """About one action, or about the recommendation as a whole. The same again adds nothing.

    Raises PermissionDenied for anybody but owners and coordinators, and RecommendationRefused
    once the recommendation is closed.
    """
    locked = _lock_to_change(recommendation, by=by)
    refuse_day(given.dated, now=now)
    step = locked.actions.select_for_update().get(pk=action.pk) if action else None
    if there := same_piece(locked, action=step, title=title, given=given, by=by):
        return there
    evidence: Evidence = locked.evidence.create(action=step, title=title, added_by=by, added_at=now)
    _store(evidence, given, number=1, by=by, now=now)
    _record(RecommendationVerb.EVIDENCE_ADDED, evidence, by=by, now=now, version=1)
    if asks_public:
        _ask(evidence, by=by, now=now)
    return evidence


@transaction.atomic
def add_version(
    *, evidence: Evidence, given: Given, asks_public: bool = False, by: User, now: datetime
) -> EvidenceVersion:
    """Beside the versions there are. What was public stays so in the version that was looked at.

    Raises as `add_evidence` does, and RecommendationRefused for the same as the last version.
    """
    _lock_to_change(evidence.recommendation, by=by)
    refuse_day(given.dated, now=now)
    locked = _hold(evidence)
    if locked.withdrawn_at:
        raise RecommendationRefused(WITHDRAWN)
    last = locked.versions.order_by("-number").first()
    assert last is not None
    said = (given.kind, given.sha256, given.dated, given.note)
    if (last.kind, last.sha256, last.dated, last.note) == said:
        raise RecommendationRefused(SAME_AGAIN)
    version = _store(locked, given, number=last.number + 1, by=by, now=now)
    _record(RecommendationVerb.EVIDENCE_VERSION, locked, by=by, now=now, version=version.number)
    if asks_public:
        _ask(locked, by=by, now=now)
    return version


@transaction.atomic
def withdraw_evidence(*, evidence: Evidence, by: User, now: datetime) -> bool:
    """It stays, shows nothing any more, and nobody outside reads it. False when it was already."""
    _lock_to_change(evidence.recommendation, by=by)
    locked = _hold(evidence)
    if locked.withdrawn_at:
        return False
    locked.withdrawn_at = now
    _make_internal(locked)
    locked.save(update_fields=["withdrawn_at", *WHO_READS])
    _record(RecommendationVerb.EVIDENCE_WITHDRAWN, locked, by=by, now=now)
    return True


@transaction.atomic
def publish_evidence(*, evidence: Evidence, version: int, by: User, now: datetime) -> Evidence:
    """Make public the version that was looked at, which must be the newest.

    Raises PermissionDenied for an owner, for whoever added any of it, and for anybody without a
    part in the committee or the coordinator's role.
    """
    lock(evidence.recommendation)
    locked = _hold(evidence)
    if not may_decide_who_reads(locked, by):
        raise PermissionDenied
    if locked.withdrawn_at:
        raise RecommendationRefused(WITHDRAWN)
    if version != locked.versions.order_by("-number").values_list("number", flat=True)[0]:
        raise RecommendationRefused(NEWER_VERSION)
    if locked.public_version == version:
        raise RecommendationRefused(ALREADY_PUBLIC)
    locked.public_at, locked.public_by, locked.public_version = now, by, version
    locked.asked_public_at = None
    locked.save(update_fields=WHO_READS)
    _record(RecommendationVerb.EVIDENCE_PUBLISHED, locked, by=by, now=now, version=version)
    return locked


@transaction.atomic
def unpublish_evidence(*, evidence: Evidence, by: User, now: datetime) -> bool:
    """Internal again. False when it was already."""
    lock(evidence.recommendation)
    locked = _hold(evidence)
    if not may_decide_who_reads(locked, by):
        raise PermissionDenied
    if locked.public_at is None:
        return False
    _make_internal(locked)
    locked.save(update_fields=WHO_READS)
    _record(RecommendationVerb.EVIDENCE_UNPUBLISHED, locked, by=by, now=now)
    return True


@transaction.atomic
def keep_internal(*, evidence: Evidence, by: User, now: datetime) -> bool:
    """No to what was asked; a version that is public already stays so. False when nobody asks."""
    lock(evidence.recommendation)
    locked = _hold(evidence)
    if not may_decide_who_reads(locked, by):
        raise PermissionDenied
    if locked.asked_public_at is None:
        return False
    locked.asked_public_at = None
    locked.save(update_fields=["asked_public_at"])
    _record(RecommendationVerb.EVIDENCE_KEPT, locked, by=by, now=now)
    return True


def _lock_to_change(recommendation: Recommendation, *, by: User) -> Recommendation:
    locked = lock_open(recommendation)
    if not may_prove(locked, by):
        raise PermissionDenied
    return locked


def _hold(evidence: Evidence) -> Evidence:
    return (
        Evidence.objects.select_for_update(of=("self",))
        .select_related("recommendation__organisation", "action")
        .get(pk=evidence.pk)
    )


def _make_internal(evidence: Evidence) -> None:
    evidence.public_at = evidence.public_by = evidence.public_version = None
    evidence.asked_public_at = None


def _ask(evidence: Evidence, *, by: User, now: datetime) -> None:
    evidence.asked_public_at = now
    evidence.save(update_fields=["asked_public_at"])
    _record(RecommendationVerb.EVIDENCE_ASKED, evidence, by=by, now=now)


def _store(
    evidence: Evidence, given: Given, *, number: int, by: User, now: datetime
) -> EvidenceVersion:
    """The sender's name for a file is not kept."""
    file = None
    if sent := given.file:
        file = StoredFile.objects.create(
            content=sent.content, media_type=sent.media_type, size=len(sent.content)
        )
    version: EvidenceVersion = evidence.versions.create(
        number=number,
        kind=given.kind,
        dated=given.dated,
        url=given.url,
        note=given.note,
        file=file,
        sha256=given.sha256,
        by=by,
        at=now,
    )
    return version


def _record(
    verb: RecommendationVerb, evidence: Evidence, *, by: User, now: datetime, **details: object
) -> None:
    """Judged again too, where it is about one action."""
    action, recommendation = evidence.action, evidence.recommendation
    if action is None:
        record_about(verb, recommendation, by=by, now=now, evidence=evidence.pk, **details)
        return
    record_step(verb, recommendation, action, by=by, now=now, evidence=evidence.pk, **details)
    action.recommendation = recommendation
    refresh_proof(action, by=by, now=now)
