"""The small rules: what shows an action is done, which dates may be proposed, a person's work."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from organisations.models import Organisation, User
from recommendations.assignment import (
    DATE_PASSED,
    DATE_STANDS,
    NO_DATE,
    why_not_accept,
    why_not_propose,
)
from recommendations.enums import ActionKind, State
from recommendations.models import Recommendation
from recommendations.proof import ProofFacts, what_shows_it
from recommendations.queries import work_of
from tests.factories.recommendations import ActionFactory, RecommendationFactory

TODAY = date(2026, 3, 10)
YESTERDAY, TOMORROW = TODAY - timedelta(days=1), TODAY + timedelta(days=1)


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        (
            ProofFacts(ActionKind.DELIVERABLE),
            "At least one piece of evidence: a file, a link or a dated note.",
        ),
        (
            ProofFacts(ActionKind.CADENCE, every_months=3, occurrences=4),
            "It happens every 3 months, 4 times in a row, each within 14 days of its date.",
        ),
        (
            ProofFacts(ActionKind.CADENCE, every_months=1, occurrences=1),
            "It happens every month, once, each within 14 days of its date.",
        ),
        (
            ProofFacts(ActionKind.COVERAGE, unit="service area"),
            "Every service area is ticked off by name.",
        ),
        (
            ProofFacts(ActionKind.COVERAGE),
            "Every part of the organisation is ticked off by name.",
        ),
        (
            ProofFacts(ActionKind.EMBEDDING),
            "Two checks, at least 6 months apart, both find it in place.",
        ),
    ],
)
def test_what_shows_it(facts: ProofFacts, sentence: str) -> None:
    assert what_shows_it(facts) == sentence


@pytest.mark.parametrize(
    ("wanted", "present", "accepted", "answer"),
    [
        (TODAY, None, False, ""),
        (YESTERDAY, None, False, DATE_PASSED),
        (YESTERDAY, YESTERDAY, False, ""),
        (None, TODAY, False, ""),
        (TOMORROW, TODAY, True, DATE_STANDS),
        (None, TODAY, True, DATE_STANDS),
        (TODAY, TODAY, True, ""),
    ],
)
def test_which_dates_may_be_proposed(
    wanted: date | None, present: date | None, accepted: bool, answer: str
) -> None:
    assert why_not_propose(wanted, present=present, is_accepted=accepted, today=TODAY) == answer


@pytest.mark.parametrize(
    ("target", "answer"), [(None, NO_DATE), (YESTERDAY, DATE_PASSED), (TODAY, ""), (TOMORROW, "")]
)
def test_which_dates_may_be_accepted(target: date | None, answer: str) -> None:
    assert why_not_accept(target, today=TODAY) == answer


class TestWork:
    def test_it_holds_open_actions_of_current_memberships_soonest_first(
        self, harbour: Organisation, northside: Organisation, alice: User, bea: User
    ) -> None:
        own = RecommendationFactory(organisation=harbour)
        late = ActionFactory(recommendation=own, responsible_owner=alice, target_date=YESTERDAY)
        undated = ActionFactory(recommendation=own, responsible_owner=alice)
        soon = ActionFactory(recommendation=own, responsible_owner=alice, target_date=TODAY)
        ActionFactory(recommendation=own, responsible_owner=bea, target_date=TODAY)
        ActionFactory(recommendation=own, responsible_owner=alice, proven_on=TODAY)
        shut = RecommendationFactory(
            organisation=harbour, state=State.CLOSED_SUPERSEDED, closed_on=TODAY
        )
        ActionFactory(recommendation=shut, responsible_owner=alice)
        elsewhere = RecommendationFactory(organisation=northside)
        ActionFactory(recommendation=elsewhere, responsible_owner=alice, target_date=TODAY)
        work = work_of(alice, today=TODAY)
        assert [
            (each.action, each.is_overdue, each.is_due_soon, each.awaits_acceptance)
            for each in work
        ] == [(late, True, False, True), (soon, False, True, True), (undated, False, False, False)]
        assert {each.organisation for each in work} == {harbour}

    def test_whoever_has_left_sees_nothing(self, harbour: Organisation, alice: User) -> None:
        ActionFactory(
            recommendation=RecommendationFactory(organisation=harbour), responsible_owner=alice
        )
        alice.memberships.update(ended_at=timezone.now())
        assert work_of(alice, today=TODAY) == []

    @pytest.mark.parametrize("rows", [1, 3])
    def test_one_query(
        self,
        rows: int,
        harbour: Organisation,
        alice: User,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        recommendation: Recommendation = RecommendationFactory(organisation=harbour)
        ActionFactory.create_batch(rows, recommendation=recommendation, responsible_owner=alice)
        with django_assert_num_queries(1):
            links = [each.recommendation.get_absolute_url() for each in work_of(alice, today=TODAY)]
        assert len(links) == rows
