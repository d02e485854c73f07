"""What fails around assistants leaves nothing behind."""

from typing import Any

import pytest
from django.utils import timezone

from commitments.actions import assisting as actions
from commitments.models import Assistant
from commitments.queries.tending import to_confirm
from organisations.models import User
from tests.commitments.assisting.conftest import ask, everything, written_by


@pytest.mark.parametrize("name", ["ask", "accept", "refuse", "end", "confirm"])
def test_it_rolls_back_whole(
    name: str,
    asked: Assistant,
    newcomer: User,
    alice: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pledge, now = asked.pledge, timezone.now()
    entry = written_by(newcomer, pledge)

    def refuse(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("history is away")

    monkeypatch.setattr(actions, "record", refuse)
    acts = {
        "ask": lambda: ask(pledge, alice, "other@harbour.example"),
        "accept": lambda: actions.become_assistant(asked=asked, by=newcomer, now=now),
        "refuse": lambda: actions.decline(asked=asked, now=now),
        "end": lambda: actions.end_assisting(assistant=asked, by=alice, now=now),
        "confirm": lambda: actions.confirm_entries(
            pledge=pledge, shown=[each.mark for each in to_confirm(pledge)], by=alice, now=now
        ),
    }
    before = everything()
    with pytest.raises(RuntimeError, match="history is away"):
        acts[name]()
    assert everything() == before
    assert entry.confirmed_at is None
