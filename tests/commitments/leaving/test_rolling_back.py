"""What fails while somebody leaves, leaves nothing behind."""

import pytest

from commitments.actions import leaving
from commitments.actions.leaving import close_pledge, hand_over, revoke_handover, take_on
from commitments.enums import Ending
from commitments.models import Handover, Pledge, Promise, Signing
from history.models import Entry
from organisations.models import User
from outbox.models import Email
from tests.commitments.leaving.conftest import NEXT, NOW, TODAY
from tests.factories.trusting import HandoverFactory, close_as

WORKS = {
    "close": lambda old, asked, alice, nkechi: close_pledge(
        pledge=old, ending=Ending.WITHDRAWN, ended_on=None, by=alice, now=NOW
    ),
    "hand over": lambda old, asked, alice, nkechi: hand_over(
        pledge=old, ended_on=TODAY, email=NEXT, by=alice, now=NOW
    ),
    "revoke": lambda old, asked, alice, nkechi: revoke_handover(handover=asked, by=alice, now=NOW),
    "take on": lambda old, asked, alice, nkechi: take_on(handover=asked, by=nkechi, now=NOW),
}


@pytest.mark.parametrize("work", WORKS)
def test_what_fails_leaves_nothing_behind(
    work: str, old: Pledge, alice: User, nkechi: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = HandoverFactory(pledge=old, email=NEXT)
    if work in {"close", "hand over"}:
        asked.delete()
    else:
        close_as(asked, now=NOW)

    def everything() -> list[list[object]]:
        models = [Pledge, Handover, Signing, Promise, Entry, Email]
        return [list(model.objects.order_by("pk").values()) for model in models]

    def fail(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    before = everything()
    monkeypatch.setattr(leaving, "record", fail)
    with pytest.raises(RuntimeError):
        WORKS[work](old, asked, alice, nkechi)
    assert everything() == before
