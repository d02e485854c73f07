"""What changed in the last 90 days, with what was said of it."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from organisations.models import Organisation, User
from recommendations.actions import record_response
from recommendations.actions.closing import reopen
from recommendations.enums import Response
from tests.factories.closing import implemented
from tests.factories.deciding import closed_by_decision, moved_by_decision
from tests.factories.recommendations import RecommendationFactory, led_recommendation
from tests.factories.reminders import AcceptedActionFactory

ADDRESS = "/o/harbour-minds/recommendations/changes/"
QUERIES = 9
"""Session, person, membership; closed, reopened and declined with their rows, moved."""


def shown(client: Client, query: str = "") -> list[tuple[str, str, str]]:
    page = client.get(ADDRESS + query)
    return [(c.kind, c.recommendation.title, c.words) for c in page.context["page"]]


def happened(harbour: Organisation, alice: User) -> None:
    now, today = timezone.now(), timezone.localdate()
    done = led_recommendation(lead=alice, organisation=harbour, title="Done")
    implemented(done, by=alice, at=now - timedelta(days=4))
    again = led_recommendation(lead=alice, organisation=harbour, title="Again")
    implemented(again, by=alice, at=now - timedelta(days=100))
    reopen(recommendation=again, by=alice, now=now - timedelta(days=3))
    late = AcceptedActionFactory(
        recommendation=RecommendationFactory(organisation=harbour, title="Late"),
        responsible_owner=alice,
        target_date=today - timedelta(days=1),
    )
    moved_by_decision(late, today + timedelta(days=9), at=now - timedelta(days=2))
    no = RecommendationFactory(organisation=harbour, title="No")
    record_response(
        recommendation=no, response=Response.NOT_ACCEPTED, reason="Done elsewhere.", by=alice,
        now=now - timedelta(days=1),
    )  # fmt: skip


def test_everybody_who_belongs_sees_each_with_its_words(
    as_bea: Client, harbour: Organisation, alice: User, northside: Organisation
) -> None:
    happened(harbour, alice)
    closed_by_decision(RecommendationFactory(organisation=northside, title="Not yours"))
    assert shown(as_bea) == [
        ("declined", "No", "Done elsewhere."),
        ("moved", "Late", "The supplier changed."),
        ("reopened", "Again", ""),
        ("closed", "Done", "Waiting times are shorter."),
    ]
    assert [kind for kind, _, _ in shown(as_bea, "?kind=moved")] == ["moved"]
    assert len(shown(as_bea, "?kind=nonsense")) == 4
    page = as_bea.get(ADDRESS).content.decode()
    assert ", 10 days." in page
    assert "Not yours" not in page


@pytest.mark.parametrize(("days", "there"), [(90, 1), (91, 0)])
def test_ninety_days(
    days: int, there: int, as_bea: Client, harbour: Organisation, alice: User
) -> None:
    done = led_recommendation(lead=alice, organisation=harbour)
    implemented(done, by=alice, at=timezone.localtime() - timedelta(days=days))
    assert len(shown(as_bea)) == there


def test_accepted_after_all_is_not_turned_down(
    as_bea: Client, harbour: Organisation, alice: User
) -> None:
    one = RecommendationFactory(organisation=harbour)
    for response in (Response.NOT_ACCEPTED, Response.ACCEPTED):
        record_response(
            recommendation=one, response=response, reason="Why", by=alice, now=timezone.now()
        )
    assert shown(as_bea) == []


def test_nothing_says_so(as_bea: Client) -> None:
    assert "Nothing of this kind in the last 90 days" in as_bea.get(ADDRESS).content.decode()


@pytest.mark.parametrize("many", [1, 3])
def test_its_cost_does_not_grow(
    many: int, as_bea: Client, alice: User, harbour: Organisation,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    for _ in range(many):
        happened(harbour, alice)
    with django_assert_num_queries(QUERIES):
        assert len(shown(as_bea)) == 4 * many
