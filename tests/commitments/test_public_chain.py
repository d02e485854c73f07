"""Who asked a leader and who followed, on the public page."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from commitments.enums import Ending, PledgeState
from commitments.models import Pledge
from tests.commitments.public_page import PAGE, body, change
from tests.factories.commitments import PledgeFactory


def follower(pledge: Pledge, name: str, **values: Any) -> Pledge:
    given = {"says_who_asked": True} | values
    return PledgeFactory(
        asked_by=pledge,
        leader_name=name,
        slug=name.lower(),
        signing=pledge.signings.get().wording,
        **given,
    )


def test_nobody_followed_says_nothing(client: Client, pledge: Pledge) -> None:
    follower(pledge, "Silent", says_who_asked=False)
    follower(pledge, "Drafting", draft=True)
    assert "made the pledge after" not in body(client)


def test_who_followed_is_counted_with_both_consents(client: Client, pledge: Pledge) -> None:
    follower(pledge, "Chidi")
    follower(pledge, "Silent", says_who_asked=False)
    page = body(client)
    assert "1 person made the pledge after Alice Adeyemi asked" in page
    assert '<a href="/pledges/chidi/"><bdi>Chidi</bdi></a>' in page
    follower(pledge, "Unlisted", is_listed=False)
    page = body(client)
    assert "2 people made the pledge after Alice Adeyemi asked" in page
    assert "and 1 more" in page
    for name in ("Unlisted", "Silent"):
        assert name not in page
    change(pledge, counts_who_followed=False)
    assert "made the pledge after" not in body(client)


def test_one_person_follows_once_and_nobody_themselves(client: Client, pledge: Pledge) -> None:
    chidi = follower(pledge, "Chidi")
    later = timezone.now() + timedelta(minutes=1)
    follower(pledge, "Chidi-again", leader=chidi.leader, published_at=later)
    follower(pledge, "Alice-again", leader=pledge.leader)
    page = body(client)
    assert "1 person made the pledge after Alice Adeyemi asked" in page
    assert '<a href="/pledges/chidi-again/"><bdi>Chidi-again</bdi></a>' in page
    assert [word in page for word in ('"/pledges/chidi/"', "Alice-again", "more</li>")] == [
        False
    ] * 3
    assert "Made after" not in body(client, "/pledges/alice-again/")


def test_unlisted_followers_alone_are_a_number(client: Client, pledge: Pledge) -> None:
    follower(pledge, "Unlisted", is_listed=False)
    page = body(client)
    assert "1 person made the pledge after <bdi>Alice Adeyemi</bdi> asked." in page
    assert "Unlisted" not in page


def test_twelve_are_named_and_the_rest_counted(client: Client, pledge: Pledge) -> None:
    for number in range(13):
        follower(pledge, f"Number-{number}")
    page = body(client)
    assert "13 people made the pledge after" in page
    assert page.count("<bdi>Number-") == 12
    assert "and 1 more" in page


def test_a_page_says_who_asked(client: Client, pledge: Pledge) -> None:
    follower(pledge, "Chidi")
    asked = f'Made after <a href="{PAGE}"><bdi>Alice Adeyemi</bdi></a> asked'
    assert asked in body(client, "/pledges/chidi/")


@pytest.mark.parametrize(
    ("of_asker", "of_follower"),
    [
        ({}, {"says_who_asked": False}),
        ({"counts_who_followed": False}, {}),
        ({"is_listed": False}, {}),
        ({"state": PledgeState.DRAFT, "published_at": None}, {}),
        ({"erased_at": timezone.now()}, {}),
        (
            {
                "ending": Ending.NOT_THEIRS,
                "state": PledgeState.CLOSED,
                "closed_at": timezone.now(),
            },
            {},
        ),
    ],
)
def test_a_page_does_not_say_who_asked(
    of_asker: dict[str, Any], of_follower: dict[str, Any], client: Client, pledge: Pledge
) -> None:
    follower(pledge, "Chidi", **of_follower)
    change(pledge, **of_asker) if of_asker else None
    page = body(client, "/pledges/chidi/")
    assert "Made after" not in page
    assert "Alice Adeyemi" not in page


def test_make_this_pledge_too_keeps_the_chain(client: Client, pledge: Pledge) -> None:
    assert 'href="/pledges/make/?after=alice-adeyemi"' in body(client)
