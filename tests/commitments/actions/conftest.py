"""What a pledge and its history hold after an action."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import pytest

from commitments import actions
from commitments.enums import Kept
from commitments.models import (
    CheckIn,
    CheckInLine,
    Invitation,
    Pledge,
    Promise,
    Signing,
    Standard,
    Wording,
)
from commitments.who import Who
from history.models import Entry
from organisations.models import Organisation, User
from tests.factories.commitments import PledgeFactory

NOW = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)


def everything() -> list[list[Any]]:
    models = [Pledge, Signing, Promise, Standard, Invitation, CheckIn, CheckInLine, Entry]
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.fixture
def old(alice: User, harbour: Organisation, wording: Wording) -> Pledge:
    """Published in January 2026."""
    made = datetime(2026, 1, 5, tzinfo=UTC)
    return PledgeFactory(leader=alice, organisation=harbour, signing=wording, created_at=made)


def start(
    by: User | None, wording: Wording, who: Who | None = None, key: UUID | None = None
) -> Pledge:
    who = who or Who("Alice Adeyemi", "Chief executive")
    return actions.start_pledge(who=who, wording=wording, by=by, now=NOW, key=key)


def look_back(
    pledge: Pledge,
    by: User,
    answers: dict[int, tuple[Kept, str]] | None = None,
    period: date = date(2026, 4, 1),
) -> CheckIn:
    return actions.record_check_in(
        pledge=pledge, period=period, answers=answers or {}, by=by, now=NOW
    )
