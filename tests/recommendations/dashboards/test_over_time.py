"""How it went over the months: what is counted when, and that all that shows it agrees."""

import csv
import io
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from organisations.models import Organisation, User
from recommendations.enums import Response, State
from recommendations.lifecycle import ActionFacts, RecommendationFacts
from recommendations.over_time import (
    HEADINGS,
    Counted,
    charts,
    counted,
    date_that_stands,
    days_of,
    export,
    first_date,
    moved_by,
    period_of,
    periods_until,
)
from tests.factories.closing import decide_closure, proposed
from tests.factories.recommendations import RecommendationFactory, led_recommendation

ADDRESS = "/o/harbour-minds/recommendations/over-time/"
TODAY = date(2026, 8, 15)
QUERIES = 9
"""Session, person, membership; themes, actions, history, checks, recommendations, memberships."""


def of(state: State = State.IN_PROGRESS, *actions: ActionFacts, **more: Any) -> RecommendationFacts:
    usual = {"response": Response.ACCEPTED, "adopted_on": TODAY, "actions": actions}
    return RecommendationFacts("Values", False, state=state, **{**usual, **more})


def due(original: date | None, target: date | None) -> ActionFacts:
    return ActionFacts(False, original_target=original, target=target)


@pytest.mark.parametrize(
    ("day", "months", "first", "last"),
    [
        (date(2026, 8, 15), 3, date(2026, 7, 1), date(2026, 9, 30)),
        (date(2026, 12, 31), 3, date(2026, 10, 1), date(2026, 12, 31)),
        (date(2024, 2, 29), 1, date(2024, 2, 1), date(2024, 2, 29)),
    ],
)
def test_the_period_of_a_day(day: date, months: int, first: date, last: date) -> None:
    period = period_of(day, months)
    assert (period.first, period.last) == (first, last)


def test_periods_follow_one_another() -> None:
    last = moved_by(period_of(TODAY, 3), 3, 3)
    periods = periods_until(last, 3)
    assert [len(periods), periods[-1]] == [12, last]
    assert all(
        later.first == before.last + timedelta(days=1) for before, later in pairwise(periods)
    )
    assert [period.label for period in periods[-4:]] == [
        "2026 Q3", "2026 Q4", "2027 Q1", "2027 Q2",
    ]  # fmt: skip


def test_the_period_that_runs_is_looked_at_today() -> None:
    periods = periods_until(moved_by(period_of(TODAY, 1), 3, 1), 1)
    assert days_of(periods, TODAY)[-2:] == [date(2026, 7, 31), TODAY]


def test_each_is_counted_once() -> None:
    course = [
        [of(State.NOT_STARTED)],
        [of(State.PROPOSED_FOR_CLOSURE)],
        [of(State.CLOSED_IMPLEMENTED)],
        [of(State.CLOSED_IMPLEMENTED, is_activity_only=True)],
        [of(State.CLOSED_SUPERSEDED)],
        [None],
    ]
    [row] = counted([period_of(TODAY, 3)], course, [])
    assert (row.total, row.open, row.proposed, row.closed, row.activity_only) == (5, 1, 1, 2, 1)
    assert row.closed_so_far == 3


@pytest.mark.parametrize(
    ("actions", "more", "first", "stands"),
    [
        ([due(date(2026, 1, 1), date(2026, 5, 1))], {}, date(2026, 1, 1), date(2026, 5, 1)),
        ([due(None, date(2026, 5, 1))], {}, date(2026, 5, 1), date(2026, 5, 1)),
        ([due(None, date(2026, 5, 1)), due(None, None)], {}, None, None),
        ([], {}, None, None),
        ([due(TODAY, TODAY)], {"response": Response.NOT_ACCEPTED}, None, None),
    ],
)
def test_when_it_was_meant_to_be(
    actions: list[ActionFacts], more: Any, first: date | None, stands: date | None
) -> None:
    facts = of(State.IN_PROGRESS, *actions, **more)
    assert (first_date(facts), date_that_stands(facts)) == (first, stands)


@pytest.mark.parametrize(("day", "meant"), [(29, 1), (30, 1), (31, 0)])
def test_what_is_meant_by_the_last_day_of_a_period_counts(day: int, meant: int) -> None:
    on = date(2026, 8, 31) + timedelta(days=day)
    facts = of(State.IN_PROGRESS, due(on, on))
    [row] = counted([period_of(TODAY, 3)], [[facts]], [facts])
    assert (row.meant_first, row.meant_now) == (meant, meant)


def test_nothing_followed_draws_nothing() -> None:
    assert charts(counted(periods_until(period_of(TODAY, 3), 3), [], [])) == ()


def rows() -> list[Counted]:
    periods = periods_until(moved_by(period_of(TODAY, 3), 3, 3), 3)
    state = [State.NOT_STARTED, State.IN_PROGRESS, State.PROPOSED_FOR_CLOSURE]
    course = [None, None, *(of(each) for each in state), *[of(State.CLOSED_IMPLEMENTED)] * 4]
    other = [None] * 4 + [of(State.CLOSED_IMPLEMENTED, is_activity_only=True)] * 5
    now = [of(State.IN_PROGRESS, due(TODAY, TODAY + timedelta(days=200))), other[-1]]
    return counted(periods, [course, other], [each for each in now if each])


def test_drawing_table_and_files_agree() -> None:
    cells = [[str(cell) for cell in row] for row in export(rows())]
    assert cells[0] == list(HEADINGS)
    for chart, columns, whole in zip(
        charts(rows()), ([2, 3, 4, 5], [6, 7, 8]), (1, 9), strict=True
    ):
        by_period = {row[0]: row for row in cells[1:]}
        for place, line in enumerate(chart.table):
            row = by_period[line[0]]
            for (_, points), column, shown in zip(chart.lines, columns, line[1:], strict=True):
                part, total = points[place]
                if total:
                    assert shown == f"{row[column]} of {row[whole]}"
                    assert (str(part), str(total)) == (row[column], row[whole])
                else:
                    assert shown == "Not known yet"


def test_two_years_do_not_stand_on_each_other_at_the_foot() -> None:
    periods = periods_until(period_of(date(2026, 9, 30), 3), 3)
    stood, _ = charts(counted(periods, [[of()] * 12], [of()]))
    assert stood.labels[:3] == ("Q4", "2024 Q1", "2024 Q2")
    stood, _ = charts(counted(periods[1:], [[of()] * 11], [of()]))
    assert stood.labels[:2] == ("2024 Q1", "2024 Q2")


# The page


@pytest.fixture
def closed(harbour: Organisation, alice: User) -> None:
    long_ago = timezone.localtime() - timedelta(days=300)
    one = led_recommendation(lead=alice, organisation=harbour, created_at=long_ago)
    RecommendationFactory(organisation=harbour, is_finding=True, created_at=long_ago)
    proposal = proposed(one, by=alice, at=timezone.localtime() - timedelta(days=100))
    decide_closure(proposal, "approved", at=timezone.localtime() - timedelta(days=95))


def as_rows(client: Client, query: str = "") -> list[list[str]]:
    response = client.get(f"{ADDRESS}export/{query}")
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert "attachment" in response.headers["Content-Disposition"]
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_page_and_files_show_the_same(as_bea: Client, closed: None) -> None:
    stands, done = as_bea.get(ADDRESS).context["charts"]
    cells = as_rows(as_bea)
    today = next(row for row in cells if row[0] == stands.table[-1][0])
    assert today[1:7] == ["1", "0", "0", "1", "0", "1"]
    assert stands.table[-1][1:] == ("0 of 1", "0 of 1", "1 of 1", "0 of 1")
    assert len(done.table) == 12
    response = as_bea.get(f"{ADDRESS}export/?format=xlsx")
    book = load_workbook(io.BytesIO(response.content))
    sheet = [["" if v is None else str(v) for v in row] for row in book["Over time"].values]
    assert sheet == cells


def test_by_month_and_longer_ago(as_bea: Client, closed: None) -> None:
    page = as_bea.get(ADDRESS, {"by": "month", "to": "2001-05-01"})
    assert page.context["charts"] == ()
    assert "Nothing was followed then" in page.content.decode()
    assert as_rows(as_bea, "?by=month&to=2001-05-01")[-1][0] == "May 2001"


@pytest.mark.parametrize("query", ["?by=week", "?to=soon", "?to=1066-10-14", "?by=quarter&to=0"])
def test_a_period_that_is_none_is_not_found(as_bea: Client, query: str) -> None:
    assert as_bea.get(ADDRESS + query).status_code == 404
    assert as_bea.get(f"{ADDRESS}export/{query}").status_code == 404


def test_far_ahead_is_the_furthest(as_bea: Client, closed: None) -> None:
    page = as_bea.get(ADDRESS, {"to": "9999-12-31"})
    assert page.context["newer"] == ""


def test_without_recommendations_it_says_so(as_bea: Client) -> None:
    assert "Nothing to show over time yet" in as_bea.get(ADDRESS).content.decode()


@pytest.mark.parametrize("path", [ADDRESS, f"{ADDRESS}export/"])
@pytest.mark.parametrize("many", [1, 3])
def test_its_cost_does_not_grow(
    many: int, path: str, as_bea: Client, alice: User, harbour: Organisation,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    for _ in range(many):
        one = led_recommendation(lead=alice, organisation=harbour)
        proposed(one, by=alice, at=timezone.now())
    with django_assert_num_queries(QUERIES):
        assert as_bea.get(path).status_code == 200
