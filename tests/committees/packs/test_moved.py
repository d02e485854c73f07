"""A meeting that moved after its pack was frozen: the pack keeps the day, and says so."""

from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.html import strip_tags

from committees.actions.pack_links import make_link
from committees.models import Meeting, Pack
from organisations.models import Organisation, User
from tests.factories.packs import frozen_pack
from tests.ui.rendering import text_of
from ui.dates import in_full


@pytest.fixture
def pack(harbour: Organisation, alice: User) -> Pack:
    return frozen_pack(harbour, by=alice)


@pytest.fixture
def pages(pack: Pack, alice: User) -> list[str]:
    """Of the pack, of its meeting, and of a trustee with the link."""
    _, token = make_link(pack=pack, days=30, by=alice, now=timezone.now())
    return [pack.get_absolute_url(), pack.meeting.get_absolute_url(), f"/p/{token}/"]


def said(client: Client, pages: list[str]) -> list[str]:
    return [unescape(strip_tags(text_of(client.get(each)))) for each in pages]


def test_each_page_says_so(pack: Pack, pages: list[str], as_alice: Client) -> None:
    old, new = pack.meeting.date, pack.meeting.date + timedelta(days=7)
    Meeting.objects.update(date=new)
    words = f"Frozen for the meeting on {in_full(old)}; the meeting has moved to {in_full(new)}."
    assert [words in each for each in said(as_alice, pages)] == [True] * 3


def test_nothing_is_said_while_it_has_not(pages: list[str], as_alice: Client) -> None:
    assert ["has moved" in each for each in said(as_alice, pages)] == [False] * 3


def test_nothing_is_said_once_it_has_moved_back(
    pack: Pack, pages: list[str], as_alice: Client
) -> None:
    old = pack.meeting.date
    Meeting.objects.update(date=old + timedelta(days=7))
    Meeting.objects.update(date=old)
    assert ["has moved" in each for each in said(as_alice, pages)] == [False] * 3


def test_a_meeting_without_a_pack_says_nothing(pack: Pack, as_alice: Client) -> None:
    other = pack.meeting.group.meetings.create(date=pack.meeting.date + timedelta(days=30))
    assert said(as_alice, [other.get_absolute_url()])[0].count("has moved") == 0
