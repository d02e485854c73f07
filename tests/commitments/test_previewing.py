"""The link by which somebody else reads a draft."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commitments.actions import previewing
from commitments.actions.making import AlreadySignedError
from commitments.actions.previewing import close_preview, make_preview
from commitments.actions.publishing import publish_pledge
from commitments.enums import PledgeVerb
from commitments.models import Pledge, PreviewLink, Wording
from commitments.queries.previews import token_of
from history.models import Entry
from organisations.models import User
from tests.commitments.making import WHO

NOW = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)


def make(draft: Pledge, by: User, **changes: Any) -> PreviewLink:
    return make_preview(**({"pledge": draft, "instead_of": None, "by": by, "now": NOW} | changes))


def way(link: PreviewLink, *, now: datetime = NOW) -> str:
    return reverse("draft_preview", args=[token_of(link, now=now)])


def read(link: PreviewLink, *, at: datetime = NOW) -> Any:
    address = way(link)
    with time_machine.travel(at, tick=False):
        return Client().get(address)


def test_whoever_has_the_link_reads_the_draft(draft: Pledge, alice: User) -> None:
    response = read(make(draft, alice))
    page = response.content.decode()
    assert response.status_code == 200
    assert "This is a draft." in page
    assert "<bdi>Alice Adeyemi</bdi>" in page
    assert '<meta name="robots" content="noindex, nofollow">' in page
    assert str(draft.pk) not in page
    assert Entry.objects.get(verb=PledgeVerb.PREVIEW_MADE).organisation is None


def test_reading_changes_nothing(draft: Pledge, alice: User) -> None:
    link = make(draft, alice)
    before = list(PreviewLink.objects.values())
    address = way(link)
    with time_machine.travel(NOW, tick=False):
        assert Client().head(address).status_code == 200
        assert Client().post(address).status_code == 405
    assert list(PreviewLink.objects.values()) == before


@pytest.mark.parametrize(
    ("after", "status"), [(timedelta(days=30, seconds=-1), 200), (timedelta(days=30), 410)]
)
def test_it_opens_for_thirty_days(
    after: timedelta, status: int, draft: Pledge, alice: User
) -> None:
    response = read(make(draft, alice), at=NOW + after)
    assert response.status_code == status
    assert ("Alice Adeyemi" in response.content.decode()) == (status == 200)


def test_its_last_day_is_londons(draft: Pledge, alice: User) -> None:
    """Made at half past midnight, when it was the day before in UTC."""
    late = datetime(2026, 5, 20, 23, 30, tzinfo=UTC)
    link = make(draft, alice, now=late)
    with time_machine.travel(late, tick=False):
        page = Client().get(way(link, now=late)).content.decode()
    assert 'until <time datetime="2026-06-20">20 June 2026</time>.' in page


def test_once_closed_it_says_so(draft: Pledge, alice: User) -> None:
    link = make(draft, alice)
    close_preview(pledge=draft, by=alice, now=NOW)
    close_preview(pledge=draft, by=alice, now=NOW)
    assert read(link).status_code == 410
    publish_pledge(pledge=draft, by=alice, now=NOW)
    assert read(link).status_code == 410
    closed = Entry.objects.filter(verb=PledgeVerb.PREVIEW_REVOKED)
    assert closed.count() == 1


@pytest.mark.parametrize("days", [0, 31])
def test_once_published_it_leads_to_the_public_page(days: int, draft: Pledge, alice: User) -> None:
    link = make(draft, alice)
    published = publish_pledge(pledge=draft, by=alice, now=NOW)
    response = read(link, at=NOW + timedelta(days=days))
    assert (response.status_code, response["Location"]) == (302, published.get_absolute_url())


def test_with_the_draft_the_link_is_gone(draft: Pledge, alice: User) -> None:
    address = way(make(draft, alice))
    draft.delete()
    assert Client().get(address).status_code == 404


@pytest.mark.parametrize("token", ["x", "A" * 43, "é" * 200])
def test_a_guessed_one_opens_nothing(token: str, draft: Pledge, alice: User) -> None:
    make(draft, alice)
    assert Client().get(reverse("draft_preview", args=[token])).status_code == 404


def test_a_second_click_finds_the_first_link(draft: Pledge, alice: User) -> None:
    first = make(draft, alice)
    assert make(draft, alice) == first
    second = make(draft, alice, instead_of=first.pk)
    assert second != first
    assert make(draft, alice, instead_of=first.pk) == second
    assert draft.preview_links.filter(revoked_at=None).get() == second
    assert read(first).status_code == 410


def test_one_that_has_expired_makes_way(draft: Pledge, alice: User, as_alice: Client) -> None:
    old = make(draft, alice, now=timezone.localtime() - timedelta(days=31))
    address = reverse("pledge_check", args=[draft.pk])
    assert "Make a private link" in as_alice.get(address).content.decode()
    as_alice.post(reverse("preview_make", args=[draft.pk]), {"instead_of": str(old.pk)})
    fresh = draft.preview_links.get(revoked_at=None)
    page = as_alice.get(address).content.decode()
    assert fresh != old
    assert way(fresh, now=timezone.now()) in page


def test_a_published_pledge_gets_none(pledge: Pledge, alice: User, as_alice: Client) -> None:
    with pytest.raises(AlreadySignedError):
        make(pledge, alice)
    as_alice.post(reverse("preview_make", args=[pledge.pk]))
    assert PreviewLink.objects.count() == 0


def test_it_works_without_an_account(client: Client, wording: Wording) -> None:
    client.post("/pledges/make/", WHO)
    begun = Pledge.objects.get()
    response = client.post(reverse("preview_make", args=[begun.pk]), {"instead_of": "nonsense"})
    assert response["Location"] == f"{reverse('pledge_check', args=[begun.pk])}#preview"
    link = begun.preview_links.get()
    assert Client().get(way(link, now=timezone.now())).status_code == 200
    client.post(reverse("preview_close", args=[begun.pk]))
    link.refresh_from_db()
    assert link.revoked_at is not None


def test_after_the_key_of_the_installation_changed_none_is_shown(
    draft: Pledge, alice: User, settings: Any
) -> None:
    link = make(draft, alice)
    settings.SECRET_KEY = "another one"
    assert token_of(link, now=NOW) == ""


Act = Callable[[Pledge, User], object]
ACTIONS: dict[str, Act] = {
    "make": lambda draft, alice: make(draft, alice, instead_of=draft.preview_links.get().pk),
    "close": lambda draft, alice: close_preview(pledge=draft, by=alice, now=NOW),
}


@pytest.mark.parametrize("name", ACTIONS)
def test_it_rolls_back_whole(
    name: str, draft: Pledge, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(draft, alice)

    def refuse(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("history is away")

    monkeypatch.setattr(previewing, "record", refuse)
    before = list(PreviewLink.objects.values())
    with pytest.raises(RuntimeError, match="history is away"):
        ACTIONS[name](draft, alice)
    assert list(PreviewLink.objects.values()) == before
