"""A pledge that is not on the public list, or was erased, and a chain without both consents."""

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from commitments.models import Pledge
from commitments.queries.public_page import Followers, around
from tests.factories.commitments import InvitationFactory, PledgeFactory
from tests.factories.replies import ReflectionFactory

NOINDEX = '<meta name="robots" content="noindex">'
PAGES = ["", "versions/", "reflections/", "embed/"]


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("change", [{"is_listed": False}, {"erased_at": timezone.now()}])
def test_none_of_its_pages_is_in_a_search_engine(
    change: dict[str, object], page: str, client: Client, pledge: Pledge
) -> None:
    address = f"/pledges/alice-adeyemi/{page}"
    assert (NOINDEX in client.get(address).content.decode()) == (page == "embed/")
    Pledge.objects.filter(pk=pledge.pk).update(**change)
    assert NOINDEX in client.get(address).content.decode()


def test_without_leave_nobody_who_followed_is_counted_or_named(pledge: Pledge) -> None:
    PledgeFactory(asked_by=pledge, says_who_asked=True, leader_name="A follower")
    assert around(pledge).followers.count == 1
    Pledge.objects.filter(pk=pledge.pk).update(counts_who_followed=False)
    assert around(pledge).followers == Followers(0, ())


def test_of_an_erased_pledge_no_reflection_is_read(client: Client, pledge: Pledge) -> None:
    entry = InvitationFactory(pledge=pledge, title="A forum", held_on=date(2026, 3, 4))
    ReflectionFactory(invitation=entry, what_happened="Left words", published_at=timezone.now())
    for page in ("", "reflections/"):
        assert "Left words" in client.get(f"/pledges/alice-adeyemi/{page}").content.decode()
    Pledge.objects.filter(pk=pledge.pk).update(erased_at=timezone.now())
    for page in ("", "reflections/"):
        shown = client.get(f"/pledges/alice-adeyemi/{page}").content.decode()
        assert ("Left words" in shown, "A forum" in shown) == (False, False)
