"""What fails in the ledger leaves nothing behind."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.utils import timezone

from commitments import ledger
from commitments.actions import asking, entries
from commitments.actions import ledger as actions
from commitments.actions.ledger import PledgeClosedError
from commitments.enums import InvitationKind, InvitationState, PledgeState
from commitments.models import Invitation, Pledge, Step
from history.models import Entry
from organisations.models import User
from outbox.models import Email
from tests.commitments.ledger.conftest import (
    ACCEPTED,
    ASKED,
    CHANGED,
    NOW,
    RECEIVED,
    TODAY,
    add,
    anew,
    change,
    everything,
    path,
    summary,
    take,
)
from tests.factories.commitments import InvitationFactory
from tests.factories.replies import AskLetterFactory

Act = Callable[[Invitation, User], object]
ACTIONS: dict[str, Act] = {
    "add_invitation": lambda one, user: add(one.pledge, user),
    "take_step": lambda one, user: take(one, user, ACCEPTED),
    "take_back_step": lambda one, user: entries.take_back_step(
        invitation=one, state=ASKED, by=user, now=NOW
    ),
    "change_invitation": lambda one, user: change(one, user, title="New"),
    "remove_invitation": lambda one, user: entries.remove_invitation(
        invitation=InvitationFactory(pledge=one.pledge), by=user, now=NOW
    ),
    "ask_anew": lambda one, user: anew(
        InvitationFactory(
            pledge=one.pledge, kind=InvitationKind.SEAT, received_on=date(2025, 3, 1)
        ),
        user,
    ),
    "make_letter": lambda one, user: asking.make_letter(invitation=one, by=user, now=NOW),
    "send_letter": lambda one, user: asking.send_letter(
        letter=AskLetterFactory(invitation=one, created_at=NOW),
        to_address="organiser@example.org",
        seen=1,
        seen_entry=1,
        by=user,
        now=NOW,
    ),
    "revoke_letter": lambda one, user: asking.revoke_letter(
        letter=AskLetterFactory(invitation=one, created_at=NOW), by=user, now=NOW
    ),
}


@pytest.mark.parametrize("name", ACTIONS)
def test_it_rolls_back_whole(
    name: str, seen: Invitation, alice: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever was written before history refused is gone."""
    take(seen, alice, ASKED)
    kept = {Invitation: 1, Step: 2, Email: 0, Entry: Entry.objects.count()}

    def refuse(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("history is away")

    for module in (actions, entries, asking):
        monkeypatch.setattr(module, "record", refuse)
    before = everything()
    with pytest.raises(RuntimeError, match="history is away"):
        ACTIONS[name](seen, alice)
    rows = {model: model.objects.count() for model in kept}
    made_by_test = name in {"remove_invitation", "ask_anew"}
    assert rows == kept | ({Invitation: 2, Step: 3} if made_by_test else {})
    if not made_by_test and "letter" not in name:
        assert everything() == before


@pytest.mark.parametrize("name", ACTIONS)
def test_a_closed_pledge_is_kept_no_more(name: str, seen: Invitation, alice: User) -> None:
    take(seen, alice, ASKED)
    Pledge.objects.update(state=PledgeState.CLOSED, closed_at=timezone.now())
    with pytest.raises(PledgeClosedError):
        ACTIONS[name](seen, alice)
    assert path(seen) == [(RECEIVED, date(2026, 5, 1), True), (ASKED, TODAY, True)]


def test_the_sum_is_what_the_steps_say(seen: Invitation, alice: User) -> None:
    """Whatever the order in which they were noted."""
    for state in (ACCEPTED, ASKED, CHANGED):
        take(seen, alice, state)
    facts = [ledger.Taken(InvitationState(s.state), s.on) for s in seen.steps.all()]
    found = ledger.sum_up(facts)
    assert summary(seen) == (found.state, found.asked_on, found.lineup_changed)
