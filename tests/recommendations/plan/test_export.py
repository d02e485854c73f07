"""What the dashboard shows, as a file."""

import csv
import io
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from organisations.enums import Role
from organisations.models import Organisation, User
from recommendations.models import Recommendation, Source
from recommendations.plan_columns import COLUMNS
from tests.conftest import signed_in_as
from tests.factories.organisations import MembershipFactory, UserFactory
from tests.factories.recommendations import ActionFactory, RecommendationFactory
from tests.recommendations.plan.conftest import FAR

HERE = "/o/harbour-minds/recommendations/export/"


def read(client: Client, query: str = "") -> list[dict[str, str]]:
    response = client.get(HERE + query)
    assert response.status_code == 200
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


@pytest.fixture
def two(source: Source, bea: User) -> list[Recommendation]:
    make: dict[str, Any] = {"organisation": source.organisation, "source": source, "theme": None}
    first = RecommendationFactory(reference="1", title="=1+1", phase=2, **make)
    ActionFactory(recommendation=first, position=1, title="One", cadence=True, budget_pounds=500)
    ActionFactory(
        recommendation=first, position=2, title="Two", responsible_owner=bea, target_date=FAR
    )
    return [first, RecommendationFactory(reference="2", title="Bare", **make)]


def test_one_row_for_each_action(
    as_alice: Client, two: list[Recommendation], foreign: Recommendation
) -> None:
    rows = read(as_alice)
    assert list(rows[0]) == list(COLUMNS.values())
    assert [(row["Reference"], row["Action number"], row["Action"]) for row in rows] == [
        ("1", "1", "One"),
        ("1", "2", "Two"),
        ("2", "", ""),
    ]
    assert (rows[0]["Months between"], rows[0]["Budget in pounds"]) == ("3", "500")
    assert (rows[1]["Lead"], rows[1]["Date"]) == ("bea@harbour.example", "2030-03-31")
    assert (rows[0]["State"], rows[0]["Response"]) == ("Not started", "No response yet")


def test_no_formula_is_active(as_alice: Client, two: list[Recommendation]) -> None:
    assert read(as_alice)[0]["Title"] == "'=1+1"
    book = load_workbook(io.BytesIO(as_alice.get(HERE + "?format=xlsx").content))
    cells = [cell for row in book.active.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert book.active["C2"].value == "'=1+1"


def test_by_the_filters_of_the_dashboard(as_alice: Client, two: list[Recommendation]) -> None:
    assert [row["Reference"] for row in read(as_alice, "?phase=2&format=csv")] == ["1", "1"]
    assert len(read(as_alice, "?phase=nonsense")) == 3


def test_emails_and_budgets_by_role(
    as_bea: Client, harbour: Organisation, two: list[Recommendation]
) -> None:
    assert read(as_bea)[1]["Lead"] == "Bea Brown"
    adviser = UserFactory()
    MembershipFactory(user=adviser, organisation=harbour, roles=[Role.ADVISER])
    row = read(signed_in_as(adviser))[1]
    assert row["Lead"] == "Bea Brown"
    assert "Budget in pounds" not in row
    assert "Staff days" not in row


@pytest.mark.parametrize("rows", [1, 3])
def test_queries_do_not_grow(
    as_alice: Client,
    source: Source,
    django_assert_num_queries: DjangoAssertNumQueries,
    rows: int,
) -> None:
    for _ in range(rows):
        ActionFactory(
            recommendation=RecommendationFactory(
                organisation=source.organisation, source=source, theme=None
            )
        )
    with django_assert_num_queries(10):
        assert len(read(as_alice)) == rows


def test_who_and_how(as_alice: Client, as_chidi: Client, client: Client) -> None:
    assert as_alice.get(HERE + "?format=exe").status_code == 404
    assert as_alice.post(HERE).status_code == 405
    assert as_chidi.get(HERE).status_code == 404
    assert client.get(HERE).status_code == 302
    assert read(as_alice) == []
