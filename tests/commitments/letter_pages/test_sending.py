"""The leader alone sends the letter, as it was read."""

import pytest
from django.test import Client

from commitments.actions.asking import OTHER_ADDRESSES
from commitments.models import AskLetter, Invitation
from commitments.queries import letters
from organisations.models import User
from outbox.enums import State
from outbox.models import Email
from tests.commitments.letter_pages.conftest import READ, TO, at, send, states, written


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
