"""Reflections: the leader's and the assistants' to write, the leader's alone to publish."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from commitments.actions import reflecting
from commitments.actions.ledger import PledgeClosedError
from commitments.actions.reflecting import (
    PublicNowError,
    publish_reflection,
    withdraw_reflection,
    write_reflection,
)
from commitments.actions.revisions import MovedOnError
from commitments.enums import InvitationState, PledgeState, PledgeVerb, Shown
from commitments.forms.reflecting import NOTHING_YET
from commitments.models import Assistant, Invitation, Pledge, Reflection, Wording
from commitments.queries.own_record import own_record_of
from commitments.queries.public_page import as_read, published_reflections
from commitments.queries.record import record_of
from commitments.queries.reflections import reflection_prompt, shown_line_ups
from commitments.reflecting import PARTS
from history.models import Entry
from organisations.models import User
from organisations.tokens import digest, new_token
from panels.entry import TypedPart
from tests.conftest import signed_in_as
from tests.factories.commitments import InvitationFactory
from tests.factories.organisations import UserFactory
from tests.factories.panels import GatheringFactory, enter_count, numbers
from tests.factories.replies import AskLetterFactory, ReflectionFactory, answered

NOW = timezone.now()
TODAY = timezone.localdate()
MEETS = numbers(10, 5, 5, 2, 8)
FALLS_SHORT = numbers(10, 4, 6, 2, 8)
WORDS = dict.fromkeys(PARTS, "") | {"what_happened": "Four men spoke.", "will_try": "Ask sooner."}
OTHER_WORDS = WORDS | {"why": "Nobody had time."}


@pytest.fixture
def past(pledge: Pledge) -> Invitation:
    """Alice took part yesterday; nobody counted."""
    return past_event(pledge, title="Voices of the Coast")


def past_event(pledge: Pledge, **more: Any) -> Invitation:
    days: dict[str, Any] = {
        "received_on": TODAY - timedelta(days=30),
        "held_on": TODAY - timedelta(days=1),
        "state": InvitationState.TOOK_PART,
    }
    return InvitationFactory(pledge=pledge, **(days | more))


@pytest.fixture
def esi(pledge: Pledge) -> User:
    """Alice's assistant."""
    user = UserFactory(display_name="Esi Mensah")
    Assistant.objects.create(
        pledge=pledge, email=user.email, user=user, token_sha256=digest(new_token()),
        invited_at=NOW, expires_at=NOW, accepted_at=NOW,
    )  # fmt: skip
    return user


def address(invitation: Invitation, name: str = "reflection_write") -> str:
    return reverse(name, args=[invitation.pk])


def everything() -> list[list[Any]]:
    return [list(model.objects.order_by("pk").values()) for model in (Reflection, Entry)]


def write(invitation: Invitation, by: User, seen: int = 0, **words: str) -> Reflection:
    return write_reflection(invitation=invitation, words=WORDS | words, seen=seen, by=by, now=NOW)


def verbs() -> list[str]:
    mine = Entry.objects.filter(verb__startswith="invitation.reflect").order_by("pk")
    return list(mine.values_list("verb", flat=True))


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


def publish(invitation: Invitation, by: User) -> None:
    publish_reflection(invitation=invitation, seen=1, by=by, now=NOW)


def withdraw(invitation: Invitation, by: User) -> None:
    withdraw_reflection(invitation=invitation, by=by, now=NOW)


def write_over(invitation: Invitation, by: User) -> None:
    write(invitation, by, seen=1)


@pytest.mark.parametrize("act", [write_over, publish, withdraw])
def test_an_action_is_done_whole_or_not_at_all(
    act: Callable[[Invitation, User], None],
    past: Invitation,
    alice: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError

    ReflectionFactory(invitation=past, published_at=NOW if act is withdraw else None)
    before = everything()
    monkeypatch.setattr(reflecting, "record", fail)
    with pytest.raises(RuntimeError):
        act(past, alice)
    assert everything() == before


def test_saving_over_another_raises(past: Invitation, alice: User) -> None:
    write(past, alice)
    with pytest.raises(MovedOnError):
        write(past, alice, seen=0, why="x")


@pytest.mark.parametrize(
    ("event", "answer", "shown"),
    [
        (MEETS, MEETS, Shown.BOTH),
        (MEETS, FALLS_SHORT, Shown.ONE),
        (FALLS_SHORT, MEETS, Shown.ONE),
        (MEETS, None, Shown.BOTH),
        (None, MEETS, Shown.BOTH),
        (None, FALLS_SHORT, Shown.ONE),
    ],
)
def test_of_two_counts_the_worse_holds(
    event: TypedPart | None, answer: TypedPart | None, shown: Shown, pledge: Pledge, alice: User
) -> None:
    """Here, in the leader's own year and in the public one."""
    pledge.published_at = NOW - timedelta(days=99)
    pledge.save()
    gathering = GatheringFactory(organisation=pledge.organisation)
    linked = past_event(pledge, gathering=gathering)
    if event:
        enter_count(gathering, event, by=alice)
    if answer:
        answered(AskLetterFactory(invitation=linked), answer)
    prompt = reflection_prompt(linked, today=TODAY)
    assert (prompt is None) == (shown == Shown.BOTH)
    year = record_of(pledge, today=TODAY).year
    assert (year.met_both.count, year.met_one.count) == (
        int(shown == Shown.BOTH), int(shown == Shown.ONE),
    )  # fmt: skip
    assert own_record_of(pledge, today=TODAY).entries[0].shown(TODAY) == shown


def test_what_was_written_stays_though_the_event_met(pledge: Pledge) -> None:
    met = past_event(pledge)
    written = ReflectionFactory(invitation=met)
    answered(AskLetterFactory(invitation=met), MEETS)
    prompt = reflection_prompt(met, today=TODAY)
    assert prompt is not None
    assert prompt.written == written


def test_an_event_to_come_has_nothing_to_reflect_on(
    invitation: Invitation, as_alice: Client
) -> None:
    response = as_alice.get(address(invitation))
    assert response["Location"] == reverse("invitation_detail", args=[invitation.pk])


@pytest.mark.parametrize("rows", [1, 3])
def test_the_counts_cost_the_same_for_any_number(
    rows: int, pledge: Pledge, alice: User, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    events = []
    for _ in range(rows):
        gathering = GatheringFactory(organisation=pledge.organisation)
        linked, answer = past_event(pledge, gathering=gathering), past_event(pledge)
        enter_count(gathering, FALLS_SHORT, by=alice)
        answered(AskLetterFactory(invitation=answer), MEETS)
        events += [linked, answer]
    with django_assert_num_queries(2):
        assert len(shown_line_ups(events)) == 2 * rows


def test_a_wording_may_ask_for_more(pledge: Pledge) -> None:
    met = past_event(pledge)
    answered(AskLetterFactory(invitation=met), MEETS)
    assert reflection_prompt(met, today=TODAY) is None
    Wording.objects.update(minoritised_numerator=1, minoritised_denominator=4)
    assert reflection_prompt(met, today=TODAY) is not None


def test_only_what_was_published_is_public_newest_first(pledge: Pledge, foreign: Pledge) -> None:
    ReflectionFactory(invitation=past_event(pledge))
    ReflectionFactory(invitation=past_event(foreign), published_at=NOW)
    first, second = past_event(pledge, title="First"), past_event(pledge, title="Second")
    ReflectionFactory(invitation=first, published_at=NOW - timedelta(days=1))
    ReflectionFactory(invitation=second, published_at=NOW)
    found = as_read(published_reflections(pledge))
    assert [public.title for public in found] == ["Second", "First"]
    assert found[0].held_on == second.held_on
    assert [heading for heading, _ in found[0].parts] == [PARTS["what_happened"]]


def test_markdown_is_sanitised(pledge: Pledge) -> None:
    ReflectionFactory(
        invitation=past_event(pledge),
        published_at=NOW,
        what_happened="*Nobody* <script>alert(1)</script> [x](javascript:alert(1))",
    )
    [public] = as_read(published_reflections(pledge))
    said = dict(public.parts)[PARTS["what_happened"]]
    assert "<em>Nobody</em>" in said
    assert "<script" not in said
    assert 'href="javascript' not in said


def test_the_page_of_the_entry_shows_it_and_who_wrote_it(
    past: Invitation, esi: User, as_alice: Client
) -> None:
    page = as_alice.get(reverse("invitation_detail", args=[past.pk])).content.decode()
    assert address(past) in page
    write(past, esi)
    page = as_alice.get(reverse("invitation_detail", args=[past.pk])).content.decode()
    for words in ("Four men spoke.", "Esi Mensah", "Anyone can read it then"):
        assert words in page
    assistants = signed_in_as(esi).get(reverse("invitation_detail", args=[past.pk]))
    assert "Anyone can read it then" not in assistants.content.decode()
