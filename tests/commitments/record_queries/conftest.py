"""Entries of a record, and what they come to."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from commitments.enums import InvitationState
from commitments.models import Invitation, Pledge, Step, Wording
from organisations.models import Organisation, User
from tests.factories.commitments import InvitationFactory, PledgeFactory

TODAY = date(2026, 5, 20)
S = InvitationState


def at(month: int, day: int, year: int = 2026) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)


def entry(pledge: Pledge, *steps: S, on: date = date(2026, 5, 2), **more: Any) -> Invitation:
    """Received on 1 May, each step taken on `on`."""
    values: dict[str, Any] = {"received_on": date(2026, 5, 1)} | more
    state = steps[-1] if steps else S.RECEIVED
    asked_on = on if S.ASKED in steps else None
    invitation: Invitation = InvitationFactory(
        pledge=pledge, state=state, asked_on=asked_on, steps=False, **values
    )
    for step in (S.RECEIVED, *steps):
        Step.objects.create(
            invitation=invitation, state=step, on=on, by=pledge.leader, at=at(5, 2),
            confirmed_at=invitation.confirmed_at,
        )  # fmt: skip
    return invitation


@pytest.fixture
def kept(alice: User, harbour: Organisation, wording: Wording) -> Pledge:
    return PledgeFactory(
        leader=alice, organisation=harbour, signing=wording, created_at=at(1, 5, 2024)
    )
