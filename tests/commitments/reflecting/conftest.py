"""An event that is over, and what was written about it."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from commitments.actions.reflecting import write_reflection
from commitments.enums import InvitationState
from commitments.models import Assistant, Invitation, Pledge, Reflection
from commitments.reflecting import PARTS
from history.models import Entry
from organisations.models import User
from organisations.tokens import digest, new_token
from tests.factories.commitments import InvitationFactory
from tests.factories.organisations import UserFactory

NOW = timezone.now()
TODAY = timezone.localdate()
WORDS = dict.fromkeys(PARTS, "") | {"what_happened": "Four men spoke.", "will_try": "Ask sooner."}


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
