"""A letter to an organiser, and what is done with it."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from commitments.actions import asking
from commitments.models import AskLetter, Invitation, Pledge
from history.models import Entry
from organisations.models import User
from outbox.models import Email
from tests.factories.commitments import InvitationFactory

NOW = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)
TODAY = date(2026, 5, 20)
TO = "organiser@example.org"


@pytest.fixture
def entry(pledge: Pledge) -> Invitation:
    return InvitationFactory(
        pledge=pledge, title="Voices of the Coast", organiser="Tarn College",
        received_on=date(2026, 5, 1), held_on=date(2026, 6, 15),
    )  # fmt: skip


@pytest.fixture
def letter(entry: Invitation, alice: User) -> AskLetter:
    return make(entry, alice)


def make(entry: Invitation, by: User, now: datetime = NOW) -> AskLetter:
    return asking.make_letter(invitation=entry, by=by, now=now)


def save(letter: AskLetter, by: User, text: str, seen: int = 1, **more: Any) -> AskLetter:
    return asking.save_letter(letter=letter, text=text, seen=seen, by=by, now=NOW, **more)


def send(letter: AskLetter, by: User, to: str = TO, now: datetime = NOW) -> AskLetter:
    letter.refresh_from_db()
    return asking.send_letter(
        letter=letter, to_address=to, seen=letter.revision,
        seen_entry=letter.invitation.revision, by=by, now=now,
    )  # fmt: skip


def revoke(letter: AskLetter, by: User) -> None:
    asking.revoke_letter(letter=letter, by=by, now=NOW)


def everything() -> list[list[Any]]:
    models = [Invitation, AskLetter, Email, Entry]
    return [list(model.objects.order_by("pk").values()) for model in models]
