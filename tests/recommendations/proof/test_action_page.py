"""The page of one action: who sees what, where it stands, and how much it asks of Postgres."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from organisations.enums import Role
from organisations.models import User
from recommendations.enums import State
from recommendations.models import Action
from tests.factories.deciding import closed_by_decision
from tests.factories.proving import (
    CoverageCountFactory,
    CoverageUnitFactory,
    EmbeddingCheckFactory,
    EvidenceFactory,
    OccurrenceFactory,
)


def here(action: Action) -> str:
    return f"/o/harbour-minds/recommendations/{action.recommendation_id}/actions/{action.pk}/"


def page(client: Client, action: Action, query: str = "") -> str:
    response = client.get(here(action) + query)
    assert response.status_code == 200
    return response.content.decode()


def fill(action: Action, rows: int, lead: User) -> None:
    """What shows an action of its kind, this many times, and as much evidence."""
    today = timezone.localdate()
    for number in range(rows):
        day = today - timedelta(days=number)
        if action.kind == "cadence":
            OccurrenceFactory(action=action, held_on=day)
        elif action.kind == "embedding":
            EmbeddingCheckFactory(action=action, checked_on=day)
        elif action.is_counted:
            CoverageCountFactory(action=action, counted_on=day)
        elif action.kind == "coverage":
            CoverageUnitFactory(action=action, covered=True)
        EvidenceFactory(recommendation=action.recommendation, action=action)


@pytest.fixture(params=["deliverable", "cadence", "areas", "counted", "embedding"])
def action(request: pytest.FixtureRequest) -> Action:
    """One of each kind."""
    found: Action = request.getfixturevalue(request.param)
    return found


QUERIES = {"deliverable": 9, "cadence": 11, "coverage": 11, "embedding": 11}


class TestEveryKind:
    @pytest.mark.parametrize("rows", [1, 3])
    def test_it_asks_as_much_however_many_rows(
        self,
        action: Action,
        rows: int,
        as_lead: Client,
        lead: User,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        fill(action, rows, lead)
        with django_assert_num_queries(QUERIES[action.kind]):
            page(as_lead, action)

    def test_it_opens_empty(self, action: Action, as_lead: Client) -> None:
        shown = page(as_lead, action)
        assert "No evidence of this action yet." in shown
        assert "Not shown yet" in shown

    def test_it_opens_full(self, action: Action, as_bea: Client, lead: User) -> None:
        fill(action, 30, lead)
        shown = page(as_bea, action, "?page=2&evidence=2")
        assert "26 to 30 of 30 pieces of evidence" in shown

    def test_whoever_owns_none_of_it_reads(
        self, action: Action, as_bea: Client, lead: User
    ) -> None:
        fill(action, 1, lead)
        shown = page(as_bea, action)
        assert "Add evidence" not in shown
        assert "Take this back" not in shown

    def test_post_is_refused(self, action: Action, as_lead: Client) -> None:
        assert as_lead.post(here(action)).status_code == 405


class TestWhereItStands:
    def test_named_parts(self, areas: Action, as_bea: Client, lead: User) -> None:
        CoverageUnitFactory.create_batch(7, action=areas, covered=True)
        CoverageUnitFactory.create_batch(4, action=areas)
        assert "7 of 11 service areas" in page(as_bea, areas)

    def test_a_count(self, counted: Action, as_bea: Client) -> None:
        CoverageCountFactory(action=counted)
        shown = page(as_bea, counted)
        assert "312 of 340 appraisals on 10 January 2026; 306 needed" in shown

    def test_what_is_still_to_be_covered_comes_first(self, areas: Action, as_bea: Client) -> None:
        CoverageUnitFactory(action=areas, name="Aaa", covered=True)
        CoverageUnitFactory(action=areas, name="Zzz")
        shown = page(as_bea, areas)
        assert shown.index("Zzz") < shown.index("Aaa")

    def test_what_was_taken_back_says_so(self, cadence: Action, as_lead: Client) -> None:
        OccurrenceFactory(action=cadence, removed_at=timezone.now())
        shown = page(as_lead, cadence)
        assert "Taken back" in shown
        assert "Take this back" not in shown


class TestMoney:
    @pytest.fixture
    def costed(self, deliverable: Action) -> Action:
        Action.objects.update(budget_pounds=12_500, staff_days=1_000)
        return deliverable

    def test_members_see_it(self, costed: Action, as_bea: Client) -> None:
        shown = page(as_bea, costed)
        assert "£12,500" in shown
        assert "1,000" in shown

    def test_an_adviser_and_nothing_else_does_not(self, costed: Action, as_adviser: Client) -> None:
        shown = page(as_adviser, costed)
        assert "12,500" not in shown
        assert "Budget" not in shown
        assert "Staff days" not in shown

    def test_an_adviser_who_is_staff_too_does(
        self, costed: Action, as_adviser: Client, adviser: User
    ) -> None:
        adviser.memberships.update(roles=[Role.ADVISER, Role.STAFF])
        assert "£12,500" in page(as_adviser, costed)


def test_an_adviser_sees_public_evidence_alone(
    deliverable: Action, as_adviser: Client, carol: User
) -> None:
    about: dict[str, Any] = {"recommendation": deliverable.recommendation, "action": deliverable}
    EvidenceFactory(**about, title="INTERNAL-PIECE")
    opened = {"public_by": carol, "public_at": timezone.now(), "public_version": 1}
    EvidenceFactory(**about, title="PUBLIC-PIECE", **opened)
    EvidenceFactory(**about, title="GONE-PIECE", **opened, withdrawn_at=timezone.now())
    shown = page(as_adviser, deliverable)
    assert "PUBLIC-PIECE" in shown
    assert "INTERNAL-PIECE" not in shown
    assert "GONE-PIECE" not in shown


class TestClosed:
    def test_only_what_happens_regularly_goes_on(self, cadence: Action, as_lead: Client) -> None:
        closed_by_decision(cadence.recommendation, state=State.CLOSED_IMPLEMENTED)
        shown = page(as_lead, cadence)
        assert "Record that it happened" in shown
        assert "Add evidence" not in shown

    def test_of_other_kinds_nothing_can_be_added(self, areas: Action, as_lead: Client) -> None:
        CoverageUnitFactory(action=areas)
        closed_by_decision(areas.recommendation)
        shown = page(as_lead, areas)
        assert "Name the parts" not in shown
        assert "Tick" not in shown


@pytest.mark.parametrize("who", ["as_lead", "as_alice"])
def test_owners_and_coordinators_find_what_to_do(
    who: str, areas: Action, request: pytest.FixtureRequest
) -> None:
    shown = page(request.getfixturevalue(who), areas)
    assert "Name the parts" in shown
    assert f"/evidence/add/?action={areas.pk}" in shown
