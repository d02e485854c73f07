"""Which entries are removed, and which stay."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from commitments import ledger
from commitments.actions import entries
from commitments.enums import PledgeVerb
from commitments.models import Invitation, Pledge, Step
from history.models import Entry
from organisations.models import User
from tests.commitments.ledger.conftest import ACCEPTED, NOW, add, everything, take
from tests.factories.replies import AskLetterFactory, ReflectionFactory

WEEK = timedelta(days=7)


@pytest.mark.parametrize(("ago", "may"), [(WEEK, True), (WEEK + timedelta(seconds=1), False)])
def test_only_what_was_noted_lately_is_taken_back_or_removed(
    ago: timedelta, may: bool, pledge: Pledge, alice: User
) -> None:
    entry = add(pledge, alice, received_on=date(2026, 5, 1))
    take(entry, alice, ACCEPTED)
    Step.objects.update(at=NOW - ago)
    Invitation.objects.update(created_at=NOW - ago)

    def undo() -> None:
        assert entries.take_back_step(invitation=entry, state=ACCEPTED, by=alice, now=NOW)
        entries.remove_invitation(invitation=entry, by=alice, now=NOW)

    if may:
        undo()
        assert pledge.invitations.count() == 0
    else:
        before = everything()
        with pytest.raises(ValidationError, match="more than 7 days ago"):
            undo()
        assert everything() == before


def test_what_was_ever_noted_of_an_entry_keeps_it(pledge: Pledge, alice: User) -> None:
    """The step was noted lately, and the entry long ago."""
    entry = add(pledge, alice, received_on=date(2026, 5, 1), now=NOW - timedelta(days=8))
    take(entry, alice, ACCEPTED)
    assert entries.take_back_step(invitation=entry, state=ACCEPTED, by=alice, now=NOW)
    with pytest.raises(ValidationError) as refusal:
        entries.remove_invitation(invitation=entry, by=alice, now=NOW)
    assert refusal.value.messages == [ledger.ENTRY_STAYS]


def test_removing_an_entry(pledge: Pledge, seen: Invitation, alice: User) -> None:
    AskLetterFactory(invitation=seen)
    entries.remove_invitation(invitation=seen, by=alice, now=NOW)
    assert pledge.invitations.count() == 0
    entry = Entry.objects.get(verb=PledgeVerb.INVITATION_REMOVED)
    assert (entry.subject_id, entry.details) == (pledge.pk, {})


@pytest.mark.parametrize("more", ["step", "letter", "reflection"])
def test_what_something_came_of_stays(more: str, seen: Invitation, alice: User) -> None:
    if more == "step":
        take(seen, alice, ACCEPTED)
    elif more == "letter":
        AskLetterFactory(invitation=seen, sent_at=NOW, sent_by=alice)
    else:
        ReflectionFactory(invitation=seen)
    before = everything()
    with pytest.raises(ValidationError):
        entries.remove_invitation(invitation=seen, by=alice, now=NOW)
    assert everything() == before
