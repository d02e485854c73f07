"""A reflection is written whole or not at all."""

from collections.abc import Callable
from typing import Any

import pytest

from commitments.actions import reflecting
from commitments.actions.reflecting import publish_reflection, withdraw_reflection
from commitments.models import Invitation
from organisations.models import User
from tests.commitments.reflecting.conftest import NOW, everything, write
from tests.factories.replies import ReflectionFactory


def publish(invitation: Invitation, by: User) -> None:
    publish_reflection(invitation=invitation, seen=1, by=by, now=NOW)


def withdraw(invitation: Invitation, by: User) -> None:
    withdraw_reflection(invitation=invitation, by=by, now=NOW)


def write_over(invitation: Invitation, by: User) -> None:
    write(invitation, by, seen=1)


@pytest.mark.parametrize("act", [write_over, publish, withdraw])
def test_an_action_is_done_whole_or_not_at_all(
    act: Callable[[Invitation, User], None],
    past: Invitation,
    alice: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError

    ReflectionFactory(invitation=past, published_at=NOW if act is withdraw else None)
    before = everything()
    monkeypatch.setattr(reflecting, "record", fail)
    with pytest.raises(RuntimeError):
        act(past, alice)
    assert everything() == before
