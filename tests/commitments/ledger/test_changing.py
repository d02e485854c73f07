"""Changing the details of an entry."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from commitments import ledger
from commitments.actions.revisions import MovedOnError
from commitments.enums import PledgeVerb
from commitments.models import Invitation, Pledge
from organisations.models import Organisation, User
from tests.commitments.conftest import verbs
from tests.commitments.ledger.conftest import (
    ASKED,
    NOW,
    RECEIVED,
    TODAY,
    add,
    change,
    everything,
    path,
    take,
)
from tests.factories.panels import GatheringFactory
from tests.factories.replies import ReflectionFactory


def test_changing_the_details(seen: Invitation, alice: User) -> None:
    changed = change(seen, alice, title="New", received_on=date(2026, 5, 2))
    assert (changed.title, changed.revision) == ("New", 2)
    assert path(seen) == [(RECEIVED, date(2026, 5, 2), True)]
    assert verbs() == [PledgeVerb.INVITATION_CHANGED]
    assert change(seen, alice, seen=2, title="New").revision == 3
    assert Invitation.objects.get().revision == 2


def test_the_second_of_two_is_told(seen: Invitation, alice: User) -> None:
    change(seen, alice, title="First")
    before = everything()
    with pytest.raises(MovedOnError) as moved_on:
        change(seen, alice, title="Second")
    assert (moved_on.value.current.title, moved_on.value.current.revision) == ("First", 2)  # type: ignore[attr-defined]
    assert everything() == before
    assert change(seen, alice, seen=2, title="Second").title == "Second"


def test_an_assistant_changes_what_is_not_confirmed(
    pledge: Pledge, alice: User, assistant: User
) -> None:
    added = add(pledge, assistant)
    changed = change(added, assistant, held_on=date(2026, 6, 16))
    assert (changed.written_by, changed.confirmed_at) == (assistant, None)
    assert path(added) == [(RECEIVED, TODAY, False)]
    assert change(added, alice, seen=2, held_on=date(2026, 6, 17)).confirmed_at == NOW
    before = everything()
    for details in ({"title": "Other"}, {"held_on": date(2026, 6, 18)}, {"note": "Mine"}):
        with pytest.raises(PermissionDenied):
            change(added, assistant, seen=3, **details)
    assert everything() == before


def test_nor_what_is_reflected_on_in_public(seen: Invitation, alice: User, assistant: User) -> None:
    Invitation.objects.update(confirmed_at=None)
    written = ReflectionFactory(invitation=seen, published_at=NOW)
    with pytest.raises(PermissionDenied):
        change(seen, assistant, title="Other")
    written.published_at = None
    written.save()
    assert change(seen, assistant, title="Other").title == "Other"


def test_the_day_of_a_linked_event_is_the_entrys(
    pledge: Pledge, seen: Invitation, alice: User, harbour: Organisation
) -> None:
    event = GatheringFactory(organisation=harbour, held_on=date(2026, 6, 30))
    linked = change(seen, alice, gathering=event, held_on=date(2026, 6, 1))
    assert linked.held_on == event.held_on
    assert change(seen, alice, seen=2, held_on=None).held_on == event.held_on
    event.held_on = date(2026, 7, 1)
    event.save(update_fields=["held_on"])
    assert Invitation.objects.get(pk=seen.pk).held_on == event.held_on
    other = GatheringFactory(organisation=harbour, held_on=date(2026, 6, 29))
    assert add(pledge, alice, gathering=other, held_on=TODAY).held_on == other.held_on


def test_one_entry_for_each_event(
    pledge: Pledge, seen: Invitation, alice: User, harbour: Organisation
) -> None:
    event = GatheringFactory(organisation=harbour)
    first = add(pledge, alice, gathering=event)
    assert add(pledge, alice, gathering=event) == first
    before = everything()
    for act in (
        lambda: add(pledge, alice, gathering=event, title="Again"),
        lambda: change(seen, alice, gathering=event),
    ):
        with pytest.raises(ValidationError) as refusal:
            act()
        assert refusal.value.message_dict == {"gathering": [ledger.LINKED_ALREADY]}
    assert everything() == before
    assert change(first, alice, title="Still linked").gathering == event


def test_details_that_cannot_be(seen: Invitation, alice: User, northside: Organisation) -> None:
    take(seen, alice, ASKED)
    before = everything()
    with pytest.raises(ValidationError) as refusal:
        change(seen, alice, received_on=date(2026, 5, 21))
    assert list(refusal.value.message_dict) == ["received_on"]
    with pytest.raises(PermissionDenied):
        change(seen, alice, gathering=GatheringFactory(organisation=northside))
    assert everything() == before
