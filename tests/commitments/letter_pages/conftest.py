"""The pages of a letter, and what is typed there."""

from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from commitments.actions.asking import make_letter, send_letter
from commitments.models import AskLetter, Invitation
from commitments.queries import letters
from organisations.models import User
from tests.commitments.conftest import today

TO = "organiser@example.org"
READ = {"revision": 1, "entry_revision": 1}


@pytest.fixture
def letter(invitation: Invitation, alice: User) -> AskLetter:
    return make_letter(invitation=invitation, by=alice, now=timezone.now())


def at(name: str, letter: AskLetter) -> str:
    return reverse(name, args=[letter.invitation_id])


def written(letter: AskLetter, **changes: Any) -> dict[str, Any]:
    now = {"text": letters.text_of(letter), "revision": letter.revision, "sent_on": today()}
    return now | changes


def send(letter: AskLetter, by: User) -> AskLetter:
    return send_letter(
        letter=letter, to_address=TO, seen=1, seen_entry=1, by=by, now=timezone.now()
    )


def states(letter: AskLetter) -> list[str]:
    return list(letter.invitation.steps.order_by("pk").values_list("state", flat=True))
