"""The dashboard: what it shows, to whom, at what cost."""

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from organisations.actions import end_membership
from organisations.models import Organisation, User
from recommendations.actions import adopt_catalogue
from recommendations.enums import Response, State
from recommendations.models import Recommendation
from tests.factories.deciding import closed_by_decision
from tests.factories.recommendations import (
    ActionFactory,
    ProgressUpdateFactory,
    RecommendationFactory,
    led_recommendation,
)

ADDRESS = "/o/harbour-minds/recommendations/"
QUERIES = 9
"""Session, person, membership; recommendations, themes, sources, actions, updates, people."""


def titles(client: Client, query: str = "", **headers: str) -> list[str]:
    response = client.get(ADDRESS + query, headers=headers)
    assert response.status_code == 200
    return [
        row.recommendation.title for theme in response.context["board"].themes for row in theme.rows
    ]


@pytest.fixture
def elsewhere(northside: Organisation) -> Recommendation:
    """What could leak."""
    found: Recommendation = RecommendationFactory(organisation=northside, title="Not yours to see")
    ActionFactory(recommendation=found)
    return found


def test_it_shows_this_organisation_alone(
    as_bea: Client, harbour: Organisation, elsewhere: Recommendation
) -> None:
    RecommendationFactory(organisation=harbour, title="Ours")
    response = as_bea.get(ADDRESS)
    assert titles(as_bea) == ["Ours"]
    assert "Not yours to see" not in response.content.decode()


def test_its_name_leads_here(harbour: Organisation) -> None:
    assert reverse("dashboard", args=[harbour.slug]) == ADDRESS


def test_it_rejects_post(as_alice: Client) -> None:
    assert as_alice.post(ADDRESS).status_code == 405


def test_a_stranger_gets_404(as_chidi: Client, harbour: Organisation) -> None:
    assert as_chidi.get(ADDRESS).status_code == 404


def test_nobody_is_asked_to_sign_in(client: Client, harbour: Organisation) -> None:
    response = client.get(ADDRESS)
    assert response.status_code == 302
    assert response.headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("rows", [1, 3])
def test_its_cost_does_not_grow(
    rows: int,
    as_bea: Client,
    harbour: Organisation,
    alice: User,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(rows):
        each = RecommendationFactory(organisation=harbour, accountable_owner=alice)
        ActionFactory.create_batch(2, recommendation=each, responsible_owner=alice)
        ProgressUpdateFactory.create_batch(2, recommendation=each, by=alice)
    with django_assert_num_queries(QUERIES):
        assert len(titles(as_bea)) == rows


def test_findings_come_last_and_are_counted_apart(as_bea: Client, harbour: Organisation) -> None:
    finding = {"is_finding": True, "theme": None, "reference": "N.1"}
    RecommendationFactory(organisation=harbour, title="A finding", **finding)
    done = RecommendationFactory(organisation=harbour, title="Done")
    closed_by_decision(done, state=State.CLOSED_IMPLEMENTED)
    board = as_bea.get(ADDRESS).context["board"]
    assert titles(as_bea) == ["Done", "A finding"]
    assert (board.recommendations.implemented, board.recommendations.total) == (1, 1)
    assert (board.findings.implemented, board.findings.total) == (0, 1)


def test_the_figures_count_what_stands_out(as_bea: Client, harbour: Organisation) -> None:
    today, now = timezone.localdate(), timezone.localtime()
    late = RecommendationFactory(organisation=harbour, response=Response.ACCEPTED)
    ActionFactory(recommendation=late, target_date=today - timedelta(days=1))
    soon = RecommendationFactory(organisation=harbour, response=Response.ACCEPTED)
    ActionFactory(recommendation=soon, target_date=today)
    RecommendationFactory(organisation=harbour, created_at=now - timedelta(days=91))
    board = as_bea.get(ADDRESS).context["board"]
    assert {figure.label: figure.count for figure in board.decisions + board.attention} == {
        "Proposed for closure": 0,
        "Newly proposed": 0,
        "Later date asked for": 0,
        "No response yet": 1,
        "Not taken on": 0,
        "Overdue": 1,
        "Date moved": 0,
        "Silent": 1,
        "Due in 30 days": 1,
        "No lead": 2,
        "Time to look again": 0,
    }


def test_work_of_somebody_who_left_has_no_lead_the_same_day(
    as_alice: Client, harbour: Organisation, bea: User
) -> None:
    led = led_recommendation(lead=bea, organisation=harbour, title="Led by Bea")
    assert titles(as_alice, "?flag=no_lead") == []
    end_membership(
        membership=bea.memberships.get(),
        by=User.objects.get(email="alice@harbour.example"),
        now=timezone.now(),
    )
    assert titles(as_alice, "?flag=no_lead") == ["Led by Bea"]
    assert titles(as_alice, f"?owner={bea.pk}") == ["Led by Bea"]
    [row] = as_alice.get(ADDRESS).context["board"].themes[0].rows
    assert (row.recommendation, row.leads) == (led, ())


def test_what_was_not_accepted_asks_for_nothing(as_bea: Client, harbour: Organisation) -> None:
    today = timezone.localdate()
    turned_down = RecommendationFactory(
        organisation=harbour,
        response=Response.NOT_ACCEPTED,
        response_reason="Why",
        created_at=timezone.localtime() - timedelta(days=400),
    )
    ActionFactory(recommendation=turned_down, target_date=today - timedelta(days=1))
    ActionFactory(recommendation=turned_down, target_date=today + timedelta(days=1))
    board = as_bea.get(ADDRESS).context["board"]
    assert [figure.count for figure in board.decisions + board.attention] == [0] * 11


def test_every_figure_leads_to_as_many_rows(as_bea: Client, harbour: Organisation) -> None:
    today, now = timezone.localdate(), timezone.localtime()
    late = RecommendationFactory(organisation=harbour, created_at=now - timedelta(days=100))
    ActionFactory(recommendation=late, target_date=today - timedelta(days=1))
    ActionFactory(recommendation=late, target_date=today + timedelta(days=30))
    RecommendationFactory(organisation=harbour, state=State.PROPOSED_FOR_CLOSURE)
    board = as_bea.get(ADDRESS).context["board"]
    for figure in board.decisions + board.attention:
        assert len(titles(as_bea, f"?{figure.query}")) == figure.count


class TestFilters:
    @pytest.fixture(autouse=True)
    def three(self, harbour: Organisation, alice: User, bea: User) -> None:
        first = RecommendationFactory(organisation=harbour, title="One", accountable_owner=alice)
        RecommendationFactory(
            organisation=harbour, source=first.source, theme=first.theme, title="Two"
        )
        third = RecommendationFactory(
            organisation=harbour, source=first.source, title="Three", state=State.IN_PROGRESS
        )
        ActionFactory(recommendation=third, responsible_owner=bea)

    def test_by_theme(self, as_bea: Client) -> None:
        theme = Recommendation.objects.get(title="One").theme
        assert theme is not None
        assert titles(as_bea, f"?theme={theme.title}") == ["One", "Two"]

    def test_by_state(self, as_bea: Client) -> None:
        assert titles(as_bea, "?state=in_progress") == ["Three"]

    def test_by_sponsor(self, as_bea: Client, alice: User) -> None:
        assert titles(as_bea, f"?owner={alice.pk}") == ["One"]

    def test_by_lead(self, as_bea: Client, bea: User) -> None:
        assert titles(as_bea, f"?owner={bea.pk}") == ["Three"]

    def test_together_they_narrow(self, as_bea: Client, bea: User) -> None:
        assert titles(as_bea, f"?owner={bea.pk}&state=not_started") == []

    @pytest.mark.parametrize(
        "query", ["?flag=nonsense", "?owner=nobody", "?state=%F0%9F%92%A9", "?theme=" + "x" * 5000]
    )
    def test_nonsense_filters_nothing(self, as_bea: Client, query: str) -> None:
        assert titles(as_bea, query) == ["One", "Two", "Three"]

    def test_what_was_chosen_stays_chosen(self, as_bea: Client) -> None:
        page = as_bea.get(ADDRESS + "?state=in_progress").content.decode()
        assert '<option value="in_progress" selected>' in page
        assert "Showing 1 of 3 (filtered)" in page

    def test_nothing_left_says_so(self, as_bea: Client) -> None:
        page = as_bea.get(ADDRESS + "?state=closed_superseded").content.decode()
        assert "Nothing fits this filter" in page

    def test_htmx_gets_the_rows_alone(self, as_bea: Client) -> None:
        response = as_bea.get(ADDRESS + "?state=in_progress", headers={"HX-Request": "true"})
        page = response.content.decode()
        assert "<html" not in page
        assert "Three" in page
        assert "HX-Request" in response.headers["Vary"]

    def test_going_back_gets_the_whole_page(self, as_bea: Client) -> None:
        headers = {"HX-Request": "true", "HX-History-Restore-Request": "true"}
        response = as_bea.get(ADDRESS + "?state=in_progress", headers=headers)
        assert "<html" in response.content.decode()


class TestEmpty:
    def test_a_coordinator_is_offered_the_review(self, as_alice: Client) -> None:
        page = as_alice.get(ADDRESS).content.decode()
        assert "22 recommendations in 4 themes, and 5 findings" in page
        assert f'action="{ADDRESS}add/oxytocin_2021/"' in page

    def test_others_are_told_who_adds_it(self, as_bea: Client) -> None:
        page = as_bea.get(ADDRESS).content.decode()
        assert "No recommendations yet" in page
        assert "add/oxytocin_2021/" not in page


def test_the_rating_is_said_to_be_the_lead_s(as_bea: Client, harbour: Organisation) -> None:
    one = RecommendationFactory(organisation=harbour)
    for address in (ADDRESS, f"{ADDRESS}{one.pk}/"):
        page = as_bea.get(address).content.decode()
        assert "Lead's rating" in unescape(page)
        assert "Own rating" not in page


def test_all_27_fit_one_page(as_bea: Client, harbour: Organisation, alice: User) -> None:
    adopt_catalogue(organisation=harbour, key="oxytocin_2021", by=alice, now=timezone.now())
    assert len(titles(as_bea)) == 27
