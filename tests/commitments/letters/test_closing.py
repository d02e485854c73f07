"""The link of a letter: closed, outlived, or never the one that was emailed."""

import pytest
from pytest_django.fixtures import Settings

from commitments.actions.asking import LetterRefused
from commitments.enums import PledgeVerb
from commitments.models import AskLetter, Invitation
from commitments.queries import letters
from organisations.models import User
from organisations.tokens import digest
from outbox.enums import State
from outbox.models import Email
from tests.commitments.conftest import verbs
from tests.commitments.letters.conftest import NOW, make, revoke, send


def test_closing_the_link(letter: AskLetter, entry: Invitation, alice: User) -> None:
    revoke(letter, alice)
    revoke(letter, alice)
    assert AskLetter.objects.get().revoked_at == NOW
    assert verbs() == [PledgeVerb.LETTER_MADE, PledgeVerb.LETTER_REVOKED]
    with pytest.raises(LetterRefused):
        send(letter, alice)
    assert make(entry, alice) != letter


def test_after_the_key_was_changed_nothing_leaves(
    letter: AskLetter, alice: User, settings: Settings
) -> None:
    settings.SECRET_KEY = "another"
    assert not letters.still_opens(letter)
    with pytest.raises(LetterRefused, match="closed"):
        send(letter, alice)


def test_an_email_that_came_back_is_known(letter: AskLetter, alice: User) -> None:
    send(letter, alice)
    assert not letters.has_come_back(letter)
    Email.objects.update(state=State.FAILED)
    assert letters.has_come_back(letter)


def test_the_emailed_link_is_its_own(letter: AskLetter, alice: User) -> None:
    assert letter.mailed_sha256 is None
    sent = send(letter, alice)
    token = letters.links_of(sent).reply.rstrip("/").rsplit("/")[-1]
    assert bytes(sent.mailed_sha256) == digest(token)
    email = Email.objects.get()
    for words in (email.text, email.html):
        assert letters.reply_link(letter) not in words
