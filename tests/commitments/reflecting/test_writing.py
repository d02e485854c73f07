"""Reflections are the leader's and the assistants' to write."""

import pytest
from django.test import Client
from django.urls import reverse

from commitments.actions.revisions import MovedOnError
from commitments.enums import PledgeVerb
from commitments.forms.reflecting import NOTHING_YET
from commitments.models import Assistant, Invitation, Reflection
from commitments.reflecting import PARTS
from history.models import Entry
from organisations.models import User
from tests.commitments.reflecting.conftest import NOW, WORDS, address, verbs, write
from tests.conftest import signed_in_as
from tests.factories.replies import ReflectionFactory


@pytest.mark.parametrize("name", ["reflection_write", "reflection_publish", "reflection_withdraw"])
def test_a_reflection_is_the_leaders_and_their_assistants(
    name: str, past: Invitation, esi: User, as_bea: Client, as_chidi: Client, client: Client
) -> None:
    ReflectionFactory(invitation=past)
    posts_only = name != "reflection_write"
    for stranger in (as_bea, as_chidi):
        assert stranger.post(address(past, name), WORDS).status_code == 404
    assert client.post(address(past, name))["Location"].startswith("/accounts/login/")
    assistant = signed_in_as(esi)
    assert assistant.post(address(past, name)).status_code == (403 if posts_only else 200)
    assert assistant.delete(address(past, name)).status_code == 405
    assert assistant.get(address(past, name)).status_code == (405 if posts_only else 200)


def test_a_former_assistant_reads_nothing(past: Invitation, esi: User) -> None:
    Assistant.objects.update(ended_at=NOW)
    assert signed_in_as(esi).get(address(past)).status_code == 404


@pytest.mark.parametrize("by_assistant", [False, True])
def test_writing_it_down(by_assistant: bool, past: Invitation, esi: User, alice: User) -> None:
    by = esi if by_assistant else alice
    response = signed_in_as(by).post(address(past), WORDS | {"revision": "0"})
    assert response["Location"] == reverse("invitation_detail", args=[past.pk])
    written = Reflection.objects.get()
    assert {name: getattr(written, name) for name in PARTS} == WORDS
    assert (written.invitation, written.written_by, written.revision) == (past, by, 1)
    assert written.published_at is None
    assert Entry.objects.get(verb=PledgeVerb.REFLECTED).organisation is None


def test_one_of_the_four_is_enough_and_none_is_not(past: Invitation, as_alice: Client) -> None:
    response = as_alice.post(address(past), {"revision": "0", "why": "  "})
    assert response.context["form"].non_field_errors() == [NOTHING_YET]
    as_alice.post(address(past), {"revision": "0", "why": "No time."})
    assert Reflection.objects.get().why == "No time."


@pytest.mark.parametrize("typed", ["x" * 2001, "x" * 10_000])
def test_a_mistake_is_said_at_its_field_and_kept(
    typed: str, past: Invitation, as_alice: Client
) -> None:
    response = as_alice.post(address(past), {"revision": "0", "why": typed})
    assert list(response.context["form"].errors) == ["why"]
    assert response.context["form"]["why"].value() == typed
    assert not Reflection.objects.exists()


@pytest.mark.parametrize("revision", ["", "-1", "x", "9" * 5_000])
def test_a_strange_revision_is_no_crash(revision: str, past: Invitation, as_alice: Client) -> None:
    assert as_alice.post(address(past), WORDS | {"revision": revision}).status_code == 200
    ReflectionFactory(invitation=past)
    typed = {"revision": revision}
    assert as_alice.post(address(past, "reflection_publish"), typed).status_code == 302
    assert Reflection.objects.get().published_at is None


def test_a_double_click_writes_once(past: Invitation, as_alice: Client) -> None:
    for _ in range(2):
        assert as_alice.post(address(past), WORDS | {"revision": "0"}).status_code == 302
    assert Reflection.objects.get().revision == 1
    assert verbs() == [PledgeVerb.REFLECTED]


def test_the_second_of_two_sees_both_and_loses_nothing(
    past: Invitation, as_alice: Client, esi: User
) -> None:
    write(past, esi)
    mine = dict.fromkeys(PARTS, "") | {"why": "My own words.", "revision": "0"}
    response = as_alice.post(address(past), mine)
    page = response.content.decode()
    assert "This was saved while you were writing" in page
    for words in ("Esi Mensah", "Four men spoke.", "My own words."):
        assert words in page
    assert Reflection.objects.get().why == ""
    as_alice.post(address(past), mine | {"revision": response.context["form"]["revision"].value()})
    assert Reflection.objects.get().why == "My own words."


def test_saving_over_another_raises(past: Invitation, alice: User) -> None:
    write(past, alice)
    with pytest.raises(MovedOnError):
        write(past, alice, seen=0, why="x")
