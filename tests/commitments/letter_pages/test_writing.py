"""Whoever helps may write the letter; the leader alone has its link."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from commitments.models import AskLetter, Invitation, Pledge
from commitments.queries import letters
from organisations.tokens import derived_token
from outbox.models import Email
from tests.commitments.conftest import today
from tests.commitments.letter_pages.conftest import at, states, written
from tests.factories.commitments import InvitationFactory
from tests.factories.replies import AskLetterFactory

WRITE, SEND = 4, 4


def test_one_click_gives_the_letter(invitation: Invitation, as_alice: Client) -> None:
    response = as_alice.post(reverse("letter_make", args=[invitation.pk]), follow=True)
    letter = invitation.letters.get()
    assert response.redirect_chain[-1][0] == at("letter_write", letter)
    page = response.content.decode()
    assert page.count(letters.reply_link(letter)) == 2
    assert "May I ask you five things?" in page
    as_alice.post(reverse("letter_make", args=[invitation.pk]))
    assert invitation.letters.count() == 1


@pytest.mark.parametrize(
    ("name", "assistants"), [("letter_write", 200), ("letter_send", 403), ("letter_revoke", 403)]
)
def test_who_may_open_it(
    name: str,
    assistants: int,
    letter: AskLetter,
    as_alice: Client,
    as_assistant: Client,
    as_bea: Client,
    as_chidi: Client,
    client: Client,
) -> None:
    address = at(name, letter)
    allowed = 405 if name == "letter_revoke" else 200
    assert as_alice.get(address).status_code == allowed
    assert as_alice.delete(address).status_code == 405
    assert as_assistant.post(address).status_code == assistants
    assert as_bea.post(address).status_code == 404
    assert as_chidi.post(address).status_code == 404
    assert client.post(address)["Location"].startswith("/accounts/login/")
    assert AskLetter.objects.get().revoked_at is None


def test_without_a_letter_there_is_nothing_to_open(
    invitation: Invitation, as_alice: Client
) -> None:
    AskLetterFactory(invitation=invitation, expires_at=timezone.now())
    address = reverse("letter_write", args=[invitation.pk])
    assert as_alice.get(address)["Location"] == reverse("invitation_detail", args=[invitation.pk])
    assert as_alice.get(reverse("letter_send", args=[invitation.pk]))["Location"] == address


def test_saving(letter: AskLetter, as_assistant: Client, as_alice: Client) -> None:
    sent = written(letter, text="Dear all\r\n\r\nUs")
    response = as_assistant.post(at("letter_write", letter), sent)
    assert response["Location"] == at("letter_write", letter)
    letter.refresh_from_db()
    assert (letter.text, letter.revision) == ("Dear all\n\nUs", 2)
    page = as_alice.get(at("letter_write", letter)).content.decode()
    assert page.count(letters.reply_link(letter)) == 2
    assert derived_token("reply", letter.pk) not in letter.text


def test_the_second_of_two_sees_both_versions_and_loses_nothing(
    letter: AskLetter, as_assistant: Client, as_alice: Client
) -> None:
    as_assistant.post(at("letter_write", letter), written(letter, text="Theirs"))
    sent = written(letter, text="Mine", then="sent")
    response = as_alice.post(at("letter_write", letter), sent)
    page = response.content.decode()
    assert "<bdi>Dana Diaz</bdi> saved the version here." in page
    assert ('<span class="user-text">Theirs' in page, ">\nMine</textarea>" in page) == (True, True)
    assert states(letter) == ["received"]
    assert response.context["form"]["revision"].value() == 2
    as_alice.post(at("letter_write", letter), sent | {"revision": 2})
    assert states(letter) == ["received", "asked"]


def test_an_assistant_writes_and_the_leader_sends(letter: AskLetter, as_assistant: Client) -> None:
    page = as_assistant.get(at("letter_write", letter)).content.decode()
    assert "<bdi>Alice Adeyemi</bdi> sends it." in page
    assert "Close the reply link" not in page
    for then in ("sent", "email"):
        sent = written(letter, text="Mine", then=then)
        assert as_assistant.post(at("letter_write", letter), sent).status_code == 403
    assert states(letter) == ["received"]


def test_only_the_leader_has_the_reply_link(
    letter: AskLetter, as_assistant: Client, as_alice: Client
) -> None:
    token = derived_token("reply", letter.pk)
    shown = {
        who: client.get(at("letter_write", letter)).content.decode().count(token) > 0
        for who, client in {"assistant": as_assistant, "leader": as_alice}.items()
    }
    assert shown == {"assistant": False, "leader": True}


def test_i_have_sent_it_myself(letter: AskLetter, as_alice: Client) -> None:
    sent = written(letter, text="Mine", then="sent")
    for _ in range(2):
        response = as_alice.post(at("letter_write", letter), sent)
        assert response["Location"] == at("invitation_detail", letter)
    asked = letter.invitation.steps.get(state="asked")
    assert (asked.on, states(letter)) == (timezone.localdate(), ["received", "asked"])
    assert Email.objects.count() == 0


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "x" * 10_000}, "text"),
        ({"sent_on": "2999-01-01", "then": "sent"}, "sent_on"),
        ({"sent_on": "2001-01-01", "then": "sent"}, "sent_on"),
        ({"sent_on": "", "then": "sent"}, "sent_on"),
        ({"sent_on": "nonsense", "then": "sent"}, "sent_on"),
        ({"revision": "nonsense"}, "revision"),
        ({"then": "nonsense"}, "then"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(
    typed: dict[str, str], field: str, letter: AskLetter, as_alice: Client
) -> None:
    sent = {"text": "Mine", "revision": 1, "sent_on": today()} | typed
    response = as_alice.post(at("letter_write", letter), sent)
    assert list(response.context["form"].errors) == [field]
    assert f">\n{sent['text']}</textarea>" in response.content.decode()
    letter.refresh_from_db()
    assert (letter.revision, states(letter)) == (1, ["received"])


def test_a_day_does_not_matter_to_a_letter_that_is_only_saved(
    letter: AskLetter, as_alice: Client
) -> None:
    sent = written(letter, text="Mine", sent_on="nonsense")
    assert as_alice.post(at("letter_write", letter), sent).status_code == 302


def test_a_letter_says_who_wrote_it(letter: AskLetter, as_assistant: Client) -> None:
    as_assistant.post(at("letter_write", letter), written(letter, text="Mine"))
    page = as_assistant.get(at("letter_write", letter)).content.decode()
    assert "Written by <bdi>Dana Diaz</bdi>" in page


@pytest.mark.parametrize("rows", [1, 3])
def test_a_letter_costs_the_same(
    rows: int,
    pledge: Pledge,
    letter: AskLetter,
    as_alice: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(rows - 1):
        AskLetterFactory(invitation=InvitationFactory(pledge=pledge))
        AskLetterFactory(invitation=letter.invitation, revoked_at=timezone.now())
    with django_assert_num_queries(WRITE):
        as_alice.get(at("letter_write", letter))
    with django_assert_num_queries(SEND):
        as_alice.get(at("letter_send", letter))
