"""A check-in that fails leaves nothing behind."""

from typing import Any

import pytest
from django.utils import timezone

from commitments.actions import check_in as actions
from commitments.enums import Kept
from commitments.models import Pledge
from organisations.models import User
from tests.commitments.check_in.conftest import SEEN, answers, due, everything
from tests.factories.commitments import CheckInFactory


@pytest.mark.parametrize("name", ["check in", "put right", "draft"])
def test_it_rolls_back_whole(
    name: str, old: Pledge, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = answers(old)[SEEN]
    if name == "put right":
        CheckInFactory(pledge=old)
        mark = answers(old)[SEEN]

    def refuse(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("history is away")

    monkeypatch.setattr(actions, "record", refuse)
    said_now = dict.fromkeys(range(1, 9), (Kept.KEPT, "Words"))
    write = actions.save_draft if name == "draft" else actions.record_check_in
    before = everything()
    with pytest.raises(RuntimeError, match="history is away"):
        write(
            pledge=old, period=due(old).first, answers=said_now, by=alice, now=timezone.now(),
            seen=mark,
        )  # fmt: skip
    assert everything() == before
