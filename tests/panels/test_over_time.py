"""Figures over the years: the page, its files, and the pools that are released each quarter."""

import csv
import html
import io
import re
from datetime import date, datetime
from unittest.mock import patch
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.db import IntegrityError
from django.test import Client
from openpyxl import load_workbook

from history.models import Entry
from organisations.models import Organisation, User
from panels import pools
from panels.actions.over_time import release_pools
from panels.enums import Basis, CountingVerb, GatheringKind, Measure, Part, Verdict
from panels.models import PooledGathering, PooledRelease, Standing
from panels.tasks import release_pools as release_task
from tests.factories.over_time import PooledReleaseFactory, StandingFactory
from tests.factories.panels import GatheringFactory, enter_count, numbers

LONDON = ZoneInfo("Europe/London")
PAGE = "/o/harbour-minds/events/over-time/"
TODAY = datetime(2026, 11, 22, 12, tzinfo=LONDON)


@pytest.fixture(autouse=True)
def _today() -> object:
    with time_machine.travel(TODAY, tick=False):
        yield


def at(*day: int) -> datetime:
    return datetime(*day, 12, tzinfo=LONDON)


def standing(harbour: Organisation, **more: object) -> Standing:
    day = more.pop("day", date(2026, 10, 5))
    kind = more.pop("kind", GatheringKind.PANEL)
    row = GatheringFactory(organisation=harbour, held_on=day, kind=kind, title="Named nowhere")
    return StandingFactory(gathering=row, **more)


def page(client: Client, query: str = "") -> str:
    response = client.get(PAGE + query)
    assert response.status_code == 200
    return html.unescape(response.content.decode())


def tables(text: str) -> list[list[list[str]]]:
    """Each table as rows of the text of its cells."""
    return [
        [
            re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
            for row in re.findall(r"<tr[^>]*>(.*?)</tr>", table, re.DOTALL)
        ]
        for table in re.findall(r"<table[^>]*>(.*?)</table>", text, re.DOTALL)
    ]


# The page


def test_nothing_counted_says_what_to_do(as_bea: Client, harbour: Organisation) -> None:
    text = page(as_bea)
    assert "Nothing to show over time yet" in text
    assert '<svg class="share-chart"' not in text


def test_one_quarter(as_bea: Client, harbour: Organisation) -> None:
    standing(harbour)
    standing(harbour, verdict=Verdict.NOT_KNOWN, is_exact=False)
    text = page(as_bea)
    assert "The organiser told us: 1 of 2 in October to December 2026." in text
    assert text.count('<svg class="share-chart"') == 2
    assert "Named nowhere" not in text


@pytest.mark.parametrize("many", [1, 3])
def test_the_page_asks_as_much_of_the_database_however_many_there_are(
    many: int, as_bea: Client, harbour: Organisation, django_assert_num_queries: object
) -> None:
    for number in range(many):
        standing(harbour, day=date(2026, 1 + number, 5))
        PooledReleaseFactory(organisation=harbour, quarter=date(2025, 1 + 3 * number, 1))
    with django_assert_num_queries(6):  # type: ignore[operator]
        page(as_bea)


def test_older_and_newer(as_bea: Client, harbour: Organisation) -> None:
    standing(harbour)
    standing(harbour, day=date(2024, 11, 5))
    assert 'href="?until=2024-Q4"' in page(as_bea)
    assert "January 2025 to December 2026." in page(as_bea)
    older = page(as_bea, "?until=2024-Q4")
    assert "1 of 1 in October to December 2024" in older
    assert 'href="?until=2026-Q4"' in older


def test_one_kind(as_bea: Client, harbour: Organisation) -> None:
    standing(harbour)
    standing(harbour, kind=GatheringKind.BOARD, verdict=Verdict.NOT_MET)
    assert "0 of 1 in October" in page(as_bea, "?kind=board")
    assert "Nothing was counted then" in page(as_bea, "?kind=event")


@pytest.mark.parametrize(
    "query",
    ["?kind=none", "?until=2026", "?kind=%3Cscript%3E", "?until=" + "9" * 9000],
)
def test_an_address_that_names_nothing_is_not_found(
    query: str, as_bea: Client, harbour: Organisation
) -> None:
    for name in ("", "figures.csv", "figures.xlsx"):
        assert as_bea.get(f"{PAGE}{name}{query}").status_code == 404


@pytest.mark.parametrize("name", ["", "figures.csv", "figures.xlsx"])
def test_only_members_and_only_to_look_at(
    name: str, as_alice: Client, as_bea: Client, as_chidi: Client, client: Client
) -> None:
    path = PAGE + name
    assert [one.get(path).status_code for one in (as_alice, as_bea, as_chidi)] == [200, 200, 404]
    assert client.get(path)["Location"].startswith("/accounts/login/")
    assert as_bea.post(path).status_code == 405


def test_another_organisations_figures_are_not_here(
    as_bea: Client, harbour: Organisation, northside: Organisation
) -> None:
    standing(northside)
    PooledReleaseFactory(organisation=northside)
    assert "Nothing to show over time yet" in page(as_bea)
    assert "Several events together" not in page(as_bea)


# The same numbers everywhere


def test_drawing_table_csv_workbook_and_database_are_equal(
    as_bea: Client, harbour: Organisation
) -> None:
    for number in range(24):
        standing(
            harbour,
            day=date(2025 + number % 2, 1 + 3 * (number % 4), 5),
            kind=list(GatheringKind)[number % 3],
            part=list(Part)[number % 3],
            basis=[Basis.ORGANISER_STATED, Basis.SELF_DECLARED][number % 2],
            verdict=[Verdict.MET, Verdict.NOT_KNOWN, Verdict.NOT_MET, Verdict.MET][number // 3 % 4],
            is_exact=number % 5 > 0,
        )
    for query in ("", "?kind=panel", "?kind=event&until=2026-Q3"):
        text = page(as_bea, query)
        body = as_bea.get(f"{PAGE}figures.csv{query}").content.decode().removeprefix("\ufeff")
        rows = list(csv.reader(io.StringIO(body, newline="")))
        book = load_workbook(io.BytesIO(as_bea.get(f"{PAGE}figures.xlsx{query}").content))
        sheet = [
            ["" if cell is None else str(cell) for cell in row] for row in book["By quarter"].values
        ]
        assert sheet == rows
        kind = rows[1][6]
        numbers_of_file = sorted(f"{row[8]} of {row[9]}" for row in rows[1:] if row[6] == kind)
        cells = [cell for table in tables(text) for row in table[1:] for cell in row[1:]]
        assert sorted(cell for cell in cells if cell != "None") == numbers_of_file
        marks = text.count('class="chart-mark"')
        assert marks == len(numbers_of_file)
    met = sum(int(row[8]) for row in rows[1:] if row[3] == "Shown to meet")
    chosen = Standing.objects.filter(kind="event", quarter__lte=date(2026, 7, 1), verdict="met")
    assert met == chosen.count()


def test_a_file_is_named_for_its_last_quarter(as_bea: Client, harbour: Organisation) -> None:
    response = as_bea.get(f"{PAGE}figures.xlsx?until=2026-Q1")
    assert response["Content-Disposition"] == 'attachment; filename="over-time-to-2026-Q1.xlsx"'


# Pools


def counted(harbour: Organisation, by: User, **more: object) -> None:
    day = more.pop("day", date(2026, 8, 3))
    now = more.pop("now", at(2026, 8, 4))
    found = GatheringFactory(organisation=harbour, held_on=day)
    stated = {"women_basis": Basis.SELF_DECLARED}
    enter_count(found, numbers(*more.pop("count", (9, 2, 5, 2, 5))), by=by, now=now, **stated)


def test_a_quarter_that_has_ended_is_released_once(harbour: Organisation, alice: User) -> None:
    for _ in range(3):
        counted(harbour, alice)
    assert release_pools(now=TODAY) == 2
    assert release_pools(now=TODAY) == 0
    found = PooledRelease.objects.order_by("measure")
    assert [(one.measure, one.quarter) for one in found] == [
        ("minoritised", date(2026, 7, 1)),
        ("women", date(2026, 7, 1)),
    ]
    assert found[0].facts == {"gatherings": 3, "people": 25, "known": 20, "yes": 5, "share": 25}
    assert PooledGathering.objects.count() == 6
    entries = Entry.objects.filter(verb=CountingVerb.POOL_RELEASED)
    assert [(entry.actor, entry.details) for entry in entries] == [(None, {}), (None, {})]


def test_what_is_too_small_waits_for_the_next_quarter(harbour: Organisation, alice: User) -> None:
    counted(harbour, alice)
    counted(harbour, alice)
    counted(harbour, alice, day=date(2026, 10, 3), now=at(2026, 10, 4))
    assert release_pools(now=TODAY) == 0
    assert release_pools(now=at(2027, 1, 2)) == 2
    assert {one.quarter for one in PooledRelease.objects.all()} == {date(2026, 10, 1)}


def test_a_count_after_the_quarter_waits_however_late_the_task_runs(
    harbour: Organisation, alice: User
) -> None:
    counted(harbour, alice)
    counted(harbour, alice)
    counted(harbour, alice, now=at(2026, 10, 1))
    assert release_pools(now=TODAY) == 0


def test_a_corrected_count_changes_nothing_that_was_released(
    harbour: Organisation, alice: User
) -> None:
    for _ in range(3):
        counted(harbour, alice)
    release_pools(now=TODAY)
    before = [one.facts for one in PooledRelease.objects.order_by("pk")]
    for found in harbour.gatherings.all():
        enter_count(found, numbers(9, 9, 0, 9, 0), by=alice, now=TODAY)
    assert release_pools(now=at(2027, 1, 2)) == 0
    assert [one.facts for one in PooledRelease.objects.order_by("pk")] == before


def test_a_release_rolls_back_whole(harbour: Organisation, alice: User) -> None:
    for _ in range(3):
        counted(harbour, alice)
    with (
        patch("panels.actions.over_time.record", side_effect=IntegrityError),
        pytest.raises(IntegrityError),
    ):
        release_pools(now=TODAY)
    assert (PooledRelease.objects.count(), PooledGathering.objects.count()) == (0, 0)


def test_the_task_releases(harbour: Organisation, alice: User) -> None:
    for _ in range(3):
        counted(harbour, alice)
    release_task()
    assert PooledRelease.objects.count() == 2


def test_the_page_says_what_was_released(as_bea: Client, harbour: Organisation) -> None:
    PooledReleaseFactory(organisation=harbour)
    text = page(as_bea)
    told = pools.in_words(pools.Pooled(4, 60, 40, 15, 40), Measure.WOMEN)
    assert [row[2] for row in tables(text)[-1][1:]] == [told]
    book = load_workbook(io.BytesIO(as_bea.get(f"{PAGE}figures.xlsx").content))
    assert [row[2] for row in book["Several together"].values] == ["Figure", told]
