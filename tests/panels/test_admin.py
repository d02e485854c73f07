import re

import pytest
from django.test import Client

from panels.models import Tally
from tests.factories.panels import TallyFactory

TALLIES = "/admin/panels/tally/"


@pytest.fixture
def tally(db: None) -> Tally:
    return TallyFactory(yes=7919, no=3571, unknown=4349)


def test_the_admin_shows_no_number_of_a_count(as_operator: Client, tally: Tally) -> None:
    for url in (TALLIES, f"{TALLIES}{tally.pk}/change/"):
        response = as_operator.get(url)
        assert response.status_code == 200
        assert re.findall("7919|3571|4349", response.content.decode()) == []


def test_the_admin_cannot_touch_a_count(as_operator: Client, tally: Tally) -> None:
    assert as_operator.get(f"{TALLIES}add/").status_code == 403
    assert as_operator.post(f"{TALLIES}{tally.pk}/change/", {"yes": 1}).status_code == 403
    assert as_operator.post(f"{TALLIES}{tally.pk}/delete/", {"post": "yes"}).status_code == 403


def test_gatherings_are_listed(as_operator: Client, tally: Tally) -> None:
    body = as_operator.get("/admin/panels/gathering/").content.decode()
    assert tally.gathering.title in body
