"""What waits for the committee."""

from datetime import timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from organisations.models import Organisation, User
from recommendations.actions import extending
from recommendations.enums import Response
from recommendations.models import Recommendation
from recommendations.queries import matters
from tests.factories.closing import asked_for, implemented, proposed
from tests.factories.recommendations import ActionFactory, RecommendationFactory
from tests.recommendations.closing.conftest import DUE, NOW

LATER = DUE + timedelta(days=30)


def dated(recommendation: Recommendation, lead: User) -> Recommendation:
    ActionFactory(
        recommendation=recommendation,
        responsible_owner=lead,
        accepted_by=lead,
        accepted_at=NOW,
        original_date=DUE,
        target_date=DUE,
    )
    return recommendation


@pytest.fixture
def many(harbour: Organisation, northside: Organisation, lead: User) -> list[Recommendation]:
    """Three of ours, and one elsewhere."""
    dated(RecommendationFactory(organisation=northside), lead)
    return [
        dated(RecommendationFactory(organisation=harbour, response=Response.ACCEPTED), lead)
        for _ in range(3)
    ]


@pytest.mark.parametrize("rows", [1, 3])
def test_proposals_oldest_first(
    rows: int,
    many: list[Recommendation],
    harbour: Organisation,
    lead: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    made = [
        proposed(each, by=lead, at=NOW - timedelta(days=n)) for n, each in enumerate(many[:rows])
    ]
    proposed(Recommendation.objects.exclude(organisation=harbour).get(), by=lead, at=NOW)
    with django_assert_num_queries(1):
        found = [
            (each, str(each.recommendation.source), each.recommendation.get_absolute_url())
            for each in matters.open_proposals(harbour)
        ]
    assert [each for each, _, _ in found] == made[::-1]


def test_a_decided_proposal_waits_no_longer(
    many: list[Recommendation], harbour: Organisation, lead: User
) -> None:
    implemented(many[0], by=lead, at=NOW)
    assert list(matters.open_proposals(harbour)) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_later_dates_oldest_first(
    rows: int,
    many: list[Recommendation],
    harbour: Organisation,
    lead: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    made = [
        asked_for(each.actions.get(), LATER, by=lead, at=NOW - timedelta(days=n))
        for n, each in enumerate(many[:rows])
    ]
    foreign = Recommendation.objects.exclude(organisation=harbour).get()
    asked_for(foreign.actions.get(), LATER, by=lead, at=NOW)
    with django_assert_num_queries(1):
        found = [
            (each, each.action.recommendation.get_absolute_url(), str(each.asked_by))
            for each in matters.open_extensions(harbour)
        ]
    assert [each for each, _, _ in found] == made[::-1]


def test_one_taken_back_waits_no_longer(
    many: list[Recommendation], harbour: Organisation, lead: User
) -> None:
    asked = asked_for(many[0].actions.get(), LATER, by=lead, at=NOW)
    extending.withdraw_extension(extension=asked, by=lead, now=NOW)
    assert list(matters.open_extensions(harbour)) == []


@pytest.mark.parametrize("rows", [1, 3])
def test_responses_oldest_first(
    rows: int,
    many: list[Recommendation],
    harbour: Organisation,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number, each in enumerate(many[:rows]):
        Recommendation.objects.filter(pk=each.pk).update(
            response=Response.NONE_YET, created_at=NOW - timedelta(days=number)
        )
    with django_assert_num_queries(1):
        found = [(each, each.get_absolute_url()) for each in matters.awaiting_response(harbour)]
    assert [each for each, _ in found] == many[:rows][::-1]
