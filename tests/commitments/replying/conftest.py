"""An organiser answers without an account: a letter whose link is open, and its page."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commitments.models import AskLetter, Invitation, Reply, ReplyBarrier, ReplyTally, Step
from history.models import Entry
from organisations.tokens import derived_token, digest
from outbox.models import Email
from tests.factories.replies import AskLetterFactory, token_of

NUMBERS = {
    "people": "5", "women": "2", "not_women": "3",
    "told": "on", "minoritised": "1", "not_minoritised": "4",
}  # fmt: skip
UNKNOWN = "there-is-no-such-secret"


@pytest.fixture
def letter(invitation: Invitation) -> AskLetter:
    return AskLetterFactory(invitation=invitation)


@pytest.fixture
def mailed(letter: AskLetter) -> AskLetter:
    """It left by email, so a second link opens it."""
    letter.to_address, letter.sent_at = "events@fund.example", timezone.now()
    letter.mailed_sha256 = digest(derived_token("reply-mail", letter.pk))
    letter.save()
    return letter


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
