"""Indicators: the list, one in full, setting one up, changing it, stopping it, files."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from history.models import Entry
from organisations.models import Organisation
from recommendations.enums import RegisterVerb
from recommendations.indicator_templates import TEMPLATES
from recommendations.models import Indicator
from recommendations.refusals import NAME_TAKEN
from tests.factories.effect import IndicatorFactory, figures
from tests.factories.recommendations import RecommendationFactory

LIST = "/o/harbour-minds/effect/"
JAN, JUL = date(2026, 1, 31), date(2026, 7, 31)
SMALL = {"everybody": (55, 130), "Asian": (5, 20), "Black": (20, 50), "White": (30, 60)}


def verbs_about(indicator: Indicator) -> list[str]:
    return [str(entry.verb) for entry in Entry.objects.about(indicator)]


class TestList:
    def test_it_works(self, as_bea: Client, indicator: Indicator, foreign: Indicator) -> None:
        figures(indicator, JAN, everybody=(30, 100))
        page = as_bea.get(LIST).content.decode()
        assert "Senior staff" in page
        assert "30 of 100 (30%) on 31 January 2026" in page
        assert foreign.name not in page
        assert "Measure something" not in page

    def test_empty(self, as_alice: Client, harbour: Organisation) -> None:
        assert "Nothing is measured yet" in as_alice.get(LIST).content.decode()

    def test_who_may_not(self, client: Client, as_chidi: Client, as_adviser: Client) -> None:
        assert client.get(LIST).status_code == 302
        assert as_chidi.get(LIST).status_code == 404
        assert as_adviser.get(LIST).status_code == 200
        assert as_adviser.post(LIST).status_code == 405

    @pytest.mark.parametrize("rows", [1, 3])
    def test_queries(
        self,
        rows: int,
        as_alice: Client,
        harbour: Organisation,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for each in IndicatorFactory.create_batch(rows, organisation=harbour):
            figures(each, JAN, everybody=(30, 100))
            figures(each, JUL, everybody=(40, 100))
        with django_assert_num_queries(6):
            assert as_alice.get(LIST).status_code == 200

    def test_stopped_ones_are_apart(self, as_bea: Client, indicator: Indicator) -> None:
        Indicator.objects.update(retired_at=timezone.now())
        assert "Senior staff" not in as_bea.get(LIST).content.decode()
        assert "Senior staff" in as_bea.get(f"{LIST}?stopped=1").content.decode()


class TestDetail:
    def test_hidden_figures_are_nowhere(
        self, as_alice: Client, here: str, indicator: Indicator
    ) -> None:
        """Neither on the page, in its drawing and its words, nor in a file."""
        figures(indicator, JAN, **SMALL)
        page = as_alice.get(here).content.decode()
        files = as_alice.get(here + "export/").content.decode()
        for said in (page, files):
            assert "5 of 20" not in said
            assert "20 of 50" not in said
            assert "(40%)" not in said
            assert "40.00" not in said
            assert "Hidden" in said
        assert "55 of 130" in page
        assert "30 of 60" in page

    def test_lines_with_the_target(self, as_bea: Client, here: str, indicator: Indicator) -> None:
        Indicator.objects.update(target=30)
        figures(indicator, JAN, everybody=(20, 100))
        figures(indicator, JUL, everybody=(25, 100))
        page = as_bea.get(here).content.decode()
        assert 'role="img"' in page
        assert "<desc" in page
        assert "Target 30%" in page
        assert "not at the target yet" in page

    def test_another_definition_has_no_line_in_common(
        self, as_bea: Client, here: str, indicator: Indicator
    ) -> None:
        figures(indicator, JAN, everybody=(20, 100))
        Indicator.objects.update(stamp=2)
        indicator.refresh_from_db()
        figures(indicator, JUL, everybody=(30, 100))
        page = as_bea.get(here)
        [(_, points)] = page.context["drawing"].lines
        assert points == ((JUL, 30.0),)
        assert "Figures before the definition changed" in page.content.decode()

    def test_at_once(
        self,
        as_alice: Client,
        here: str,
        indicator: Indicator,
        harbour: Organisation,
        django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:
        for _ in range(3):
            indicator.recommendations.add(RecommendationFactory(organisation=harbour))
        figures(indicator, JAN, **SMALL)
        with django_assert_num_queries(7):
            assert as_alice.get(here).status_code == 200

    def test_who_may_not(
        self, client: Client, as_chidi: Client, as_alice: Client, here: str, foreign: Indicator
    ) -> None:
        assert client.get(here).status_code == 302
        assert as_chidi.get(here).status_code == 404
        assert as_alice.get(f"{LIST}{foreign.pk}/").status_code == 404
        assert as_alice.post(here).status_code == 405


class TestCreate:
    @pytest.mark.parametrize("template", TEMPLATES)
    def test_a_template_fills_the_form(self, as_alice: Client, template: Any) -> None:
        form = as_alice.get(f"{LIST}new/?template={template.key}").context["form"]
        assert form["name"].value() == template.name
        assert form["better"].value() == template.better

    def test_it_works(self, as_alice: Client, harbour: Organisation, typed: dict[str, Any]) -> None:
        linked = RecommendationFactory(organisation=harbour)
        foreign = RecommendationFactory()
        data = typed | {"picked": [str(linked.pk)], "offered": [str(linked.pk)]}
        response = as_alice.post(f"{LIST}new/", data)
        made = harbour.indicators.get()
        assert response["Location"] == made.get_absolute_url()
        assert (made.name, made.target, made.stamp) == ("Senior staff", 30, 1)
        assert list(made.recommendations.all()) == [linked]
        assert verbs_about(made) == [RegisterVerb.INDICATOR_ADDED]
        refused = as_alice.post(f"{LIST}new/", data | {"picked": [str(foreign.pk)]})
        assert "picked" in refused.context["form"].errors

    def test_sent_twice_makes_one(
        self, as_alice: Client, harbour: Organisation, typed: dict[str, Any]
    ) -> None:
        places = {as_alice.post(f"{LIST}new/", typed)["Location"] for _ in range(2)}
        assert len(places) == 1
        assert harbour.indicators.count() == 1

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"name": ""}, "name"),
            ({"name": "x" * 161}, "name"),
            ({"definition": ""}, "definition"),
            ({"kind": "splendid"}, "kind"),
            ({"baseline": "20.5"}, "baseline"),
            ({"baseline": "101"}, "baseline"),
            ({"baseline": ""}, "baseline"),
            ({"baseline_on": ""}, "baseline_on"),
            ({"baseline_on": "2126-01-01"}, "baseline_on"),
            ({"target": "many"}, "target"),
            ({"target": ""}, "target"),
            ({"target_on": "2126-01-01"}, "target_on"),
            ({"measured_as": ""}, "measured_as"),
            ({"picked": ["no-such-row"]}, "picked"),
        ],
    )
    def test_bad_input_is_named_and_kept(
        self,
        as_alice: Client,
        harbour: Organisation,
        typed: dict[str, Any],
        wrong: dict[str, Any],
        field: str,
    ) -> None:
        response = as_alice.post(f"{LIST}new/", typed | wrong)
        assert list(response.context["form"].errors) == [field]
        assert "Staff records" in response.content.decode()
        assert harbour.indicators.count() == 0

    def test_a_name_that_is_measured_already(
        self, as_alice: Client, indicator: Indicator, typed: dict[str, Any]
    ) -> None:
        response = as_alice.post(f"{LIST}new/", typed)
        assert response.context["form"].non_field_errors() == [NAME_TAKEN]

    def test_finding_saves_nothing_and_keeps_what_was_typed(
        self, as_alice: Client, harbour: Organisation, typed: dict[str, Any]
    ) -> None:
        RecommendationFactory(organisation=harbour, reference="1.7", title="Board agenda")
        RecommendationFactory(organisation=harbour, reference="2.2", title="Pay gap")
        ticked = RecommendationFactory(organisation=harbour, reference="3.1", title="Outreach")
        data = typed | {"find": "1", "search": "pay", "picked": [str(ticked.pk)]}
        response = as_alice.post(f"{LIST}new/", data)
        page = response.content.decode()
        assert harbour.indicators.count() == 0
        assert [word in page for word in ("Board agenda", "Pay gap", "Outreach")] == [
            False,
            True,
            True,
        ]
        assert response.context["form"]["name"].value() == "Senior staff"
        assert response.context["form"]["picked"].value() == [str(ticked.pk)]

    def test_who_may_not(self, as_bea: Client, as_chair: Client, as_adviser: Client) -> None:
        for each in (as_bea, as_chair, as_adviser):
            assert each.get(f"{LIST}new/").status_code == 403


class TestStopping:
    def test_it_works_once(self, as_alice: Client, here: str, indicator: Indicator) -> None:
        for _ in range(2):
            assert as_alice.post(here + "stop/")["Location"] == LIST
        indicator.refresh_from_db()
        assert indicator.retired_at is not None
        assert verbs_about(indicator) == [RegisterVerb.INDICATOR_RETIRED]
        assert as_alice.get(here).status_code == 200
        assert as_alice.get(here + "edit/").status_code == 404
        assert as_alice.get(here + "figures/").status_code == 404

    def test_only_by_post_and_by_coordinators(
        self, as_alice: Client, as_bea: Client, here: str
    ) -> None:
        assert as_alice.get(here + "stop/").status_code == 405
        assert as_bea.post(here + "stop/").status_code == 403


class TestFiles:
    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_it_works(self, as_bea: Client, here: str, indicator: Indicator, kind: str) -> None:
        figures(indicator, JAN, everybody=(30, 100))
        response = as_bea.get(f"{here}export/?format={kind}")
        assert response.status_code == 200
        assert f".{kind}" in response["Content-Disposition"]

    def test_no_other_kind(self, as_bea: Client, here: str) -> None:
        assert as_bea.get(f"{here}export/?format=exe").status_code == 404

    def test_a_category_is_never_a_formula(
        self, as_bea: Client, here: str, indicator: Indicator
    ) -> None:
        figures(indicator, JAN, **{"=SUM(A1)": (30, 100)})
        assert "'=SUM(A1)" in as_bea.get(here + "export/").content.decode()
