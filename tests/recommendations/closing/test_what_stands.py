"""What nobody rewrites afterwards: straight into the tables, as the product's own role."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import DatabaseError, models, transaction
from django.utils import timezone

from organisations.models import Organisation, User
from recommendations.enums import ActionKind, ObjectionKind, State
from recommendations.models import (
    Action,
    Assessment,
    Evidence,
    Objection,
    Recheck,
    Recommendation,
)
from tests.factories.deciding import closed_by_decision
from tests.factories.recommendations import ActionFactory, RecommendationFactory

NOW = timezone.now()
TODAY = timezone.localdate(NOW)


def refused(row: models.Model, **change: Any) -> None:
    with pytest.raises(DatabaseError, match="Cannot"), transaction.atomic():
        type(row)._default_manager.filter(pk=row.pk).update(**change)


@pytest.fixture
def recommendation(harbour: Organisation) -> Recommendation:
    found: Recommendation = RecommendationFactory(organisation=harbour)
    return found


def test_a_closed_one_opens_with_its_day(recommendation: Recommendation) -> None:
    closed_by_decision(recommendation)
    refused(recommendation, state=State.IN_PROGRESS, closed_on=None)
    opened = {"state": State.IN_PROGRESS, "closed_on": None, "reopened_at": NOW}
    Recommendation.objects.filter(pk=recommendation.pk).update(**opened)
    refused(recommendation, reopened_at=None)
    refused(recommendation, reopened_at=NOW - timedelta(days=1))


@pytest.mark.parametrize(
    "already",
    [
        *({"state": state, "closed_on": TODAY} for state in State.closed()),
        {"reopened_at": NOW},
        {"outcome": "Waits are shorter."},
    ],
)
def test_none_begins_closed(harbour: Organisation, already: dict[str, Any]) -> None:
    with pytest.raises(DatabaseError, match="Cannot insert"), transaction.atomic():
        RecommendationFactory(organisation=harbour, **already)
    row = RecommendationFactory.build(
        organisation=harbour, source__organisation=harbour, theme=None, **already
    )
    row.source.save()
    with pytest.raises(DatabaseError, match="Cannot insert"), transaction.atomic():
        Recommendation.objects.bulk_create([row])
    assert not harbour.recommendations.exists()


@pytest.mark.parametrize(
    "already", [{"accepted_at": NOW, "original_date": TODAY}, {"original_date": TODAY}]
)
def test_no_action_begins_accepted(recommendation: Recommendation, already: dict[str, Any]) -> None:
    row = Action(recommendation=recommendation, position=1, kind=ActionKind.DELIVERABLE)
    row.target_date = TODAY
    for name, value in already.items():
        setattr(row, name, value)
    with pytest.raises(DatabaseError, match="Cannot insert"), transaction.atomic():
        row.save()
    with pytest.raises(DatabaseError, match="Cannot insert"), transaction.atomic():
        Action.objects.bulk_create([row])


def test_an_accepted_action_stays(recommendation: Recommendation, bea: User) -> None:
    action = ActionFactory(
        recommendation=recommendation, target_date=TODAY, original_date=TODAY, accepted_at=NOW
    )
    with pytest.raises(DatabaseError, match="Cannot delete"), transaction.atomic():
        action.delete()
    ActionFactory(recommendation=recommendation, target_date=TODAY).delete()
    assert list(recommendation.actions.all()) == [action]


def test_a_recorded_recheck(recommendation: Recommendation, alice: User, bea: User) -> None:
    closed_by_decision(recommendation, state=State.CLOSED_IMPLEMENTED)
    proposal = recommendation.proposals.get()
    check = Recheck.objects.create(
        recommendation=recommendation, proposal=proposal, months=6, due_on=TODAY
    )
    found = {"result": "sustained", "note": "It is.", "checked_by": alice, "checked_on": TODAY}
    Recheck.objects.filter(pk=check.pk).update(**found)
    refused(check, result="not_sustained")
    refused(check, checked_by=bea)
    refused(check, checked_on=TODAY - timedelta(days=1))
    refused(check, note="It was.")
    Recheck.objects.filter(pk=check.pk).update(note="")


def test_an_objection(recommendation: Recommendation, alice: User, bea: User) -> None:
    action = ActionFactory(recommendation=recommendation, responsible_owner=bea)
    said = Objection.objects.create(
        action=action, lead=bea, kind=ObjectionKind.OBJECTS, reason="Not so.", made_at=NOW
    )
    refused(said, reason="Very well.")
    refused(said, kind=ObjectionKind.NO_CAPACITY)
    refused(said, lead=alice)
    settled = {"settled_at": NOW, "settled_by": alice, "answer": "Thank you."}
    Objection.objects.filter(pk=said.pk).update(**settled)
    refused(said, answer="No.")
    refused(said, settled_by=bea)
    refused(said, settled_at=None, settled_by=None)
    Objection.objects.filter(pk=said.pk).update(reason="", answer="")


def test_whose_evidence_and_assessment_it_is(
    recommendation: Recommendation, alice: User, bea: User
) -> None:
    piece = Evidence.objects.create(
        recommendation=recommendation, title="Minutes", added_by=bea, added_at=NOW
    )
    refused(piece, added_by=alice)
    written = Assessment.objects.create(
        organisation=recommendation.organisation, subject="Rotas", author=bea, created_at=NOW
    )
    refused(written, author=alice)
