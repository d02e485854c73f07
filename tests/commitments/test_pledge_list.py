"""The list of pledges: searched, by organisation, by month, and all of them together."""

import re
from datetime import UTC, date, datetime
from urllib.parse import quote

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from commitments.enums import PledgeState
from commitments.models import Pledge, Wording
from commitments.queries.public import months_of_pledges, organisations_named
from tests.factories.commitments import PledgeFactory

LISTED = 4  # the first month, names of organisations, a count and a page
NOW = datetime(2026, 6, 20, 12, tzinfo=UTC)


@pytest.fixture
def some(wording: Wording) -> None:
    for slug, organisation, day in [
        ("amina", "Harbour & Sons", datetime(2026, 6, 1, 9, tzinfo=UTC)),
        ("bea", "Harbour & Sons", datetime(2026, 5, 20, 9, tzinfo=UTC)),
        ("carys", "Northside", datetime(2026, 5, 10, 9, tzinfo=UTC)),
        # In London it was May already.
        ("dewi", "", datetime(2026, 4, 30, 23, 30, tzinfo=UTC)),
        ("ewa", "Harbour & Sons Trust", datetime(2026, 3, 5, 9, tzinfo=UTC)),
    ]:
        PledgeFactory(
            slug=slug,
            leader_name=slug.title(),
            organisation_name=organisation,
            created_at=day,
            signing=wording,
        )


def found(client: Client, query: str = "") -> list[str]:
    with time_machine.travel(NOW):
        return [row[0] for row in client.get(f"/pledges/{query}").context["page"]]


HARBOUR = quote("Harbour & Sons", safe="")


@pytest.mark.parametrize(
    ("query", "slugs"),
    [
        ("", ["amina", "bea", "carys", "dewi", "ewa"]),
        (f"?organisation={HARBOUR}", ["amina", "bea"]),
        ("?organisation=harbour", ["amina", "bea", "ewa"]),
        ("?organisation=h%C3%A0rb%20tr", ["ewa"]),
        ("?organisation=Harbour%20%26%20Sons%20T", ["ewa"]),
        ("?organisation=amina", []),
        ("?organisation=harbour&month=2026-05", ["bea"]),
        ("?organisation=har&q=am", ["amina"]),
        ("?month=2026-05", ["bea", "carys", "dewi"]),
        # Nobody made one then, so that it is not offered.
        ("?month=2026-04", ["amina", "bea", "carys", "dewi", "ewa"]),
        (f"?month=2026-05&organisation={HARBOUR}", ["bea"]),
        (f"?q=harb&month=2026-05&organisation={HARBOUR}", ["bea"]),
        ("?q=am", ["amina"]),
        ("?q=harb&month=2026-03", ["ewa"]),
        ("?q=&month=&organisation=", ["amina", "bea", "carys", "dewi", "ewa"]),
        ("?month=2026-13", ["amina", "bea", "carys", "dewi", "ewa"]),
        ("?month=%00", None),
        ("?organisation=" + "x" * 10_000, ["amina", "bea", "carys", "dewi", "ewa"]),
        ("?organisation=%E2%80%AEsnoS", []),
        ("?month=2026-05&page=99", ["bea", "carys", "dewi"]),
        ("?q='%20OR%201=1--", []),
    ],
)
def test_filters_narrow_the_list_together(
    query: str, slugs: list[str] | None, client: Client, some: None
) -> None:
    if slugs is None:
        assert client.get(f"/pledges/{query}").status_code == 400
    else:
        assert found(client, query) == slugs


def test_names_of_organisations_are_offered(
    client: Client, some: None, wording: Wording, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Those of the list alone, each once, as many as help."""
    PledgeFactory(signing=wording, organisation_name="Hidden", is_listed=False)
    names = ["Harbour & Sons", "Harbour & Sons Trust", "Northside"]
    assert organisations_named("") == names
    assert organisations_named("sons") == names[:2]
    assert organisations_named("zz") == []
    with time_machine.travel(NOW):
        page = client.get("/pledges/").content.decode()
    assert re.findall(r'<option value="([^"]+)"></option>', page) == [
        name.replace("&", "&amp;") for name in names
    ]
    monkeypatch.setattr("commitments.queries.public.NAMES_OFFERED", 2)
    assert organisations_named("") == names[:2]


def test_rows_say_what_stands_behind_them(client: Client, some: None) -> None:
    Pledge.objects.filter(slug="amina").update(confirmed_at=NOW, confirmation="coordinator")
    Pledge.objects.filter(slug="bea").update(
        confirmed_at=NOW, confirmation="work_address", confirmed_domain="harbour.example"
    )
    with time_machine.travel(NOW):
        page = client.get("/pledges/").content.decode()
    rows = [re.sub(r"<[^>]+>", "", row) for row in page.split('class="pledge-row"')[1:]]
    said = ["Not confirmed" if "Not confirmed" in row else row for row in rows]
    assert "Confirmed" in said[0]
    assert "Work address" in said[1]
    assert said[2:] == ["Not confirmed"] * 3


def test_only_months_with_a_pledge_are_offered(
    client: Client, some: None, wording: Wording
) -> None:
    """Those of pledges on the list, by London's days."""
    PledgeFactory(signing=wording, is_listed=False, created_at=datetime(2025, 1, 1, tzinfo=UTC))
    Pledge.objects.filter(slug="carys").update(published_at=datetime(2024, 12, 31, tzinfo=UTC))
    assert months_of_pledges() == [
        date(2026, 6, 1), date(2026, 5, 1), date(2026, 3, 1), date(2024, 12, 1)
    ]  # fmt: skip
    page = client.get("/pledges/").content.decode()
    assert re.findall(r'<option value="(\d{4}-\d{2})"', page) == [
        "2026-06", "2026-05", "2026-03", "2024-12"
    ]  # fmt: skip


def test_the_search_says_what_it_looks_through(client: Client, some: None) -> None:
    page = " ".join(client.get("/pledges/").content.decode().split())
    assert re.findall(r'<label for="id_q"[^>]*>\s*([^<]+?)\s*<', page) == [
        "Search by name or organisation"
    ]


def test_without_a_pledge_there_are_no_months(db: None) -> None:
    assert months_of_pledges() == []


def test_a_row_shows_when_it_was_made_in_london(client: Client, some: None) -> None:
    page = client.get("/pledges/?q=dewi").content.decode()
    assert "1 May 2026" in page


def test_each_row_leads_to_its_organisation_and_back(client: Client, some: None) -> None:
    with time_machine.travel(NOW):
        everybody = client.get("/pledges/").content.decode()
        one = client.get(f"/pledges/?month=2026-05&organisation={HARBOUR}").content.decode()
    assert everybody.count(f'href="/pledges/?organisation={HARBOUR}"') == 2
    assert "All organisations" not in everybody
    assert '<a href="/pledges/?month=2026-05">All organisations</a>' in one
    assert re.search(r'<input type="text" name="organisation" value="Harbour &amp; Sons"', one)
    assert '<p class="small muted">1 found</p>' in one


def test_what_is_wrong_is_said_at_its_field(client: Client, some: None) -> None:
    response = client.get("/pledges/?month=1999-01")
    assert response.context["form"].errors == {"month": ["Choose a month from the list."]}
    assert "Choose a month from the list." in response.content.decode()


def test_nobody_found_leads_back_to_everybody(client: Client, some: None) -> None:
    page = client.get("/pledges/?q=zz").content.decode()
    assert "Nobody found" in page
    assert 'href="/pledges/">Show all</a>' in page


def test_only_what_is_published_and_listed_shows(client: Client, some: None) -> None:
    Pledge.objects.filter(slug="amina").update(is_listed=False)
    Pledge.objects.filter(slug="bea").update(state=PledgeState.CLOSED, closed_at=NOW)
    assert found(client) == ["carys", "dewi", "ewa"]
    assert client.get("/pledges/amina/").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize("query", ["", "?q=ha", "?organisation=Harbour", "?month=2026-06"])
def test_the_list_costs_the_same_with_any_rows(
    rows: int,
    query: str,
    client: Client,
    wording: Wording,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with time_machine.travel(NOW):
        for _ in range(rows):
            PledgeFactory(signing=wording, organisation_name="Harbour")
        with django_assert_num_queries(LISTED):
            page = client.get(f"/pledges/{query}").content
    assert page.count(b'class="pledge-row"') == rows
