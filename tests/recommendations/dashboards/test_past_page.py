"""The dashboard on a past day: which day it shows, what it refuses, and its filters."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from history.models import Entry
from organisations.models import Organisation, User
from recommendations.actions import record_response, set_owners
from recommendations.actions.changing import Change, What, change_many
from recommendations.actions.planning import edit_recommendation
from recommendations.enums import Horizon, Level, Response
from tests.factories.closing import implemented, objected, proposed
from tests.factories.deciding import moved_by_decision
from tests.factories.recommendations import (
    ActionFactory,
    RecommendationFactory,
    SourceFactory,
    ThemeFactory,
    led_recommendation,
)
from tests.factories.reminders import AcceptedActionFactory

ADDRESS = "/o/harbour-minds/recommendations/"
QUERIES = 10
"""Session, person, membership; themes, actions, history, checks, recommendations, memberships,
people."""


def in_days(days: int) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def titles(client: Client, query: str) -> list[str]:
    board = client.get(ADDRESS + query).context["board"]
    return [row.recommendation.title for theme in board.themes for row in theme.rows]


def test_it_shows_that_day_and_says_so(as_bea: Client, harbour: Organisation, alice: User) -> None:
    one = RecommendationFactory(
        organisation=harbour, created_at=timezone.localtime() - timedelta(days=10)
    )
    record_response(
        recommendation=one, response=Response.ACCEPTED, reason="", by=alice,
        now=timezone.localtime() - timedelta(days=5),
    )  # fmt: skip
    for days, owed in ((-6, 1), (-5, 0), (-4, 0)):
        page = as_bea.get(f"{ADDRESS}?as_at={in_days(days)}")
        figures = {each.label: each.count for each in page.context["board"].decisions}
        assert figures["No response yet"] == owed
        assert f"As it stood on {page.context['then'].in_words}" in page.content.decode()
        assert one.get_absolute_url() in page.content.decode()


def test_before_anything_was_added_it_says_so(as_bea: Client, harbour: Organisation) -> None:
    RecommendationFactory(organisation=harbour)
    page = as_bea.get(f"{ADDRESS}?as_at={in_days(-1)}").content.decode()
    assert "Nothing was followed here yet" in page
    assert titles(as_bea, f"?as_at={in_days(0)}") != []


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (in_days(1), "This day is still to come."),
        ("9999-12-31", "This day is still to come."),
        ("1999-12-31", "This is not a day that can be shown."),
        ("0001-01-01", "This is not a day that can be shown."),
        ("soon", "This is not a day that can be shown."),
    ],
)
def test_other_days_are_refused_in_words(
    day: str, said: str, as_bea: Client, harbour: Organisation
) -> None:
    RecommendationFactory(organisation=harbour, title="Ours")
    page = as_bea.get(f"{ADDRESS}?as_at={day}")
    assert said in page.content.decode()
    assert titles(as_bea, f"?as_at={day}") == ["Ours"]


def test_today_is_today(as_bea: Client, harbour: Organisation) -> None:
    RecommendationFactory(organisation=harbour)
    assert "As it stood on" not in as_bea.get(f"{ADDRESS}?as_at={in_days(0)}").content.decode()


def test_filters_and_links_keep_the_day(
    as_bea: Client, harbour: Organisation, northside: Organisation
) -> None:
    long_ago = timezone.localtime() - timedelta(days=10)
    RecommendationFactory(organisation=harbour, created_at=long_ago, title="Ours")
    RecommendationFactory(organisation=northside, created_at=long_ago, title="Not yours")
    query = f"?as_at={in_days(-2)}"
    assert titles(as_bea, query) == ["Ours"]
    assert titles(as_bea, f"{query}&flag=no_response") == ["Ours"]
    assert titles(as_bea, f"{query}&state=in_progress") == []
    page = as_bea.get(ADDRESS + query).content.decode()
    assert f"?as_at={in_days(-2)}&amp;flag=no_response" in page
    assert f'<input type="hidden" name="as_at" value="{in_days(-2)}">' in page


@pytest.mark.parametrize("many", [1, 3])
def test_its_cost_does_not_grow(
    many: int, as_bea: Client, alice: User, harbour: Organisation,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:  # fmt: skip
    for _ in range(many):
        one = led_recommendation(lead=alice, organisation=harbour)
        set_owners(
            recommendation=one, sponsor=alice, assignments=[], by=alice,
            now=timezone.localtime() - timedelta(days=2),
        )  # fmt: skip
        implemented(one, by=alice, at=timezone.now())
    harbour.recommendations.update(created_at=timezone.localtime() - timedelta(days=9))
    with django_assert_num_queries(QUERIES):
        assert len(titles(as_bea, f"?as_at={in_days(-1)}")) == many


def test_a_past_day_has_the_themes_and_levels_of_then(
    as_bea: Client, harbour: Organisation, alice: User
) -> None:
    now = timezone.now()
    one = RecommendationFactory(
        organisation=harbour, created_at=now - timedelta(days=9), title="One", level=Level.SYSTEM
    )
    then, later = one.theme, ThemeFactory(source=one.source)
    for what, to in ((What.THEME, later), (What.PHASE, 3)):
        change_many(
            organisation=harbour, chosen=[one.pk], change=Change(what, to), by=alice,
            now=now - timedelta(days=3),
        )  # fmt: skip
    one.refresh_from_db()
    edit_recommendation(
        recommendation=one, details={"level": Level.INDIVIDUAL, "title": "New"},
        over_revision=one.revision, by=alice, now=now - timedelta(days=2),
    )  # fmt: skip
    query = f"?as_at={in_days(-4)}"
    [shown] = as_bea.get(ADDRESS + query).context["board"].themes
    assert shown.title == then.title
    assert titles(as_bea, f"{query}&level=system") == ["New"]
    assert titles(as_bea, f"{query}&phase=3") == ["New"]  # not offered: it had none
    [shown] = as_bea.get(f"{ADDRESS}?as_at={in_days(-3)}").context["board"].themes
    assert shown.title == later.title
    said = "Titles, and what counts as a finding, are as they are today."
    assert said in as_bea.get(ADDRESS + query).content.decode()
    assert then.title not in str(list(Entry.objects.values_list("details", flat=True)))


# Filters of today


def test_every_new_flag_finds_its_rows(as_bea: Client, harbour: Organisation, alice: User) -> None:
    today, now = timezone.localdate(), timezone.localtime()
    usual = {"organisation": harbour, "response": Response.ACCEPTED}
    new = led_recommendation(lead=alice, title="New", **usual)
    proposed(new, by=alice, at=now - timedelta(days=30))
    old = led_recommendation(lead=alice, title="Old", **usual)
    proposed(old, by=alice, at=now - timedelta(days=31))
    moved = RecommendationFactory(title="Moved", **usual)
    action = AcceptedActionFactory(recommendation=moved, responsible_owner=alice, target_date=today)
    moved_by_decision(action, today + timedelta(days=214))
    objected(ActionFactory(recommendation=RecommendationFactory(title="No", **usual),
                           responsible_owner=alice))  # fmt: skip
    again = led_recommendation(lead=alice, title="Again", **usual)
    implemented(again, by=alice, at=now - timedelta(days=200))
    assert titles(as_bea, "?flag=proposed") == ["New"]
    assert titles(as_bea, f"?flag=proposed&since={in_days(-31)}") == ["New", "Old"]
    assert titles(as_bea, "?flag=slipped") == ["Moved"]
    assert titles(as_bea, "?flag=objection") == ["No"]
    assert titles(as_bea, "?flag=recheck") == ["Again"]
    assert "Moved once, 214 days" in as_bea.get(f"{ADDRESS}?flag=slipped").content.decode()


def test_what_differs_can_be_chosen(as_bea: Client, harbour: Organisation) -> None:
    one = RecommendationFactory(organisation=harbour, title="One", level=Level.SYSTEM, phase=2)
    source = SourceFactory(organisation=harbour)
    RecommendationFactory(
        organisation=harbour, source=source, title="Two", horizon=Horizon.IMMEDIATE
    )
    assert titles(as_bea, f"?source={one.source_id}") == ["One"]
    assert titles(as_bea, "?level=system") == ["One"]
    assert titles(as_bea, "?phase=2") == ["One"]
    assert titles(as_bea, "?horizon=immediate") == ["Two"]
    assert titles(as_bea, "?phase=3&level=individual") == ["One", "Two"]


def test_activity_only_is_counted_and_found_apart(
    as_bea: Client, harbour: Organisation, alice: User
) -> None:
    done = led_recommendation(lead=alice, organisation=harbour, title="Done")
    implemented(done, by=alice, at=timezone.now())
    busy = led_recommendation(lead=alice, organisation=harbour, title="Busy")
    implemented(busy, by=alice, at=timezone.now())
    harbour.recommendations.filter(pk=busy.pk).update(is_activity_only=True, outcome="")
    closed = as_bea.get(ADDRESS).context["board"].recommendations
    assert closed.words == "1 of 2 closed with an outcome, 1 activity only"
    assert titles(as_bea, "?state=closed_implemented") == ["Done"]
    assert titles(as_bea, "?state=activity_only") == ["Busy"]


# By theme and state


def test_each_stands_once_in_the_drawing(
    as_bea: Client, harbour: Organisation, alice: User
) -> None:
    first = led_recommendation(lead=alice, organisation=harbour, reference="1.1")
    RecommendationFactory(
        organisation=harbour, source=first.source, theme=first.theme, reference="1.2"
    )
    implemented(first, by=alice, at=timezone.now())
    RecommendationFactory(organisation=harbour, source=first.source, theme=None, is_finding=True,
                          reference="N.1")  # fmt: skip
    found = as_bea.get(ADDRESS).context["board"].map
    assert [
        (row.title, {c.look.letter: [cell.reference for cell in c.cells] for c in row.columns})
        for row in found
    ] == [
        (first.theme.title, {"N": ["1.2"], "I": [], "P": [], "D": ["1.1"]}),
        ("Findings", {"N": ["N.1"], "I": [], "P": [], "D": []}),
    ]


def test_more_than_can_be_told_apart_are_numbers_and_pages(
    as_bea: Client, harbour: Organisation
) -> None:
    first = RecommendationFactory(organisation=harbour)
    RecommendationFactory.create_batch(
        120, organisation=harbour, source=first.source, theme=first.theme
    )
    page = as_bea.get(ADDRESS)
    [row] = page.context["board"].map
    assert [(c.count, len(c.cells), bool(c.query)) for c in row.columns] == [
        (121, 0, True), (0, 0, False), (0, 0, False), (0, 0, False),
    ]  # fmt: skip
    assert len(titles(as_bea, "?page=3")) == 21
    assert as_bea.get(f"{ADDRESS}?{row.columns[0].query}").context["board"].shown == 121
