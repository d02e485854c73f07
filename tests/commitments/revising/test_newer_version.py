"""A newer version: written beside the one that stands, and read by nobody until it is signed."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.urls import reverse

from commitments import queries
from commitments.actions import publishing, revising
from commitments.actions.making import AlreadySignedError, choose_cadence, write_own
from commitments.actions.publishing import sign_again
from commitments.actions.revising import NotPublishedError, begin_revision, drop_revision
from commitments.actions.revisions import MovedOnError
from commitments.enums import Cadence, Choice, PledgeState, PledgeVerb, StandardKind
from commitments.models import Assistant, Pledge, Promise, Signing, Standard, Wording
from commitments.queries.making import current_signing, text_in_hand
from history.models import Entry
from organisations.models import User
from tests.commitments.making import promises_post, seen, step
from tests.commitments.revising.conftest import NOW


def newer(wording: Wording) -> Wording:
    """One promise put differently, one gone, one new."""
    lines = list(wording.promises.order_by("position").values())
    fresh = Wording.objects.create(
        key=wording.key, version=2, title=wording.title, source_name=wording.source_name,
        introduction="", women_definition="", minoritised_definition="",
    )  # fmt: skip
    lines[2]["text"] = "Put differently."
    for line in lines[1:]:
        fresh.promises.create(**(line | {"id": uuid4(), "wording_id": fresh.pk}))
    fresh.promises.create(
        key="new-one", position=99, group="also", title="A new one", text="Something new."
    )
    return fresh


def texts(signing: Signing) -> list[tuple[str, str]]:
    return list(signing.promises.order_by("position").values_list("choice", "text"))


def test_it_starts_as_last_signed(rich: Pledge, alice: User) -> None:
    last = current_signing(rich)
    text = begin_revision(pledge=rich, by=alice, now=NOW)
    assert (text.number, text.signed_at, text.statement) == (2, None, "Because.")
    assert texts(text) == texts(last)
    assert list(text.standards.values_list("kind", flat=True)) == [StandardKind.ACEVO]
    assert begin_revision(pledge=rich, by=alice, now=NOW) == text
    assert Entry.objects.filter(verb=PledgeVerb.REVISED).count() == 1


def test_upon_a_newer_wording_promises_are_matched_by_key(
    rich: Pledge, alice: User, wording: Wording
) -> None:
    fresh = newer(wording)
    text = begin_revision(pledge=rich, by=alice, now=NOW)
    assert text.wording == fresh
    found = {
        promise.wording_promise.key if promise.wording_promise else "": promise
        for promise in text.promises.select_related("wording_promise")
    }
    assert len(found) == 9
    assert (found["keep_asking"].choice, found["new-one"].choice) == ("left_out", "adopted")
    assert found[""].text == "I learn."
    assert sum(promise.text == "Put differently." for promise in found.values()) == 1


def test_until_it_is_signed_everybody_reads_the_last_one(
    rich: Pledge, alice: User, as_alice: Client, client: Client
) -> None:
    begin_revision(pledge=rich, by=alice, now=NOW)
    write_own(pledge=rich, own=["I listen."], statement="New.", by=alice, now=NOW)
    public = client.get(rich.get_absolute_url()).content.decode()
    assert ("I learn." in public, "I listen." in public) == (True, False)
    assert current_signing(rich).number == 1
    last = [promise.text for promise in queries.current_promises(rich)]
    assert ("I learn." in last, "I listen." in last) == (True, False)
    asked = [promise.text for promise in queries.kept_promises_of(rich)]
    assert ("I learn." in asked, "I listen." in asked) == (True, False)
    record = as_alice.get(reverse("my_pledge", args=[rich.pk])).content.decode()
    assert "I listen." not in record


def test_the_path_of_a_new_version(rich: Pledge, as_alice: Client, wording: Wording) -> None:
    response = as_alice.post(reverse("pledge_revise", args=[rich.pk]))
    assert response["Location"] == step("promises", rich)
    for number, name in enumerate(["promises", "own", "standards", "check"], 1):
        page = as_alice.get(step(name, rich)).content.decode()
        assert f"New version: step {number} of 4" in page
        assert "You are writing a new version." in page
        assert "The wording has changed" not in page
    sent = promises_post(wording, choice_keep_asking="adopted")
    assert as_alice.post(step("promises", rich), seen(rich) | sent)["Location"] == step("own", rich)
    page = as_alice.get(step("check", rich)).content.decode()
    assert [word in page for word in ("Added: 1", "Reworded: 1", "Kept as it was: 7")] == [True] * 3
    assert "Make a private link" not in page
    response = as_alice.post(step("publish", rich), seen(rich))
    assert response["Location"] == rich.get_absolute_url()
    assert current_signing(rich).number == 2
    assert text_in_hand(rich) is None
    entry = Entry.objects.get(verb=PledgeVerb.SIGNED_AGAIN)
    assert entry.details == {"number": "2"}
    assert as_alice.post(step("publish", rich), seen(rich))["Location"] == rich.get_absolute_url()
    assert rich.signings.count() == 2


def test_who_and_rhythm_are_not_part_of_a_version(rich: Pledge, as_alice: Client) -> None:
    as_alice.post(reverse("pledge_revise", args=[rich.pk]))
    for name in ("who", "rhythm", "shows"):
        assert as_alice.get(step(name, rich))["Location"] == reverse("my_pledge", args=[rich.pk])


def test_a_newer_wording_is_told_of(
    rich: Pledge, alice: User, as_alice: Client, wording: Wording
) -> None:
    newer(wording)
    begin_revision(pledge=rich, by=alice, now=NOW)
    page = as_alice.get(step("promises", rich)).content.decode()
    assert "The wording has changed since you signed." in page
    assert "This version uses wording 2." in page


def test_dropping_it_leaves_what_was_signed(rich: Pledge, alice: User, as_alice: Client) -> None:
    before = list(Promise.objects.order_by("pk").values())
    begin_revision(pledge=rich, by=alice, now=NOW)
    response = as_alice.post(reverse("revision_drop", args=[rich.pk]))
    assert response["Location"] == reverse("my_pledge", args=[rich.pk])
    assert list(Promise.objects.order_by("pk").values()) == before
    as_alice.post(reverse("revision_drop", args=[rich.pk]))
    assert Entry.objects.filter(verb=PledgeVerb.REVISION_DROPPED).count() == 1


def test_a_draft_is_not_dropped_as_a_version(draft: Pledge, alice: User) -> None:
    drop_revision(pledge=draft, by=alice, now=NOW)
    assert draft.signings.count() == 1


@pytest.mark.parametrize("name", ["pledge_revise", "revision_drop", "pledge_settings"])
def test_it_is_the_leaders_alone(
    name: str, rich: Pledge, bea: User, as_alice: Client, as_bea: Client, as_chidi: Client,
    client: Client,
) -> None:  # fmt: skip
    address = reverse(name, args=[rich.pk])
    assert as_alice.delete(address).status_code == 405
    assert as_bea.post(address).status_code == 404
    Assistant.objects.create(
        pledge=rich, user=bea, email=bea.email, token_sha256=b"x" * 32, invited_at=NOW,
        expires_at=NOW, accepted_at=NOW,
    )  # fmt: skip
    assert as_bea.post(address).status_code == 403
    assert as_chidi.post(address).status_code == 404
    assert client.post(address)["Location"].startswith("/accounts/login/")
    assert rich.signings.count() == 1


def test_only_a_published_pledge_has_a_new_version(
    draft: Pledge, rich: Pledge, alice: User, as_alice: Client
) -> None:
    with pytest.raises(NotPublishedError):
        begin_revision(pledge=draft, by=alice, now=NOW)
    assert as_alice.post(reverse("pledge_revise", args=[draft.pk])).status_code == 404
    begin_revision(pledge=rich, by=alice, now=NOW)
    Pledge.objects.filter(pk=rich.pk).update(state=PledgeState.CLOSED, closed_at=NOW)
    response = as_alice.post(reverse("pledge_revise", args=[rich.pk]))
    assert response["Location"] == reverse("my_pledge", args=[rich.pk])
    assert as_alice.get(step("promises", rich)).status_code == 302
    with pytest.raises(AlreadySignedError):
        write_own(pledge=rich, own=[], statement="", by=alice, now=NOW)
    assert sign_again(pledge=rich, by=alice, now=NOW).signings.filter(signed_at=None).count() == 1


def test_only_the_leader_signs(rich: Pledge, draft: Pledge, alice: User, bea: User) -> None:
    begin_revision(pledge=rich, by=alice, now=NOW)
    with pytest.raises(PermissionDenied):
        sign_again(pledge=rich, by=bea, now=NOW)
    with pytest.raises(PermissionDenied):
        publishing.publish_pledge(pledge=draft, by=bea, now=NOW)


def test_a_version_is_signed_as_it_was_checked(rich: Pledge, alice: User, as_alice: Client) -> None:
    opened = {"revision": str(begin_revision(pledge=rich, by=alice, now=NOW).revision)}
    write_own(pledge=rich, own=["I ask."], statement="", by=alice, now=NOW)
    response = as_alice.post(step("publish", rich), opened, follow=True)
    assert response.redirect_chain == [(step("check", rich), 302)]
    assert "Nothing was published." in response.content.decode()
    assert current_signing(rich).number == 1
    with pytest.raises(MovedOnError):
        sign_again(pledge=rich, by=alice, now=NOW, seen=int(opened["revision"]))
    as_alice.post(step("publish", rich), seen(rich))
    assert current_signing(rich).number == 2


def test_a_page_of_the_last_version_does_not_sign_the_next(rich: Pledge, alice: User) -> None:
    last = current_signing(rich)
    assert begin_revision(pledge=rich, by=alice, now=NOW).revision == last.revision + 1


@pytest.mark.parametrize("act", [begin_revision, drop_revision])
def test_only_the_leader_begins_and_drops_a_version(
    act: Callable[..., object], rich: Pledge, alice: User, bea: User
) -> None:
    if act is drop_revision:
        begin_revision(pledge=rich, by=alice, now=NOW)
    before = rich.signings.count()
    with pytest.raises(PermissionDenied):
        act(pledge=rich, by=bea, now=NOW)
    assert rich.signings.count() == before


def test_a_version_of_nothing_is_not_signed(rich: Pledge, alice: User) -> None:
    text = begin_revision(pledge=rich, by=alice, now=NOW)
    text.promises.filter(wording_promise=None).delete()
    text.promises.update(choice=Choice.LEFT_OUT)
    with pytest.raises(ValidationError):
        sign_again(pledge=rich, by=alice, now=NOW)


def test_a_version_does_not_change_the_rhythm(rich: Pledge, alice: User) -> None:
    begin_revision(pledge=rich, by=alice, now=NOW)
    with pytest.raises(AlreadySignedError):
        choose_cadence(pledge=rich, cadence=Cadence.QUARTERLY, by=alice, now=NOW)


Act = Callable[[Pledge, User], object]
ACTIONS: dict[str, Act] = {
    "begin": lambda rich, alice: begin_revision(pledge=rich, by=alice, now=NOW),
    "drop": lambda rich, alice: drop_revision(pledge=rich, by=alice, now=NOW),
    "sign": lambda rich, alice: sign_again(pledge=rich, by=alice, now=NOW),
}


@pytest.mark.parametrize("name", ACTIONS)
def test_it_rolls_back_whole(
    name: str, rich: Pledge, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    if name != "begin":
        begin_revision(pledge=rich, by=alice, now=NOW)

    def refuse(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("history is away")

    monkeypatch.setattr(revising, "record", refuse)
    monkeypatch.setattr(publishing, "record", refuse)
    before = [list(model.objects.order_by("pk").values()) for model in (Signing, Promise, Standard)]
    with pytest.raises(RuntimeError, match="history is away"):
        ACTIONS[name](rich, alice)
    after = [list(model.objects.order_by("pk").values()) for model in (Signing, Promise, Standard)]
    assert after == before
