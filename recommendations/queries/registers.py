"""The registers: equality impact assessments, and partners."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, Count, F, Q, QuerySet, Value, When

from history.models import Entry
from organisations.enums import Role
from organisations.models import Membership, Organisation, User
from recommendations.assessing import may_sign
from recommendations.enums import Paid, RegisterVerb, Stage
from recommendations.models import Action, Assessment, Partner
from recommendations.queries.proving import is_adviser_alone

MAY_EDIT = (Role.COORDINATOR,)


def assessments_for(membership: Membership, *, today: date) -> QuerySet[Assessment]:
    """Overdue reviews first, by how long; then by their next review, those without one last."""
    rows = membership.organisation.assessments.select_related(
        "author", "signed_off_by", "organisation"
    )
    if is_adviser_alone(membership):
        rows = rows.filter(stage=Stage.SIGNED_OFF)
    is_late = Case(When(next_review__lt=today, then=Value(0)), default=Value(1))
    return rows.order_by(is_late, F("next_review").asc(nulls_last=True), "subject", "pk")


def mitigations_of(assessment: Assessment) -> QuerySet[Action]:
    return assessment.mitigations.select_related("recommendation__organisation").order_by(
        "recommendation__reference", "position"
    )


def may_edit_assessment(assessment: Assessment, membership: Membership) -> bool:
    return membership.has_role(*MAY_EDIT) or assessment.author_id == membership.user_id


def writers_of(assessment: Assessment) -> set[UUID]:
    """Everybody who changed it since it was begun, from history; one query."""
    edits = Entry.objects.about(assessment).filter(verb=RegisterVerb.ASSESSMENT_EDITED)
    actors = edits.order_by().values_list("actor", flat=True).distinct()
    return {actor for actor in actors if actor}


def may_sign_assessment(assessment: Assessment, person: User) -> bool:
    writers = writers_of(assessment)
    return may_sign(author=assessment.author_id, writers=writers, signer=person.pk)


@dataclass(frozen=True)
class PartnerRow:
    """`words` is empty where they did not agree to have them shown to this reader."""

    partner: Partner
    words: str
    is_for_coordinators: bool


@dataclass(frozen=True)
class Totals:
    all: int
    were_paid: int
    not_known: int
    joint_bids: int


def partners_of(organisation: Organisation) -> QuerySet[Partner]:
    """Newest first."""
    return (
        organisation.partners.filter(removed_at=None)
        .select_related("recommendation__organisation", "organisation")
        .order_by("-on", "name", "pk")
    )


def partner_row(partner: Partner, *, coordinates: bool) -> PartnerRow:
    may_read = partner.words_may_be_shown or coordinates
    return PartnerRow(
        partner=partner,
        words=partner.words if may_read else "",
        is_for_coordinators=coordinates and not partner.words_may_be_shown,
    )


def totals_of(organisation: Organisation) -> Totals:
    """One query."""
    return Totals(
        **partners_of(organisation)
        .order_by()
        .aggregate(
            all=Count("pk"),
            were_paid=Count("pk", filter=Q(paid=Paid.YES)),
            not_known=Count("pk", filter=Q(paid=Paid.NOT_KNOWN)),
            joint_bids=Count("pk", filter=Q(is_joint_bid=True)),
        )
    )


def actions_of(organisation: Organisation) -> QuerySet[Action]:
    """To choose from, in the order of the plan."""
    return (
        Action.objects.filter(recommendation__organisation=organisation)
        .select_related("recommendation")
        .order_by("recommendation__source__created_at", "recommendation__position", "position")
    )


def assessment_of(membership: Membership, pk: UUID, *, today: date) -> Assessment | None:
    return assessments_for(membership, today=today).filter(pk=pk).first()
