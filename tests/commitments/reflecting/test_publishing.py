"""Reflections are the leader's alone to publish and to withdraw."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from commitments.actions.ledger import PledgeClosedError
from commitments.actions.reflecting import (
    PublicNowError,
    publish_reflection,
    withdraw_reflection,
    write_reflection,
)
from commitments.enums import PledgeState, PledgeVerb
from commitments.models import Invitation, Reflection
from commitments.queries.public_page import as_read, published_reflections
from commitments.reflecting import PARTS
from history.models import Entry
from organisations.models import User
from tests.commitments.reflecting.conftest import NOW, WORDS, address, everything, verbs, write
from tests.conftest import signed_in_as
from tests.factories.replies import ReflectionFactory

OTHER_WORDS = WORDS | {"why": "Nobody had time."}


def test_publishing_is_one_click_and_the_second_does_nothing(
    past: Invitation, as_alice: Client, alice: User
) -> None:
    written = write(past, alice)
    for _ in range(2):
        as_alice.post(address(past, "reflection_publish"), {"revision": written.revision})
    written.refresh_from_db()
    assert written.published_at is not None
    assert verbs() == [PledgeVerb.REFLECTED, PledgeVerb.REFLECTION_PUBLISHED]
    assert Entry.objects.filter(organisation__isnull=False, verb__in=verbs()).count() == 0


def test_what_is_published_is_what_was_read(
    past: Invitation, as_alice: Client, alice: User, esi: User
) -> None:
    read = write(past, alice)
    write_reflection(invitation=past, words=OTHER_WORDS, seen=read.revision, by=esi, now=NOW)
    response = as_alice.post(address(past, "reflection_publish"), {"revision": 1}, follow=False)
    assert response.status_code == 302
    assert Reflection.objects.get().published_at is None


def test_nothing_written_cannot_be_published(past: Invitation, as_alice: Client) -> None:
    for name in ("reflection_publish", "reflection_withdraw"):
        assert as_alice.post(address(past, name), {"revision": "1"}).status_code == 404


def test_an_assistant_changes_nothing_that_is_public(past: Invitation, esi: User) -> None:
    ReflectionFactory(invitation=past, published_at=NOW)
    before = everything()
    assistant = signed_in_as(esi)
    page = assistant.get(address(past)).content.decode()
    assert "only the leader changes it" in page
    assert "<textarea" not in page
    response = assistant.post(address(past), OTHER_WORDS | {"revision": "1"})
    assert "Nothing was saved." in response.content.decode()
    assert "Nobody had time." in response.content.decode()
    with pytest.raises(PublicNowError):
        write_reflection(invitation=past, words=OTHER_WORDS, seen=1, by=esi, now=NOW)
    with pytest.raises(PermissionDenied):
        publish_reflection(invitation=past, seen=1, by=esi, now=NOW)
    with pytest.raises(PermissionDenied):
        withdraw_reflection(invitation=past, by=esi, now=NOW)
    assert everything() == before


def test_the_leaders_change_of_what_is_public_shows_at_once(
    past: Invitation, as_alice: Client, alice: User
) -> None:
    ReflectionFactory(invitation=past, published_at=NOW)
    assert "shows at once" in as_alice.get(address(past)).content.decode()
    as_alice.post(address(past), OTHER_WORDS | {"revision": "1"})
    [public] = as_read(published_reflections(past.pledge))
    assert "Nobody had time." in dict(public.parts)[PARTS["why"]]


def test_a_page_opened_before_publishing_does_not_change_what_is_public(
    past: Invitation, as_alice: Client, alice: User
) -> None:
    written = write(past, alice)
    publish_reflection(invitation=past, seen=written.revision, by=alice, now=NOW)
    response = as_alice.post(address(past), OTHER_WORDS | {"revision": "1"})
    assert "This was saved while you were writing" in response.content.decode()
    assert Reflection.objects.get().why == ""


def test_making_it_private_again(past: Invitation, as_alice: Client) -> None:
    ReflectionFactory(invitation=past, published_at=NOW)
    for _ in range(2):
        as_alice.post(address(past, "reflection_withdraw"))
    assert Reflection.objects.get().published_at is None
    assert verbs() == [PledgeVerb.REFLECTION_WITHDRAWN]


def test_a_closed_pledge_is_kept_no_more_and_can_be_made_private(
    past: Invitation, as_alice: Client, alice: User
) -> None:
    ReflectionFactory(invitation=past, published_at=NOW)
    pledge = past.pledge
    pledge.state, pledge.closed_at = PledgeState.CLOSED, NOW
    pledge.save()
    home = reverse("my_pledge", args=[pledge.pk])
    assert as_alice.post(address(past), OTHER_WORDS | {"revision": "1"})["Location"] == home
    with pytest.raises(PledgeClosedError):
        write(past, alice, seen=1, why="x")
    as_alice.post(address(past, "reflection_withdraw"))
    assert Reflection.objects.get().published_at is None
    publish = as_alice.post(address(past, "reflection_publish"), {"revision": "2"})
    assert publish["Location"] == home
    assert Reflection.objects.get().published_at is None
