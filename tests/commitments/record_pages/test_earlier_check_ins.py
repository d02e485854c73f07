"""Check-ins of many years: a page of them at a time, while the timeline has all of its year."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from commitments import queries
from commitments.enums import Kept
from commitments.models import Pledge, Wording
from organisations.models import Organisation, User
from tests.factories.commitments import CheckInFactory, PledgeFactory
from ui.paging import A_PAGE


@pytest.fixture
def long_kept(alice: User, harbour: Organisation, wording: Wording) -> Pledge:
    """Looked back on every month for more than two years."""
    made = timezone.localtime() - timedelta(days=31 * (A_PAGE + 3))
    return PledgeFactory(leader=alice, organisation=harbour, signing=wording, created_at=made)


def look_back_on_all(pledge: Pledge) -> int:
    periods = [
        each.period for each in queries.look_backs(pledge, today=timezone.localdate()).passed
    ]
    for number, period in enumerate(periods):
        CheckInFactory(
            pledge=pledge, period=period.first, opened_on=period.opens_on,
            lines={1: (Kept.KEPT, f"Remark {number:02}.")},
        )  # fmt: skip
    return len(periods)


def page_of(client: Client, pledge: Pledge, query: str = "") -> str:
    return client.get(reverse("my_pledge", args=[pledge.pk]) + query).content.decode()


def test_a_page_shows_so_many_and_links_to_the_others(long_kept: Pledge, as_alice: Client) -> None:
    total = look_back_on_all(long_kept)
    first, second = (page_of(as_alice, long_kept, query) for query in ("", "?check-ins=2"))
    shown = [{n for n in range(total) if f"Remark {n:02}." in page} for page in (first, second)]
    assert shown == [set(range(A_PAGE)), set(range(A_PAGE, total))]
    assert '<a href="?check-ins=2#check-ins" rel="next">' in first
    assert 'aria-label="Pages of check-ins"' in first


def test_a_year_of_them_needs_no_pages(pledge: Pledge, as_alice: Client) -> None:
    assert 'class="pager"' not in page_of(as_alice, pledge)


def test_what_was_said_is_read_of_the_page_alone(long_kept: Pledge) -> None:
    look_back_on_all(long_kept)
    found = queries.look_backs(long_kept, today=timezone.localdate())
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = found[:2]
    assert [each.said[0].line.said for each in page] == ["Remark 00.", "Remark 01."]
    assert len(asked) == 1
    assert [str(each.check_in.pk) in asked[0]["sql"] for each in found if each.check_in] == [
        True, True, *([False] * (len(found) - 2)),
    ]  # fmt: skip
