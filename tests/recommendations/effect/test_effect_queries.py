"""What is said of its measures beside a recommendation."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from organisations.models import Organisation
from recommendations.models import Indicator, Recommendation
from recommendations.queries.effect import effect_of, effects_of
from tests.factories.deciding import closed_by_decision
from tests.factories.effect import IndicatorFactory, figures
from tests.factories.recommendations import RecommendationFactory

JAN, JUL = date(2026, 1, 31), date(2026, 7, 31)
FLAT = (
    "Closed, but “Senior staff” has not moved in the right direction since 31 January 2026: "
    "30% then, 30 of 100 (30%) on 31 July 2026."
)


@pytest.fixture
def recommendation(harbour: Organisation, indicator: Indicator) -> Recommendation:
    found: Recommendation = RecommendationFactory(organisation=harbour)
    indicator.recommendations.add(found)
    return found


def test_a_closed_recommendation_with_a_flat_measure_says_so(
    recommendation: Recommendation, indicator: Indicator
) -> None:
    figures(indicator, JAN, everybody=(30, 100))
    figures(indicator, JUL, everybody=(30, 100))
    assert [each.flat for each in effect_of(recommendation)] == [""]
    [closed] = effect_of(closed_by_decision(recommendation))
    assert (closed.name, closed.movement, closed.flat) == ("Senior staff", "Not moved", FLAT)


def test_one_that_moved_does_not(recommendation: Recommendation, indicator: Indicator) -> None:
    figures(indicator, JAN, everybody=(30, 100))
    figures(indicator, JUL, everybody=(45, 100))
    [closed] = effect_of(closed_by_decision(recommendation))
    assert (closed.movement, closed.flat) == ("Moved in the right direction", "")


def test_hidden_figures_say_nothing(recommendation: Recommendation, indicator: Indicator) -> None:
    figures(indicator, JAN, everybody=(9, 100))
    figures(indicator, JUL, everybody=(7, 100))
    [closed] = effect_of(closed_by_decision(recommendation))
    assert (closed.in_words, closed.flat) == ("No figure to show yet.", "")


def test_what_is_no_longer_measured_is_not_said(
    recommendation: Recommendation, indicator: Indicator
) -> None:
    Indicator.objects.update(retired_at=timezone.now())
    assert effect_of(recommendation) == []


@pytest.mark.parametrize("number", [1, 3])
def test_of_many_at_once(
    number: int,
    harbour: Organisation,
    foreign: Indicator,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    found = RecommendationFactory.create_batch(number, organisation=harbour)
    for each in found:
        measure = IndicatorFactory(organisation=harbour)
        measure.recommendations.add(each)
        figures(measure, JAN, everybody=(30, 100))
    with django_assert_num_queries(2):
        effects = effects_of(found)
    assert {pk: len(said) for pk, said in effects.items()} == {each.pk: 1 for each in found}


def test_it_stands_on_the_page(
    as_bea: Client, recommendation: Recommendation, indicator: Indicator
) -> None:
    figures(indicator, JAN, everybody=(30, 100))
    figures(indicator, JUL, everybody=(30, 100))
    page = as_bea.get(closed_by_decision(recommendation).get_absolute_url())
    assert FLAT in page.content.decode()
