"""What is kept of an organiser's answer, and who hears of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commitments.actions import replying
from commitments.enums import InvitationState, PledgeVerb
from commitments.models import AskLetter, Invitation, Pledge, Reply, ReplyTally
from history.models import Entry
from organisations.models import User
from outbox.enums import Kind
from outbox.models import Email
from panels.enums import Barrier, BarrierState, Basis, Counted, Measure, Part
from tests.commitments.replying.conftest import NUMBERS, address, everything, tallies, text
from tests.factories.commitments import InvitationFactory
from tests.factories.panels import numbers
from tests.factories.replies import AskLetterFactory, answered


def test_an_answer_is_kept_as_counts(letter: AskLetter, client: Client) -> None:
    typed = NUMBERS | {"note": "Still time.\nSuggest somebody.", "name": "Femi"}
    response = client.post(address(letter), typed | {"barrier_travel": "in_place"})
    assert response.status_code == 200
    reply = Reply.objects.get()
    assert (reply.letter, reply.version, reply.name) == (letter, 1, "Femi")
    assert reply.note.split() == ["Still", "time.", "Suggest", "somebody."]
    assert not reply.is_after_event
    whole = (Part.WHOLE, Counted.COUNTED)
    assert tallies(reply) == {
        (*whole, Measure.WOMEN, 2, 3, 0, Basis.ORGANISER_STATED),
        (*whole, Measure.MINORITISED, 1, 4, 0, Basis.SELF_DECLARED),
    }
    assert list(reply.barriers.values_list("barrier", "state")) == [
        (Barrier.TRAVEL, BarrierState.IN_PLACE)
    ]


def test_an_answer_is_a_step_and_news_for_the_leader(
    letter: AskLetter, client: Client, alice: User
) -> None:
    """The letter was copied, and nobody had noted that it was sent."""
    client.post(address(letter), {"note": "Secret words"})
    invitation = Invitation.objects.get(pk=letter.invitation_id)
    today = timezone.localdate()
    assert (invitation.state, invitation.asked_on) == (InvitationState.ANSWERED, today)
    assert set(invitation.steps.values_list("state", "on")) == {
        (InvitationState.RECEIVED, today),
        (InvitationState.ASKED, today),
        (InvitationState.ANSWERED, today),
    }
    email = Email.objects.get()
    assert (email.kind, email.to_user, email.to_address) == (Kind.NEWS, alice, alice.email)
    assert (email.organisation, email.subject) == (None, "An organiser answered you")
    for words in (email.text, email.html):
        assert reverse("invitation_detail", args=[invitation.pk]) in words
        assert "Secret words" not in words
        assert "Voices" not in words
    said = Entry.objects.get(verb=PledgeVerb.REPLY_GIVEN)
    assert (said.organisation, said.actor) == (None, None)
    assert said.details == {"reply": str(Reply.objects.get().pk)}


def test_it_was_asked_when_it_was_asked(pledge: Pledge, client: Client) -> None:
    asked_on = timezone.localdate() - timedelta(days=9)
    invitation = InvitationFactory(
        pledge=pledge, received_on=asked_on, asked_on=asked_on, state=InvitationState.ASKED
    )
    client.post(address(AskLetterFactory(invitation=invitation)), {"note": "Yes"})
    invitation.refresh_from_db()
    assert invitation.asked_on == asked_on
    assert invitation.steps.get(state=InvitationState.ASKED).on == asked_on


def test_the_numbers_are_echoed_to_whoever_typed_them_and_never_again(
    letter: AskLetter, client: Client
) -> None:
    thanks = client.post(address(letter), NUMBERS).content.decode()
    assert "Thank you" in thanks
    assert "Known for 5 of 5" in thanks
    assert "1 of 5" in thanks
    again = text(client, letter)
    assert "This has been answered" in again
    assert "Known for" not in again
    for name, value in NUMBERS.items():
        assert f'name="{name}" value="{value}"' not in again
    assert " of 5" not in again


def test_women_may_be_publicly_stated(letter: AskLetter, client: Client) -> None:
    typed = {"people": "4", "women": "2", "women_basis": "publicly_stated"}
    client.post(address(letter), typed)
    kept = ReplyTally.objects.get(measure=Measure.WOMEN)
    assert (kept.yes, kept.unknown, kept.basis) == (2, 2, Basis.PUBLICLY_STATED)
    refused = client.post(address(letter), typed | {"women_basis": "guessed"})
    assert "women_basis" in refused.context["form"].errors


def test_words_alone_are_an_answer(letter: AskLetter, client: Client) -> None:
    thanks = client.post(address(letter), {"note": "Not decided yet"}).content.decode()
    assert "What your numbers show" not in thanks
    assert not ReplyTally.objects.exists()


def test_a_double_click_is_one_answer(letter: AskLetter, client: Client) -> None:
    pages = [client.post(address(letter), NUMBERS).content.decode() for _ in range(2)]
    assert pages[0] == pages[1]
    assert "Thank you" in pages[0]
    assert Reply.objects.count() == 1
    assert Email.objects.count() == 1
    assert Entry.objects.filter(verb=PledgeVerb.REPLY_GIVEN).count() == 1


def test_the_same_link_answers_anew_and_tells_the_leader_once_a_day(letter: AskLetter) -> None:
    now = timezone.now()
    answered(letter, numbers(5, 2, 3), now=now)
    answered(letter, numbers(5, 3, 2), now=now + timedelta(minutes=1))
    answered(letter, numbers(5, 3, 2), note="And so", now=now + timedelta(days=1))
    assert list(Reply.objects.order_by("at").values_list("version", flat=True)) == [1, 2, 3]
    assert Email.objects.count() == 2


def test_an_answer_after_the_event_is_taken_and_says_so(pledge: Pledge, client: Client) -> None:
    today = timezone.localdate()
    invitation = InvitationFactory(
        pledge=pledge,
        received_on=today - timedelta(days=30),
        asked_on=today - timedelta(days=20),
        held_on=today - timedelta(days=1),
        state=InvitationState.TOOK_PART,
    )
    client.post(address(AskLetterFactory(invitation=invitation)), NUMBERS)
    assert Reply.objects.get().is_after_event
    invitation.refresh_from_db()
    assert not invitation.lineup_changed
    assert invitation.state == InvitationState.TOOK_PART


@pytest.mark.parametrize("state", InvitationState)
@pytest.mark.parametrize("was_asked", [False, True])
def test_an_answer_may_come_at_any_time(
    state: InvitationState, was_asked: bool, pledge: Pledge, client: Client
) -> None:
    today = timezone.localdate()
    received = today - timedelta(days=3)
    changed = state == InvitationState.CHANGED
    invitation = InvitationFactory(
        pledge=pledge,
        received_on=received,
        asked_on=received if was_asked or changed else None,
        held_on=today - timedelta(days=1),
        lineup_changed=changed,
        state=state,
    )
    letter = AskLetterFactory(
        invitation=invitation, created_at=timezone.localtime() - timedelta(days=9)
    )
    assert "Thank you" in client.post(address(letter), {"note": "Yes"}).content.decode()
    assert invitation.steps.filter(state=InvitationState.ANSWERED).count() == 1


@pytest.mark.parametrize("step", ["take_step", "queue_email", "record"])
def test_an_answer_is_kept_whole_or_not_at_all(
    step: str, letter: AskLetter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: Any, **kwargs: Any) -> Any:
        raise RuntimeError

    before = everything()
    monkeypatch.setattr(replying, step, fail)
    with pytest.raises(RuntimeError):
        answered(letter, numbers(5, 2, 3), barriers={Barrier.TRAVEL: BarrierState.NO})
    assert everything() == before


def test_a_leader_whose_address_is_none_is_not_written_to(letter: AskLetter, alice: User) -> None:
    User.objects.filter(pk=alice.pk).update(email="alice@intranet")
    answered(letter, note="Yes")
    assert (Reply.objects.count(), Email.objects.count()) == (1, 0)


def test_a_later_visitor_is_told_no_more_than_anybody(letter: AskLetter, client: Client) -> None:
    """One of six is "not met" to a member; to the public it joins what is not known."""
    six = {"people": "6", "women": "3", "not_women": "3"}
    told = {"minoritised": "1", "not_minoritised": "5", "told": "on"}
    client.post(address(letter), six | told)
    shown = Client().get(address(letter)).content.decode()
    notice = shown.partition("This has been answered")[2].partition("<form")[0]
    assert [word for word in ("Not shown", "Not met", "1 of 6") if word in notice] == ["Not shown"]
