"""The leader's own page and its files, and who may open them."""

from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commitments.models import Assistant, Pledge
from organisations.models import User
from tests.commitments.record_pages.conftest import FILES, PAGES, page_of
from tests.factories.commitments import InvitationFactory


@pytest.fixture
def helped(old: Pledge, bea: User) -> Pledge:
    """Bea assists."""
    now = timezone.now()
    Assistant.objects.create(
        pledge=old, email=bea.email, user=bea, token_sha256=b"x" * 32, invited_at=now,
        expires_at=now, accepted_at=now,
    )  # fmt: skip
    return old


@pytest.mark.parametrize("name", PAGES)
def test_a_record_is_for_the_leader(
    name: str, old: Pledge, as_alice: Client, as_bea: Client, as_chidi: Client, client: Client
) -> None:
    address = reverse(name, args=[old.pk])
    assert as_alice.get(address).status_code == 200
    assert as_alice.post(address).status_code == 405
    assert as_bea.get(address).status_code == 404
    assert as_chidi.get(address).status_code == 404
    assert client.get(address)["Location"].startswith("/accounts/login/")
    assert as_alice.get(reverse(name, args=[uuid4()])).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_an_assistant_reads_it_until_they_stop(name: str, helped: Pledge, as_bea: Client) -> None:
    address = reverse(name, args=[helped.pk])
    assert as_bea.get(address).status_code == 200
    helped.assistants.update(ended_at=timezone.now())
    assert as_bea.get(address).status_code == 404


def test_an_assistant_finds_no_button_that_is_the_leaders(helped: Pledge, as_bea: Client) -> None:
    InvitationFactory(pledge=helped, confirmed_at=None)
    response = as_bea.get(reverse("my_pledge", args=[helped.pk]))
    html = response.content.decode()
    theirs = ("pledge_settings", "republications", "assistants", "encourage", "pledge_end")
    for name in (*theirs, "pledge_revise", "entries_confirm", "work_address_confirm"):
        assert f'"{reverse(name, args=[helped.pk])}"' not in html, name
    assert reverse("invitation_add", args=[helped.pk]) in html
    assert "1 entry waits for Alice Adeyemi" in page_of(as_bea, helped)


@pytest.mark.parametrize("name", FILES)
def test_a_draft_has_no_files(name: str, draft: Pledge, as_alice: Client) -> None:
    assert as_alice.get(reverse(name, args=[draft.pk])).status_code == 404


def test_a_draft_leads_back_to_its_last_step(
    draft: Pledge, as_alice: Client, as_chidi: Client
) -> None:
    address = reverse("my_pledge", args=[draft.pk])
    assert as_alice.get(address)["Location"] == reverse("pledge_check", args=[draft.pk])
    assert as_chidi.get(address).status_code == 404
