"""Ids of another organisation, typed into every field and address that takes one."""

from uuid import UUID, uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from organisations.models import Organisation, User
from recommendations.models import Action, Assessment, Evidence, Objection, Recommendation
from tests.conftest import signed_in_as
from tests.factories.closing import objected
from tests.factories.effect import AssessmentFactory, IndicatorFactory
from tests.factories.proving import CoverageUnitFactory, EvidenceFactory, OccurrenceFactory
from tests.factories.recommendations import ActionFactory, RecommendationFactory
from tests.recommendations.effect.assessing import typed

SLUG = "harbour-minds"


@pytest.fixture
def theirs(northside: Organisation) -> Action:
    found: Action = ActionFactory(recommendation=RecommendationFactory(organisation=northside))
    return found


def path(name: str, *args: UUID) -> str:
    return reverse(name, args=[SLUG, *args])


def test_evidence_of_their_action(as_alice: Client, proven: Recommendation, theirs: Action) -> None:
    said = {"title": "Plan", "note": "It shows it.", "dated": timezone.localdate().isoformat()}
    before = Evidence.objects.count()
    for wrong in (str(theirs.pk), "x", str(uuid4())):
        where = f"{path('evidence_add', proven.pk)}?action={wrong}"
        assert as_alice.post(where, said).status_code == 404
    assert Evidence.objects.count() == before


def test_their_action_follows_from_our_assessment(
    as_alice: Client, harbour: Organisation, theirs: Action
) -> None:
    sent = typed(picked=[str(theirs.pk)], offered=[str(theirs.pk)])
    page = as_alice.post(path("assessment_create"), sent)
    assert page.context["form"].errors["picked"][0].startswith("Select a valid choice.")
    assert Assessment.objects.count() == 0


def test_what_is_offered_takes_no_other_link_away(
    as_alice: Client, alice: User, harbour: Organisation, action: Action
) -> None:
    """A link that the page did not offer stays, and one of another register is not reached."""
    one, other = (AssessmentFactory(organisation=harbour, author=alice) for _ in range(2))
    for each in (one, other):
        each.mitigations.add(action)
    as_alice.post(path("assessment_edit", one.pk), typed(picked=[], offered=[str(action.pk)]))
    assert (one.mitigations.count(), other.mitigations.count()) == (0, 1)


def test_our_recommendation_is_measured_by_their_indicator(
    as_alice: Client, recommendation: Recommendation, northside: Organisation
) -> None:
    foreign = IndicatorFactory(organisation=northside)
    for name in ("indicator_edit", "indicator_retire", "reading_add", "indicator_export"):
        where = path(name, foreign.pk)
        assert {as_alice.get(where).status_code, as_alice.post(where).status_code} <= {404, 405}
    assert foreign.recommendations.count() == 0


def test_their_member_answers_for_our_action(
    as_sponsor: Client, recommendation: Recommendation, lead: User, chidi: User
) -> None:
    asked = ActionFactory(recommendation=recommendation, position=1, responsible_owner=lead)
    objection = objected(asked)
    said = {"what": str(chidi.pk), "answer": "Somebody else."}
    page = as_sponsor.post(path("objection_settle", objection.pk), said)
    assert page.context["form"].errors["what"][0].startswith("Select a valid choice.")
    assert Objection.objects.get().settled_at is None


def test_rows_of_another_recommendation(
    as_alice: Client, harbour: Organisation, recommendation: Recommendation
) -> None:
    """Of our own organisation, beside a recommendation that they do not belong to."""
    other = RecommendationFactory(organisation=harbour)
    areas = ActionFactory(recommendation=other, coverage=True)
    regular = ActionFactory(recommendation=other, cadence=True)
    unit, held = CoverageUnitFactory(action=areas), OccurrenceFactory(action=regular)
    for name, pk in (
        ("unit_cover", unit.pk),
        ("units_edit", areas.pk),
        ("action_detail", areas.pk),
        ("occurrence_add", regular.pk),
        ("occurrence_remove", held.pk),
        ("extension_ask", areas.pk),
        ("action_object", areas.pk),
    ):
        assert as_alice.post(path(name, recommendation.pk, pk)).status_code in {404, 405}
    held.refresh_from_db()
    assert held.removed_at is None


class TestEvidenceInSql:
    """What the product's own role may not write."""

    @pytest.fixture
    def evidence(self, action: Action, lead: User) -> Evidence:
        made: Evidence = EvidenceFactory(
            recommendation=action.recommendation, action=action, added_by=lead
        )
        return made

    def test_public_by_whoever_added_it(self, evidence: Evidence, lead: User) -> None:
        with pytest.raises(IntegrityError, match="somebody_else"), transaction.atomic():
            Evidence.objects.update(public_at=timezone.now(), public_by=lead, public_version=1)

    def test_public_by_nobody(self, evidence: Evidence) -> None:
        with pytest.raises(IntegrityError, match="somebody_else"), transaction.atomic():
            Evidence.objects.update(public_at=timezone.now())

    def test_the_file_of_somebody_who_has_left(self, evidence: Evidence, lead: User) -> None:
        lead.memberships.update(ended_at=timezone.now())
        assert signed_in_as(lead).get(path("evidence_detail", evidence.pk)).status_code == 404
