"""What fails around membership bodies leaves nothing behind."""

from datetime import timedelta

import pytest
from django.utils import timezone

from commitments.actions import bodies as actions
from commitments.models import BodyLink
from organisations.models import Organisation, User
from tests.commitments.bodies.conftest import TYPED, everything


def test_actions_roll_back_whole(
    asked: BodyLink,
    agreed: BodyLink,
    harbour: Organisation,
    northside: Organisation,
    alice: User,
    chidi: User,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def breaks(*args: object, **kwargs: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(actions, "record", breaks)
    now = timezone.now()
    BodyLink.objects.filter(pk=agreed.pk).update(ended_at=now - timedelta(days=1))
    before = everything()
    for work in (
        lambda: actions.ask_member(body=harbour, **TYPED, by=alice, now=now),
        lambda: actions.consent(link=asked, member=northside, by=chidi, now=now),
        lambda: actions.end_link(link=asked, organisation=harbour, by=alice, now=now),
    ):
        with pytest.raises(RuntimeError):
            work()
        assert everything() == before
