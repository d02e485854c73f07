"""Who reads that a pledge was reported."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from commitments.enums import ReportOutcome
from commitments.models import Pledge, Wording
from organisations.models import Organisation
from tests.commitments.reports.conftest import LIST, NOW
from tests.factories.commitments import PledgeFactory
from tests.factories.trusting import ImpersonationReportFactory


class TestReading:
    def test_open_ones_first_and_never_ones_own(
        self, of_bea: Pledge, pledge: Pledge, foreign: Pledge, as_alice: Client
    ) -> None:
        old = ImpersonationReportFactory(pledge=of_bea, at=NOW - timedelta(days=3))
        settled = ImpersonationReportFactory(
            pledge=of_bea, at=NOW, outcome=ReportOutcome.STANDS, settled_at=NOW
        )
        new = ImpersonationReportFactory(pledge=of_bea, at=NOW - timedelta(days=1))
        ImpersonationReportFactory(pledge=pledge, text="About Alice herself")
        ImpersonationReportFactory(pledge=foreign, text="About Chidi")
        response = as_alice.get(LIST)
        assert list(response.context["page"]) == [new, old, settled]
        assert "Chidi" not in response.content.decode()
        assert "About Alice" not in response.content.decode()

    def test_who_may(
        self, of_bea: Pledge, as_alice: Client, as_bea: Client, as_chidi: Client, client: Client
    ) -> None:
        assert as_alice.get(LIST).status_code == 200
        assert as_bea.get(LIST).status_code == 403
        assert as_chidi.get(LIST).status_code == 404
        assert client.get(LIST)["Location"].startswith("/accounts/login/")
        assert as_alice.post(LIST).status_code == 405

    def test_the_operator_sees_all_of_them(
        self, of_bea: Pledge, pledge: Pledge, as_operator: Client
    ) -> None:
        of_an_organisation = ImpersonationReportFactory(pledge=of_bea)
        without = ImpersonationReportFactory(at=NOW - timedelta(days=1))
        of_the_coordinator = ImpersonationReportFactory(pledge=pledge, at=NOW - timedelta(days=2))
        response = as_operator.get(reverse("operator_reports"))
        assert list(response.context["page"]) == [of_an_organisation, without, of_the_coordinator]
        assert response.content.decode().count("sees it too") == 2

    def test_the_operator_alone_sees_who_wrote(
        self, of_bea: Pledge, as_alice: Client, as_operator: Client
    ) -> None:
        ImpersonationReportFactory(pledge=of_bea, reporter_email="me@else.example")
        assert "me@else.example" in as_operator.get(reverse("operator_reports")).content.decode()
        assert "me@else.example" not in as_alice.get(LIST).content.decode()

    @pytest.mark.parametrize("rows", [1, 3])
    def test_lists_cost_the_same_with_any_rows(
        self, rows: int, harbour: Organisation, wording: Wording, as_alice: Client,
        as_operator: Client, django_assert_num_queries: DjangoAssertNumQueries,
    ) -> None:  # fmt: skip
        for _ in range(rows):
            ImpersonationReportFactory(pledge=PledgeFactory(organisation=harbour, signing=wording))
            ImpersonationReportFactory()
        with django_assert_num_queries(5):  # session, person, membership, a count and a page
            assert len(as_alice.get(LIST).context["page"]) == rows
        with django_assert_num_queries(5):  # session, person, second factor, count, page
            shown = as_operator.get(reverse("operator_reports"))
        assert len(shown.context["page"]) == 2 * rows
