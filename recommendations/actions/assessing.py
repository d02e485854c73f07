"""Equality impact assessments: written by one person, signed off by another."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from history.actions import record
from organisations.models import Organisation, User
from recommendations.actions.linking import Linked, set_links
from recommendations.actions.revisions import key_of, refuse_if_moved_on
from recommendations.assessing import why_not_review
from recommendations.enums import EditedField, RegisterVerb, Stage
from recommendations.models import Action, Assessment
from recommendations.queries.registers import may_sign_assessment
from recommendations.refusals import RecommendationRefused

TEXTS = ("subject", "stage", "consulted", "findings")


@transaction.atomic
def start_assessment(
    *,
    organisation: Organisation,
    details: dict[str, Any],
    linked: Linked,
    page: UUID,
    by: User,
    now: datetime,
) -> Assessment:
    """Never signed off from the start; the same page sent twice makes one."""
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    pk = key_of(page, organisation.pk, by.pk)
    if there := organisation.assessments.filter(pk=pk).first():
        return there
    made = Assessment.objects.create(
        pk=pk, organisation=organisation, author=by, created_at=now, **_unsigned(details)
    )
    _link(made, linked)
    _record(RegisterVerb.ASSESSMENT_STARTED, made, by=by, now=now)
    return made


@transaction.atomic
def edit_assessment(
    *,
    assessment: Assessment,
    details: dict[str, Any],
    linked: Linked,
    over_revision: int,
    by: User,
    now: datetime,
) -> Assessment:
    """A change takes the signature off: it was given to other words. Its review stays due.

    Raises MovedOnError where somebody saved meanwhile.
    """
    locked = _locked(assessment)
    refuse_if_moved_on(locked, over_revision=over_revision)
    wanted = _unsigned(details)
    if locked.stage == Stage.SIGNED_OFF and wanted["stage"] == Stage.FINDINGS:
        # Signed off is no stage that anybody chooses: the last one before it is no change.
        wanted["stage"] = locked.stage
    changed = [EditedField(name) for name in TEXTS if getattr(locked, name) != wanted[name]]
    if _link(locked, linked):
        changed.append(EditedField.MITIGATIONS)
    if not changed:
        return locked
    if locked.stage == Stage.SIGNED_OFF:
        locked.signed_off_by = locked.signed_off_on = None
        wanted = _unsigned(wanted)
    for name in TEXTS:
        setattr(locked, name, wanted[name])
    locked.revision += 1
    locked.save()
    for field in changed:
        _record(RegisterVerb.ASSESSMENT_EDITED, locked, by=by, now=now, field=field)
    return locked


@transaction.atomic
def sign_assessment(
    *, assessment: Assessment, next_review: date, over_revision: int, by: User, now: datetime
) -> Assessment:
    """Sign off what the page showed; signed again, it was reviewed and the next date moves.

    Raises PermissionDenied for whoever wrote any of it, RecommendationRefused for a review that
    is not to come, MovedOnError where the words were changed meanwhile.
    """
    locked, today = _locked(assessment), timezone.localdate(now)
    if not may_sign_assessment(locked, by):
        raise PermissionDenied
    if why := why_not_review(next_review, today=today):
        raise RecommendationRefused(why)
    refuse_if_moved_on(locked, over_revision=over_revision)
    is_again = locked.stage == Stage.SIGNED_OFF
    locked.stage, locked.signed_off_by, locked.signed_off_on = Stage.SIGNED_OFF, by, today
    locked.next_review = next_review
    locked.revision += 1
    locked.save()
    verb = RegisterVerb.ASSESSMENT_REVIEWED if is_again else RegisterVerb.ASSESSMENT_SIGNED
    _record(verb, locked, by=by, now=now)
    return locked


def _unsigned(details: dict[str, Any]) -> dict[str, Any]:
    stage = details.get("stage", Stage.SCREENING)
    return details | {"stage": Stage.FINDINGS if stage == Stage.SIGNED_OFF else Stage(stage)}


def _locked(assessment: Assessment) -> Assessment:
    return (
        Assessment.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .get(pk=assessment.pk)
    )


def _link(assessment: Assessment, linked: Linked) -> bool:
    ours = Action.objects.filter(recommendation__organisation=assessment.organisation)
    return set_links(assessment.mitigations, linked, of=ours)


def _record(
    verb: RegisterVerb, assessment: Assessment, *, by: User, now: datetime, **details: object
) -> None:
    record(
        verb, subject=assessment, organisation=assessment.organisation, by=by, now=now, **details
    )
