"""What fails leaves nothing behind."""

from collections.abc import Callable
from typing import Any

import pytest

from commitments import actions
from commitments.actions import check_in as check_in_actions
from commitments.actions import making, publishing, trusting
from commitments.enums import Cadence, Choice, StandardKind
from commitments.models import Pledge
from commitments.signing import Answer, Standing
from commitments.who import Shows, Who
from organisations.models import User
from tests.commitments.actions.conftest import NOW, everything, look_back, start

Act = Callable[[Pledge, Pledge, User], object]
ACTIONS: dict[str, Act] = {
    "start_pledge": lambda draft, old, user: start(
        User.objects.create_user("new@example.org"), draft.signings.get().wording
    ),
    "change_who": lambda draft, old, user: actions.change_who(
        pledge=draft, who=Who("Someone", "Else"), by=user, now=NOW
    ),
    "choose_promises": lambda draft, old, user: actions.choose_promises(
        pledge=draft,
        answers=[
            Answer(key, Choice.ADOPTED)
            for key in draft.signings.get().wording.promises.values_list("key", flat=True)
        ],
        by=user,
        now=NOW,
    ),
    "write_own": lambda draft, old, user: actions.write_own(
        pledge=draft, own=["Mine."], statement="Why", by=user, now=NOW
    ),
    "choose_standards": lambda draft, old, user: actions.choose_standards(
        pledge=draft, standards=[Standing(StandardKind.ACEVO)], by=user, now=NOW
    ),
    "choose_what_shows": lambda draft, old, user: making.choose_what_shows(
        pledge=draft, shows=Shows(is_listed=False), by=user, now=NOW
    ),
    "choose_cadence": lambda draft, old, user: actions.choose_cadence(
        pledge=draft, cadence=Cadence.QUARTERLY, by=user, now=NOW
    ),
    "publish_pledge": lambda draft, old, user: actions.publish_pledge(
        pledge=draft, by=user, now=NOW
    ),
    "confirm_pledge": lambda draft, old, user: actions.confirm_pledge(
        pledge=old,
        shown=old.who_as_shown,
        by=User.objects.create_user("other@example.org"),
        now=NOW,
    ),
    "record_check_in": lambda draft, old, user: look_back(old, user),
}


@pytest.mark.parametrize("name", ACTIONS)
def test_it_rolls_back_whole(
    name: str, draft: Pledge, old: Pledge, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever was written before history refused is gone."""

    def refuse(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("history is away")

    monkeypatch.setattr(making, "record", refuse)
    monkeypatch.setattr(publishing, "record", refuse)
    monkeypatch.setattr(trusting, "record", refuse)
    monkeypatch.setattr(check_in_actions, "record", refuse)
    before = everything()
    with pytest.raises(RuntimeError, match="history is away"):
        ACTIONS[name](draft, old, alice)
    assert everything() == before
