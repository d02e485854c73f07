"""Writing in the ledger, and what stands there afterwards."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from commitments.actions import entries
from commitments.actions.ledger import add_invitation, take_step
from commitments.enums import InvitationState
from commitments.models import AskLetter, Invitation, Pledge, Step
from history.models import Entry
from organisations.models import User
from outbox.models import Email
from tests.factories.commitments import InvitationFactory

NOW = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)
TODAY = date(2026, 5, 20)
RECEIVED, ASKED = InvitationState.RECEIVED, InvitationState.ASKED
ANSWERED, CHANGED = InvitationState.ANSWERED, InvitationState.CHANGED
ACCEPTED = InvitationState.ACCEPTED


@pytest.fixture
def seen(pledge: Pledge) -> Invitation:
    """Came on 1 May, will be held on 15 June."""
    return InvitationFactory(
        pledge=pledge, received_on=date(2026, 5, 1), held_on=date(2026, 6, 15), created_at=NOW
    )


def add(pledge: Pledge, by: User, now: datetime = NOW, **changes: Any) -> Invitation:
    fields = {
        "title": "Voices",
        "organiser": "",
        "held_on": None,
        "received_on": TODAY,
        "asked_on": None,
    }
    return add_invitation(pledge=pledge, **(fields | changes), by=by, now=now)


def take(invitation: Invitation, by: User | None, state: InvitationState, **more: Any) -> Step:
    return take_step(invitation=invitation, state=state, **({"on": TODAY} | more), by=by, now=NOW)


def path(invitation: Invitation) -> list[tuple[str, date, bool]]:
    rows = invitation.steps.order_by("pk")
    return [(step.state, step.on, step.confirmed_at is not None) for step in rows]


def summary(invitation: Invitation) -> tuple[str, date | None, bool]:
    invitation.refresh_from_db()
    return (invitation.state, invitation.asked_on, invitation.lineup_changed)


def everything() -> list[list[Any]]:
    models = [Pledge, Invitation, Step, AskLetter, Email, Entry]
    return [list(model.objects.order_by("pk").values()) for model in models]


def change(invitation: Invitation, by: User, seen: int = 1, **details: Any) -> Invitation:
    return entries.change_invitation(
        invitation=invitation, details=details, seen=seen, by=by, now=NOW
    )


def anew(invitation: Invitation, by: User) -> Invitation:
    return entries.ask_anew(invitation=invitation, by=by, now=NOW)
