"""Groups of Harbour Minds, and what happens when history cannot be written."""

from datetime import UTC, date, datetime

import pytest
from django.db import DatabaseError

from committees.enums import GroupKind
from committees.models import Group, Meeting
from organisations.models import Organisation
from recommendations.models import Action
from tests.factories.committees import GroupFactory, MeetingFactory
from tests.factories.recommendations import ActionFactory

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
TODAY = date(2026, 3, 10)


@pytest.fixture
def board(harbour: Organisation) -> Group:
    found: Group = GroupFactory(
        organisation=harbour, kind=GroupKind.BOARD, name="Board", created_at=NOW
    )
    return found


@pytest.fixture
def forum(harbour: Organisation) -> Group:
    found: Group = GroupFactory(
        organisation=harbour, kind=GroupKind.FORUM, name="Forum", created_at=NOW
    )
    return found


@pytest.fixture
def advisers(harbour: Organisation) -> Group:
    found: Group = GroupFactory(
        organisation=harbour, kind=GroupKind.ADVISORY, name="Advisers", created_at=NOW
    )
    return found


@pytest.fixture
def staff_network(harbour: Organisation) -> Group:
    found: Group = GroupFactory(organisation=harbour, kind=GroupKind.STAFF_NETWORK, name="Network")
    return found


@pytest.fixture
def sitting(board: Group) -> Meeting:
    """Of the board, today."""
    found: Meeting = MeetingFactory(group=board, date=TODAY)
    return found


@pytest.fixture
def regular(harbour: Organisation) -> Action:
    """Happens each quarter, with the meetings."""
    found: Action = ActionFactory(
        recommendation__organisation=harbour,
        position=1,
        cadence=True,
        title="Report to the board each quarter",
        moves_with_meetings=True,
    )
    return found


@pytest.fixture
def no_history(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise DatabaseError

    monkeypatch.setattr("committees.actions.locking.record", fail)
    monkeypatch.setattr("committees.actions.advice.record", fail)
