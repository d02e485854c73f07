"""How late the work is, by lead and theme: bands, names in their order, and nobody ranked."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from organisations.models import Organisation, User
from recommendations.ageing import BANDS, Open, band_of, by_lead, by_theme
from recommendations.enums import Response
from tests.factories.deciding import closed_by_decision
from tests.factories.recommendations import (
    ActionFactory,
    RecommendationFactory,
    led_recommendation,
)

ADDRESS = "/o/harbour-minds/recommendations/by-lead/"
TODAY = date(2024, 3, 1)


@pytest.mark.parametrize(
    ("late", "band"),
    [(-1, 0), (0, 0), (1, 1), (30, 1), (31, 2), (90, 2), (91, 3), (4000, 3)],
)
def test_the_bands_have_their_bounds(late: int, band: int) -> None:
    assert band_of(TODAY - timedelta(days=late), TODAY) == band


def test_without_a_date_it_is_not_late() -> None:
    assert BANDS[band_of(None, TODAY)] == "No date yet"


def test_people_stand_by_name_whatever_is_late() -> None:
    late = TODAY - timedelta(days=400)
    found = by_lead(
        [
            Open("3", "zoe", "A", None),
            Open("2", "Yusuf", "B", late),
            Open("2", "Yusuf", "A", late),
            Open("1", "Ana", "A", None),
            Open("4", "Ana", "A", None),
            Open("", "", "A", late),
        ],
        TODAY,
    )
    assert [(aged.name, aged.key, aged.counts) for aged in found] == [
        ("", "", (0, 0, 0, 1, 0)),
        ("Ana", "1", (0, 0, 0, 0, 1)),
        ("Ana", "4", (0, 0, 0, 0, 1)),
        ("Yusuf", "2", (0, 0, 0, 2, 0)),
        ("zoe", "3", (0, 0, 0, 0, 1)),
    ]
    assert found[3].total == 2


def test_themes_stand_in_the_order_of_the_source() -> None:
    found = by_theme([Open("", "", "Z", None), Open("", "", "A", None)], TODAY)
    assert [aged.name for aged in found] == ["Z", "A"]


def test_only_open_work_is_counted(as_bea: Client, harbour: Organisation, bea: User) -> None:
    day = timezone.localdate()
    one = RecommendationFactory(organisation=harbour, theme__title="Values")
    ActionFactory(recommendation=one, responsible_owner=bea, target_date=day - timedelta(days=31))
    ActionFactory(recommendation=one, responsible_owner=bea, proven_on=day)
    turned_down = RecommendationFactory(
        organisation=harbour, response=Response.NOT_ACCEPTED, response_reason="Why"
    )
    ActionFactory(recommendation=turned_down, responsible_owner=bea)
    closed_by_decision(led_recommendation(lead=bea, organisation=harbour))
    led_recommendation(lead=bea, title="Elsewhere")
    page = as_bea.get(ADDRESS)
    assert [(a.name, a.counts) for a in page.context["page"]] == [("Bea Brown", (0, 0, 1, 0, 0))]
    assert [(a.name, a.total) for a in page.context["themes"]] == [("Values", 1)]
    assert f"?owner={bea.pk}" in page.content.decode()


def test_whoever_left_leads_nothing(as_bea: Client, harbour: Organisation, chidi: User) -> None:
    led_recommendation(lead=chidi, organisation=harbour)
    page = as_bea.get(ADDRESS)
    assert [(a.key, a.total) for a in page.context["page"]] == [("", 1)]
    assert "Chidi" not in page.content.decode()


def test_without_open_actions_it_says_so(as_bea: Client) -> None:
    assert "No open actions" in as_bea.get(ADDRESS).content.decode()


@pytest.mark.parametrize("many", [1, 3])
def test_its_cost_does_not_grow(
    many: int, as_bea: Client, bea: User, harbour: Organisation,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    for _ in range(many):
        led_recommendation(lead=bea, organisation=harbour)
    with django_assert_num_queries(4):
        as_bea.get(ADDRESS)
