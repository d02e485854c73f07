"""Wherever somebody is among the committee's pages, the menu says so."""

import pytest
from django.test import Client

from committees.models import Group, Meeting
from tests.committees.pages.conftest import HERE

LINK = f'<a href="{HERE}" aria-current="{{}}">Committees</a>'


@pytest.mark.parametrize("page", ["decisions/", "packs/", "advice/", "advice/ask/"])
def test_beside_the_groups(page: str, as_alice: Client) -> None:
    shown = as_alice.get(f"/o/harbour-minds/{page}").content.decode()
    assert LINK.format("true") in shown


def test_on_the_groups_and_below_them(as_alice: Client, group: Group, meeting: Meeting) -> None:
    of_meeting = f"/o/harbour-minds/meetings/{meeting.pk}/"
    for page in (f"{HERE}{group.pk}/", of_meeting, f"{of_meeting}agenda/"):
        assert LINK.format("true") in as_alice.get(page).content.decode()
    assert LINK.format("page") in as_alice.get(HERE).content.decode()


def test_not_elsewhere(as_alice: Client) -> None:
    shown = as_alice.get("/o/harbour-minds/recommendations/").content.decode()
    assert f'<a href="{HERE}">Committees</a>' in shown
