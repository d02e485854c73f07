"""The dates of a workshop on the shelf."""

from datetime import date, time, timedelta

import pytest
from django.test import Client

from commitments.enums import LearningVerb
from commitments.models import LearningItem, WorkshopDate
from commitments.queries import learning as queries
from history.models import Entry
from tests.commitments.learning.conftest import at
from tests.factories.learning import WorkshopDateFactory

TODAY = date(2026, 5, 20)


def dates(**typed: str) -> dict[str, str]:
    return {
        "held_on": "2026-06-01",
        "starts_at": "",
        "place": "",
        "every_weeks": "",
        "times": "",
    } | typed


def test_adding_dates(workshop: LearningItem, as_bea: Client) -> None:
    path = at("learning_date_add", workshop)
    typed = dates(starts_at="14:30", place="Online", every_weeks="2", times="3")
    for _ in range(2):
        assert as_bea.post(path, typed)["Location"] == workshop.get_absolute_url()
    found = workshop.dates.order_by("held_on").values_list("held_on", "starts_at", "place")
    assert list(found) == [(date(2026, 6, day), time(14, 30), "Online") for day in (1, 15, 29)]
    assert [entry.verb for entry in Entry.objects.all()] == [LearningVerb.DATE_SET]


@pytest.mark.parametrize(
    ("typed", "errors"),
    [
        ({"held_on": ""}, {"held_on": ["Enter a date."]}),
        ({"held_on": "2126-01-01"}, {"held_on": ["Choose a date within ten years of today."]}),
        ({"starts_at": "25:00"}, {"starts_at": ["Enter a time, for example 14:30."]}),
        ({"times": "53", "every_weeks": "1"}, {"times": ["Choose a number from 1 to 52."]}),
        ({"times": "2"}, {"every_weeks": ["Say how many weeks lie between two of them."]}),
        ({"every_weeks": "2"}, {"times": ["Say how many times in all."]}),
        (
            {"every_weeks": "9" * 30, "times": "2"},
            {"every_weeks": ["Choose a number from 1 to 52."]},
        ),
        ({"place": "x" * 161}, {"place": ["Use 160 characters or fewer. This has 161."]}),
    ],
)  # fmt: skip
def test_bad_dates_are_told_at_their_field(
    typed: dict[str, str], errors: dict[str, list[str]], workshop: LearningItem, as_bea: Client
) -> None:
    response = as_bea.post(at("learning_date_add", workshop), dates(**typed))
    assert response.context["form"].errors == errors
    assert WorkshopDate.objects.count() == 0


def test_only_a_workshop_has_dates(item: LearningItem, as_bea: Client) -> None:
    assert as_bea.post(at("learning_date_add", item), dates())["Location"] == (
        item.get_absolute_url()
    )
    assert WorkshopDate.objects.count() == 0


def test_dates_to_come_stand_before_those_past(workshop: LearningItem) -> None:
    for days in (-1, 7, 0, -8):
        WorkshopDateFactory(item=workshop, held_on=TODAY + timedelta(days=days))
    found = queries.dates_of(workshop, today=TODAY)
    assert [day.held_on.day for day in found.coming] == [20, 27]
    assert [day.held_on.day for day in found.past] == [19, 12]


def test_removing_a_date(
    workshop: LearningItem,
    foreign: LearningItem,
    as_bea: Client,
    as_dara: Client,
    as_alice: Client,
) -> None:
    day, kept = (
        WorkshopDateFactory(item=workshop),
        WorkshopDateFactory(item=workshop, held_on=TODAY),
    )
    path = at("learning_date_remove", workshop, day=day.pk)
    assert as_dara.post(path).status_code == 403
    assert as_bea.get(path).status_code == 405
    of_others = WorkshopDateFactory(item=foreign)
    assert as_alice.post(at("learning_date_remove", workshop, day=of_others.pk)).status_code == 404
    assert as_alice.post(at("learning_date_remove", workshop, day=10**30)).status_code == 404
    assert as_bea.post(path)["Location"] == workshop.get_absolute_url()
    assert list(workshop.dates.all()) == [kept]
    assert Entry.objects.get().verb == LearningVerb.DATE_REMOVED
