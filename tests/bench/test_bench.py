"""The bench on a sector of two: its SQL fits the tables, and every page it times opens."""

import json
from pathlib import Path

import pytest
from django.test import override_settings
from django.utils import timezone

from bench import settings as bench_settings
from bench.measure import Cost, Reader, measure
from bench.pages import Aim, Page, pages
from bench.report import Line, as_text, circumstances, lines, write_json
from commitments.models import Pledge, Promise
from organisations.models import Organisation, User
from panels.models import Gathering, Seat, Tally
from recommendations.models import Recommendation
from tests.bench.conftest import SIZE

BENCH = override_settings(
    ROOT_URLCONF="bench.urls",
    TEMPLATES=bench_settings.TEMPLATES,
)


def test_the_sector_has_its_size(sector: None) -> None:
    assert Organisation.objects.count() == 2 + 1
    assert User.objects.count() == SIZE.people == 40
    assert Pledge.objects.count() == SIZE.pledges == 20
    assert Promise.objects.count() == 8 * 20
    assert Gathering.objects.count() == SIZE.gatherings + SIZE.long_record + 3 == 243
    assert Seat.objects.count() == 500 * SIZE.conferences + 4 * 350 == 3400
    assert Recommendation.objects.count() == SIZE.recommendations == 44
    assert Tally.objects.exclude(version__in=[1, 2]).count() == 0


def test_every_page_and_floor_opens(sector: None) -> None:
    with BENCH:
        found = pages()
        costs = measure(found, runs=2)
        assert {(page.name, page.is_public) for page in found} < set(costs)
        assert {(page.floor, page.is_public) for page in found} < set(costs)
        assert len(found) == 45
        assert len({costs[f"line-up, {n} sessions", False].queries for n in (50, 100, 200)}) == 1
        assert all(cost.median > 0 and cost.size > 0 for cost in costs.values())
        assert costs["/bench/public/", True].queries == 0
        assert costs["/bench/signed-in/25/", False].queries == 3


def test_a_page_that_does_not_answer_stops_the_bench(db: None) -> None:
    with pytest.raises(RuntimeError, match="answered 404"):
        Reader(is_signed_in=False).open("/nowhere/")


@pytest.mark.parametrize(
    ("aim", "median", "is_over"),
    [
        (Aim.LIST, 1.5, False),
        (Aim.LIST, 1.51, True),
        (Aim.PUBLIC, 2.0, False),
        (Aim.PUBLIC, 2.01, True),
        (Aim.NONE, 99.0, False),
    ],
)
def test_over_the_aim(aim: Aim, median: float, is_over: bool) -> None:
    line = Line(Page("a page", "/", aim), Cost(1, median, 2.0, 3), Cost(0, 1.0, 1.0, 1))
    assert line.is_over is is_over
    assert line.words.endswith("over") is is_over


def test_the_report_says_when_and_where() -> None:
    assert circumstances().startswith(f"Measured on {timezone.localdate():%Y-%m-%d}: Python 3.")
    assert " processors" in circumstances()


def test_the_report(tmp_path: Path) -> None:
    with BENCH:
        page = Page("a list", "/x/", Aim.LIST, is_public=True, rows=25)
        costs = {
            ("a list", True): Cost(4, 3.0, 4.0, 5000),
            (page.floor, True): Cost(1, 1.0, 1.2, 900),
        }
        assert lines([page], costs)[0].ratio == 3
        text = as_text([page], costs).splitlines()
        assert text[1].split() == ["/bench/public/25/", "1", "1.00", "1.20", "900"]
        assert text[3].split()[-6:] == ["3.00", "1.5", "table", "of", "25", "over"]
        assert text[-1] == "0 of 1 pages with an aim are within it."
        write_json(tmp_path / "bench.json", [page], costs)
    (row,) = json.loads((tmp_path / "bench.json").read_text())
    assert (row["name"], row["ratio"], row["aim"], row["is_over"]) == ("a list", 3.0, 1.5, True)
    assert row["floor"]["queries"] == 1
