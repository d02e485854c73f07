"""An organiser answers without an account: their page, and what is kept of it."""

import logging
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from commitments.actions import replying
from commitments.actions.replying import LinkClosedError, TooManyAnswersError, give_answer
from commitments.answering import ENOUGH, MOST_ANSWERS, NOTHING_YET
from commitments.enums import InvitationKind, InvitationState, PledgeState, PledgeVerb
from commitments.models import AskLetter, Invitation, Pledge, Reply, ReplyBarrier, ReplyTally, Step
from commitments.queries.record import record_of
from config.logs import redact
from history.models import Entry
from organisations.models import User
from organisations.tokens import derived_token, digest
from outbox.enums import Kind
from outbox.models import Email
from panels.enums import Barrier, BarrierState, Basis, Counted, GatheringKind, Measure, Part
from tests.conftest import signed_in_as
from tests.factories.assisting import AssistantFactory
from tests.factories.commitments import InvitationFactory
from tests.factories.panels import GatheringFactory, numbers
from tests.factories.replies import AskLetterFactory, answered, given, token_of

NUMBERS = {
    "people": "5", "women": "2", "not_women": "3",
    "told": "on", "minoritised": "1", "not_minoritised": "4",
}  # fmt: skip
UNKNOWN = "there-is-no-such-secret"


@pytest.fixture
def letter(invitation: Invitation) -> AskLetter:
    return AskLetterFactory(invitation=invitation)


def address(letter: AskLetter) -> str:
    return reverse("letter_reply", args=[token_of(letter)])


def text(client: Client, letter: AskLetter) -> str:
    return client.get(address(letter)).content.decode()


def everything() -> list[list[Any]]:
    models = [Invitation, Step, Reply, ReplyTally, ReplyBarrier, Entry, Email]
    return [list(model.objects.order_by("pk").values()) for model in models]


def tallies(reply: Reply) -> set[tuple[Any, ...]]:
    fields = ("part", "counted", "measure", "yes", "no", "unknown", "basis")
    return set(reply.tallies.values_list(*fields))


def test_the_page_says_who_asks_and_of_what(letter: AskLetter, client: Client) -> None:
    page = text(client, letter)
    for words in ("Alice Adeyemi", "Chief executive", "Harbour Minds", "Voices of the Coast"):
        assert words in page
    assert letter.invitation.pledge.get_absolute_url() in page
    assert "Who sees this." in page
    assert '<meta name="robots" content="noindex">' in page


def test_the_page_tells_nobody_its_address_and_sets_no_cookie(
    letter: AskLetter, client: Client
) -> None:
    for response in (client.get(address(letter)), client.post(address(letter), {"note": "Yes"})):
        assert response["Referrer-Policy"] == "no-referrer"
        assert "no-store" in response["Cache-Control"]
        assert not response.cookies


@pytest.mark.parametrize("method", ["get", "head"])
def test_looking_changes_nothing(method: str, letter: AskLetter, client: Client) -> None:
    before = everything()
    assert getattr(client, method)(address(letter)).status_code == 200
    assert everything() == before


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_it_rejects_other_methods(method: str, letter: AskLetter, client: Client) -> None:
    assert getattr(client, method)(address(letter)).status_code == 405


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


def test_ethnicity_that_nobody_told_is_not_known(letter: AskLetter, client: Client) -> None:
    typed = {"people": "5", "women": "3", "minoritised": "4"}
    thanks = client.post(address(letter), typed).content.decode()
    assert "Counted as not known" in thanks
    reply = Reply.objects.get()
    kept = reply.tallies.get(measure=Measure.MINORITISED)
    assert (kept.yes, kept.no, kept.unknown, kept.basis) == (0, 0, 5, Basis.NOT_KNOWN)


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


@pytest.mark.parametrize("typed", [{}, {"name": "Femi"}, {"told": "on"}, {"note": "   "}])
def test_an_empty_answer_is_refused(
    typed: dict[str, str], letter: AskLetter, client: Client
) -> None:
    before = everything()
    response = client.post(address(letter), typed)
    assert response.context["form"].non_field_errors() == [NOTHING_YET]
    assert typed.get("name", "") in response.content.decode()
    assert everything() == before


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"people": "many"}, "people"),
        ({"people": "0"}, "people"),
        ({"people": "9" * 10_000}, "people"),
        ({"people": "3", "women": "2", "not_women": "2"}, "not_women"),
        ({"women": "2"}, "people"),
        ({"beside_people": "1"}, "people"),
        ({"main_people": "2"}, "people"),
        ({"people": "3", "main_people": "4"}, "main_people"),
        ({"barrier_travel": "asked"}, "barrier_travel"),
        ({"note": "x" * 2001}, "note"),
        ({"name": "x" * 10_000, "note": "y"}, "name"),
    ],
)
def test_a_mistake_is_said_at_its_field_and_all_is_kept(
    typed: dict[str, str], field: str, letter: AskLetter, client: Client
) -> None:
    before = everything()
    response = client.post(address(letter), {"food": "x", "barrier_food": "no"} | typed)
    assert field in response.context["form"].errors
    assert response.context["form"]["barrier_food"].value() == "no"
    for name, value in typed.items():
        assert response.context["form"][name].value() == value
    assert everything() == before


@pytest.mark.parametrize(
    "words", ["<script>alert(1)</script>", "\u202eوصلت الرسالة", "🌻" * 100, "Subject: x\r\nBcc: y"]
)
def test_strange_words_are_only_words(words: str, letter: AskLetter, client: Client) -> None:
    assert client.post(address(letter), {"note": words, "name": "Ọlá"}).status_code == 200
    assert "<script>alert" not in text(client, letter)
    assert Email.objects.get().subject == "An organiser answered you"


def test_a_character_that_no_text_has_is_refused(letter: AskLetter, client: Client) -> None:
    assert client.post(address(letter), {"note": "a\x00b"}).status_code == 400
    assert client.get("/r/%00/").status_code == 400
    assert not Reply.objects.exists()


def test_a_double_click_is_one_answer(letter: AskLetter, client: Client) -> None:
    pages = [client.post(address(letter), NUMBERS).content.decode() for _ in range(2)]
    assert [page.count("Thank you") > 0 for page in pages] == [True, True]
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


@pytest.fixture
def mailed(letter: AskLetter) -> AskLetter:
    """It left by email, so a second link opens it."""
    letter.to_address, letter.sent_at = "events@fund.example", timezone.now()
    letter.mailed_sha256 = digest(derived_token("reply-mail", letter.pk))
    letter.save()
    return letter


def by_mail(letter: AskLetter) -> str:
    return reverse("letter_reply", args=[derived_token("reply-mail", letter.pk)])


def test_an_answer_says_by_which_link_it_came(mailed: AskLetter, client: Client) -> None:
    client.post(address(mailed), {"note": "By the link on the page"})
    client.post(by_mail(mailed), {"note": "By the link in the email"})
    replies = Reply.objects.order_by("version").values_list("note", "came_by_mail")
    assert list(replies) == [("By the link on the page", False), ("By the link in the email", True)]


def test_a_letter_that_was_never_emailed_has_one_link(letter: AskLetter, client: Client) -> None:
    assert client.post(by_mail(letter), NUMBERS).status_code == 404
    assert not Reply.objects.exists()


def test_what_the_organiser_repeats_by_email_is_theirs(mailed: AskLetter, client: Client) -> None:
    """Somebody may have said it in their name before."""
    for link in (address, by_mail, by_mail, address):
        client.post(link(mailed), NUMBERS)
    replies = Reply.objects.order_by("version").values_list("came_by_mail", flat=True)
    assert list(replies) == [False, True]


@pytest.mark.parametrize(("links", "said"), [
    ([by_mail], "of which 1 came by a link emailed from here"),
    ([address], "of which none came by a link emailed from here"),
    ([by_mail, address], "of which none came by a link emailed from here"),
])  # fmt: skip
def test_the_record_says_how_many_came_by_the_emailed_link(
    links: list[Any], said: str, mailed: AskLetter, client: Client
) -> None:
    """Of the answer that stands."""
    for number, link in enumerate(links):
        client.post(link(mailed), {"note": f"Word {number}"})
    pledge = Pledge.objects.get(pk=mailed.invitation.pledge_id)
    answered_ones = record_of(pledge, today=timezone.localdate()).year.answered
    assert answered_ones.stamp.sources == f"Answers: 1, {said}"


def test_whoever_asks_does_not_answer_by_either_link(mailed: AskLetter, as_alice: Client) -> None:
    helper = AssistantFactory(pledge=mailed.invitation.pledge).user
    for asker in (as_alice, signed_in_as(helper)):
        for link in (address, by_mail):
            page = asker.post(link(mailed), NUMBERS).content.decode()
            assert "The organiser answers here" in page
    assert not Reply.objects.exists()


def test_so_many_answers_an_hour_from_one_address(
    invitation: Invitation, client: Client, settings: Settings
) -> None:
    settings.ACCOUNT_RATE_LIMITS = {"answer_letter": "2/h/ip"}
    first, second = AskLetterFactory(invitation=invitation), AskLetterFactory()
    for letter, status in ((first, 200), (second, 200), (first, 429)):
        assert client.get(address(letter)).status_code == 200
        assert client.post(address(letter), {}).status_code == 200
        sent = client.post(address(letter), {"note": f"Word {status}"})
        assert sent.status_code == status
    assert Reply.objects.count() == 2


def test_ten_answers_and_no_more(letter: AskLetter, client: Client) -> None:
    for number in range(MOST_ANSWERS):
        answered(letter, note=f"Word {number}")
    assert ENOUGH in text(client, letter)
    response = client.post(address(letter), {"note": "One more"})
    assert response.context["form"].non_field_errors() == [ENOUGH]
    assert "One more" in response.content.decode()
    assert Reply.objects.count() == MOST_ANSWERS
    with pytest.raises(TooManyAnswersError):
        answered(letter, note="One more")


def test_the_last_answer_again_is_no_eleventh(letter: AskLetter, client: Client) -> None:
    for number in range(MOST_ANSWERS):
        answered(letter, note=f"Word {number}")
    page = client.post(address(letter), {"note": f"Word {MOST_ANSWERS - 1}"}).content.decode()
    assert "Thank you" in page


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"expires_at": timezone.now() - timedelta(days=1)}, "This link has expired"),
        ({"revoked_at": timezone.now()}, "This link was closed"),
    ],
)
def test_a_link_that_is_over_says_so(
    change: dict[str, datetime], said: str, invitation: Invitation, client: Client
) -> None:
    letter = AskLetterFactory(invitation=invitation, **change)
    before = everything()
    for response in (client.get(address(letter)), client.post(address(letter), {"note": "Kept"})):
        assert response.status_code == 410
        page = response.content.decode()
        assert said in page
        assert invitation.pledge.get_absolute_url() in page
        assert "Voices of the Coast" not in page
    assert "Kept" in page
    assert everything() == before


def test_a_link_that_never_was_says_so(client: Client, db: None) -> None:
    for token in (UNKNOWN, "x" * 5_000, "ñ", "..%2f"):
        for method in (client.get, client.head, client.post):
            assert method(f"/r/{token}/").status_code == 404, token
    assert "This link does not work" in client.get(f"/r/{UNKNOWN}/").content.decode()


def test_a_closed_pledge_keeps_no_more_answers(letter: AskLetter, client: Client) -> None:
    pledge = letter.invitation.pledge
    pledge.state, pledge.closed_at = PledgeState.CLOSED, timezone.now()
    pledge.save()
    before = everything()
    response = client.post(address(letter), NUMBERS | {"note": "Kept"})
    assert response.status_code == 410
    assert "This pledge is closed" in response.content.decode()
    assert reverse("check") in response.content.decode()
    with pytest.raises(LinkClosedError):
        give_answer(letter=letter, given=given(letter, note="x"), now=timezone.now())
    assert everything() == before


def test_a_link_closed_while_somebody_typed(
    letter: AskLetter, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = replying.lock_kept

    def close_first(pledge: Pledge) -> Pledge:
        AskLetter.objects.update(revoked_at=timezone.now())
        return real(pledge)

    monkeypatch.setattr(replying, "lock_kept", close_first)
    response = client.post(address(letter), {"note": "Kept"})
    assert response.status_code == 410
    assert "Kept" in response.content.decode()
    assert not Reply.objects.exists()


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
    letter = AskLetterFactory(invitation=invitation, created_at=timezone.now() - timedelta(days=9))
    assert "Thank you" in client.post(address(letter), {"note": "Yes"}).content.decode()
    assert invitation.steps.filter(state=InvitationState.ANSWERED).count() == 1


def test_whoever_asked_does_not_answer(letter: AskLetter, as_alice: Client, as_bea: Client) -> None:
    for response in (as_alice.get(address(letter)), as_alice.post(address(letter), NUMBERS)):
        assert "The organiser answers here" in response.content.decode()
    assert not Reply.objects.exists()
    assert "Who is on the line-up" in text(as_bea, letter)


@pytest.mark.parametrize(
    ("kind", "has_stage", "has_beside"),
    [
        (GatheringKind.CONFERENCE, True, True),
        (GatheringKind.PANEL, False, True),
        (GatheringKind.BOARD, False, False),
    ],
)
def test_the_linked_event_decides_what_is_asked(
    kind: GatheringKind, has_stage: bool, has_beside: bool, pledge: Pledge, client: Client
) -> None:
    gathering = GatheringFactory(organisation=pledge.organisation, kind=kind)
    letter = AskLetterFactory(invitation=InvitationFactory(pledge=pledge, gathering=gathering))
    page = text(client, letter)
    assert ("Of these, on the main stage" in page) is has_stage
    assert ("Chair and moderators" in page) is has_beside


def test_a_seat_is_asked_who_votes(pledge: Pledge, client: Client) -> None:
    seat = InvitationFactory(pledge=pledge, kind=InvitationKind.SEAT)
    assert "How many have a vote?" in text(client, AskLetterFactory(invitation=seat))


def test_the_secret_reaches_no_log(
    letter: AskLetter, client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        client.get(address(letter))
        client.post(address(letter), {"note": "Words of the organiser", "people": "x"})
        client.post(address(letter), {"note": "Words of the organiser"})
        client.get(f"/r/{UNKNOWN}/")
    lines = [redact(record.getMessage()) for record in caplog.records]
    said = "\n".join(lines)
    for secret in (token_of(letter), UNKNOWN, "Words of the organiser"):
        assert secret not in said
    assert token_of(letter) not in redact(f"GET {address(letter)} 200")


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


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_costs_the_same_after_any_answers(
    rows: int, letter: AskLetter, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(rows):
        answered(letter, numbers(5, number, 1), barriers={Barrier.TRAVEL: BarrierState.NO})
    with django_assert_num_queries(6):
        client.get(address(letter))
