"""The pages of the letter: whoever helps may write, the leader alone sends and closes."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from commitments.actions.asking import OTHER_ADDRESSES, make_letter, send_letter
from commitments.models import AddressRefusal, AskLetter, Invitation, Pledge
from commitments.queries import letters
from commitments.queries.strangers import stop_link
from organisations.models import User
from organisations.tokens import derived_token
from outbox.enums import State
from outbox.models import Email
from tests.conftest import signed_in_as
from tests.factories.assisting import AssistantFactory
from tests.factories.commitments import InvitationFactory
from tests.factories.replies import AskLetterFactory

WRITE, SEND = 4, 4
TO = "organiser@example.org"
READ = {"revision": 1, "entry_revision": 1}


@pytest.fixture
def as_assistant(pledge: Pledge) -> Client:
    return signed_in_as(AssistantFactory(pledge=pledge, user__display_name="Dana Diaz").user)


@pytest.fixture
def letter(invitation: Invitation, alice: User) -> AskLetter:
    return make_letter(invitation=invitation, by=alice, now=timezone.now())


def at(name: str, letter: AskLetter) -> str:
    return reverse(name, args=[letter.invitation_id])


def today(days: int = 0) -> str:
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def written(letter: AskLetter, **changes: Any) -> dict[str, Any]:
    now = {"text": letters.text_of(letter), "revision": letter.revision, "sent_on": today()}
    return now | changes


def send(letter: AskLetter, by: User) -> AskLetter:
    return send_letter(
        letter=letter, to_address=TO, seen=1, seen_entry=1, by=by, now=timezone.now()
    )


def states(letter: AskLetter) -> list[str]:
    return list(letter.invitation.steps.order_by("pk").values_list("state", flat=True))


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


def test_sending_by_email(letter: AskLetter, as_alice: Client) -> None:
    response = as_alice.post(at("letter_write", letter), written(letter, then="email"))
    assert response["Location"] == at("letter_send", letter)
    preview = as_alice.get(response["Location"])
    response = as_alice.post(at("letter_send", letter), {"to_address": TO, **READ}, follow=True)
    assert f"Your letter is on its way to {TO}." in response.content.decode()
    email = Email.objects.get()
    shown, links = preview.context["mail"].rendered, letters.links_of(letter)
    assert email.text == shown.text.replace(letters.AS_IT_LEAVES.reply, links.reply).replace(
        letters.AS_IT_LEAVES.stop, links.stop
    )
    page = preview.content.decode()
    for said in ("alice@harbour.example", email.subject, letters.AS_IT_LEAVES.reply):
        assert said in page
    pages = [page, as_alice.get(at("letter_write", letter)).content.decode()]
    pages.append(response.content.decode())
    for link in (links.reply, links.stop):
        assert link in email.text
        assert not any(link in page for page in pages)
    assert states(letter) == ["received", "asked"]


def test_a_double_click_sends_once(letter: AskLetter, as_alice: Client) -> None:
    for _ in range(2):
        assert (
            as_alice.post(at("letter_send", letter), {"to_address": TO, **READ}).status_code == 302
        )
    assert Email.objects.count() == 1


@pytest.mark.parametrize(
    "address",
    ["", "nobody", "a@b.example\nBcc: c@d.example", "x" * 300 + "@example.org", "<a@b.example>"],
)
def test_what_is_no_address_is_said_at_its_field(
    address: str, letter: AskLetter, as_alice: Client
) -> None:
    response = as_alice.post(at("letter_send", letter), {"to_address": address, **READ})
    assert list(response.context["form"].errors) == ["to_address"]
    assert Email.objects.count() == 0


def test_why_it_does_not_leave_is_said(letter: AskLetter, as_alice: Client) -> None:
    as_alice.post(at("letter_write", letter), written(letter, text="See https://evil.example"))
    sent = {"to_address": TO, **READ, "revision": 2}
    response = as_alice.post(at("letter_send", letter), sent)
    assert response.context["form"].errors == {"to_address": [OTHER_ADDRESSES]}
    assert f'value="{TO}"' in response.content.decode()


def test_what_has_gone_stays_as_it_is(letter: AskLetter, alice: User, as_alice: Client) -> None:
    send(letter, alice)
    page = as_alice.get(at("letter_write", letter)).content.decode()
    assert f"Sent by email to <bdi>{TO}</bdi>" in page
    assert 'name="text"' not in page
    assert "could not be delivered" not in page
    as_alice.post(at("letter_write", letter), written(letter, text="Other"))
    letter.refresh_from_db()
    assert letter.revision == 1
    Email.objects.update(state=State.FAILED)
    assert "could not be delivered" in as_alice.get(at("letter_write", letter)).content.decode()


def test_closing_the_link(letter: AskLetter, as_alice: Client) -> None:
    for _ in range(2):
        response = as_alice.post(at("letter_revoke", letter))
        assert response["Location"] == at("invitation_detail", letter)
    letter.refresh_from_db()
    assert letter.revoked_at is not None
    as_alice.post(at("letter_make", letter))
    assert letter.invitation.letters.count() == 2


def test_a_link_of_an_older_key_says_so(letter: AskLetter, alice: User, settings: Settings) -> None:
    settings.SECRET_KEY = "another"
    page = signed_in_as(alice).get(at("letter_write", letter)).content.decode()
    assert "Its reply link no longer works" in page


def test_a_closed_pledge_sends_nothing(letter: AskLetter, as_alice: Client) -> None:
    Pledge.objects.update(state="closed", closed_at=timezone.now())
    for name in ("letter_write", "letter_send", "letter_revoke", "letter_make"):
        assert as_alice.post(at(name, letter), {"to_address": TO, **READ}).status_code == 302, name
    assert Email.objects.count() == 0
    assert letter.invitation.letters.get().revoked_at is None


def test_no_more_letters(letter: AskLetter, alice: User, client: Client) -> None:
    """A mail program posts at once, without a cookie; a scanner's GET changes nothing."""
    address = stop_link(letter.pk)
    assert client.get(address).status_code == 404
    send(letter, alice)
    for method in (client.get, client.head):
        assert method(address).status_code == 200
    assert AddressRefusal.objects.count() == 0
    strict = Client(enforce_csrf_checks=True)
    for _ in range(2):
        assert strict.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert AddressRefusal.objects.count() == 1
    assert client.put(address).status_code == 405
    for token in ("nobody-knows-this", derived_token("reply", letter.pk)):
        assert client.post(reverse("mail_stop", args=[token])).status_code == 404


def test_it_is_never_too_late_to_want_no_more(
    letter: AskLetter, alice: User, client: Client
) -> None:
    send(letter, alice)
    AskLetter.objects.update(expires_at=timezone.now(), revoked_at=timezone.now())
    with time_machine.travel(timezone.now() + timedelta(days=800)):
        assert client.post(stop_link(letter.pk)).status_code == 200
    assert AddressRefusal.objects.count() == 1


@pytest.mark.parametrize("changed", ["letter", "entry"])
def test_nothing_leaves_that_was_not_read(
    changed: str, letter: AskLetter, as_assistant: Client, as_alice: Client
) -> None:
    """An assistant saved between the look at it and the click."""
    if changed == "letter":
        as_assistant.post(at("letter_write", letter), written(letter, text="Newer words"))
    else:
        Invitation.objects.update(title="Newer words", revision=2)
    response = as_alice.post(at("letter_send", letter), {"to_address": TO, **READ})
    page = response.content.decode()
    assert Email.objects.count() == 0
    assert "Nothing was sent." in page
    assert "Newer words" in page
    form = response.context["form"]
    sent = {name: form[name].value() for name in form.fields}
    assert sent["to_address"] == TO
    assert as_alice.post(at("letter_send", letter), sent).status_code == 302
    assert Email.objects.count() == 1


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
