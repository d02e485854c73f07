"""What a recommendation depends on, and never in a circle."""

from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from history.models import Entry
from recommendations.enums import RecommendationVerb
from recommendations.models import Dependency, Recommendation
from recommendations.planning import circle
from tests.factories.recommendations import RecommendationFactory


@pytest.mark.parametrize(
    ("wanted", "chain"),
    [
        ([], []),
        (["d"], []),
        (["a"], ["a", "a"]),
        (["b"], ["a", "b", "c", "a"]),
        (["d", "c"], ["a", "c", "a"]),
    ],
)
def test_circles_are_named(wanted: list[str], chain: list[str]) -> None:
    depends = {"b": ["c"], "c": ["a", "d"], "a": ["b"]}
    assert circle("a", wanted, depends) == chain


@pytest.fixture
def other(recommendation: Recommendation) -> Recommendation:
    found: Recommendation = RecommendationFactory(
        organisation=recommendation.organisation,
        source=recommendation.source,
        theme=None,
        reference="2",
        title="The other",
    )
    return found


def choose(client: Client, one: Recommendation, *chosen: Recommendation) -> Any:
    every = [str(each.pk) for each in Recommendation.objects.all()]
    keys = [str(each.pk) for each in chosen]
    data = {"search": "", "revision": "0", "page": str(uuid4()), "offered": every, "picked": keys}
    return client.post(one.get_absolute_url() + "depends-on/", data)


def test_it_is_chosen_and_taken_back(
    as_alice: Client, recommendation: Recommendation, other: Recommendation
) -> None:
    assert choose(as_alice, recommendation, other).status_code == 302
    assert list(recommendation.depends_on.all()) == [other]
    choose(as_alice, recommendation, other)
    choose(as_alice, recommendation)
    assert list(recommendation.depends_on.all()) == []
    verbs = [each.verb for each in Entry.objects.about(recommendation).order_by("pk")]
    assert sorted(verbs) == sorted(
        [RecommendationVerb.DEPENDENCY_ADDED, RecommendationVerb.DEPENDENCY_REMOVED]
    )


def test_a_circle_is_refused_at_the_field(
    as_alice: Client, recommendation: Recommendation, other: Recommendation
) -> None:
    choose(as_alice, recommendation, other)
    response = choose(as_alice, other, recommendation)
    [said] = response.context["form"].errors["picked"]
    assert said == "This would go round in a circle: 2 needs 1 needs 2."
    assert Dependency.objects.count() == 1


def test_the_database_refuses_a_circle_too(
    recommendation: Recommendation, other: Recommendation, foreign: Recommendation
) -> None:
    Dependency.objects.create(recommendation=recommendation, depends_on=other)
    for of, on in ((other, recommendation), (recommendation, foreign), (other, other)):
        with pytest.raises(IntegrityError), transaction.atomic():
            Dependency.objects.create(recommendation=of, depends_on=on)


def test_others_and_foreign_ones_cannot_be_chosen(
    as_alice: Client, recommendation: Recommendation, foreign: Recommendation
) -> None:
    response = choose(as_alice, recommendation, foreign)
    assert list(response.context["form"].errors) == ["picked"]
    page = as_alice.get(recommendation.get_absolute_url() + "depends-on/").content.decode()
    assert foreign.title not in page


def test_who_may_not(
    as_bea: Client,
    as_alice: Client,
    as_chidi: Client,
    client: Client,
    recommendation: Recommendation,
) -> None:
    path = recommendation.get_absolute_url() + "depends-on/"
    assert as_bea.get(path).status_code == 403
    assert as_chidi.get(path).status_code == 404
    assert client.get(path).status_code == 302
    assert as_alice.put(path).status_code == 405
