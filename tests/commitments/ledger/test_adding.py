"""Adding to the ledger."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from commitments.enums import PledgeVerb
from commitments.models import Pledge
from history.models import Entry
from organisations.models import Organisation, User
from tests.commitments.conftest import verbs
from tests.commitments.ledger.conftest import (
    ASKED,
    NOW,
    RECEIVED,
    TODAY,
    add,
    everything,
    path,
    summary,
)
from tests.factories.panels import GatheringFactory


def test_adding_an_invitation(pledge: Pledge, alice: User) -> None:
    added = add(pledge, alice)
    assert (added.kind, added.written_by, added.confirmed_at) == ("invited", alice, NOW)
    assert path(added) == [(RECEIVED, TODAY, True)]
    assert summary(added) == (RECEIVED, None, False)
    asked = add(pledge, alice, title="Other", received_on=date(2026, 5, 1), asked_on=TODAY)
    assert path(asked) == [(RECEIVED, date(2026, 5, 1), True), (ASKED, TODAY, True)]
    assert summary(asked) == (ASKED, TODAY, False)
    assert verbs() == [PledgeVerb.INVITATION_ADDED] * 2
    assert Entry.objects.filter(organisation__isnull=False).count() == 0


def test_a_double_click_adds_one(pledge: Pledge, alice: User) -> None:
    first = add(pledge, alice)
    assert add(pledge, alice, now=NOW + timedelta(seconds=59)) == first
    assert add(pledge, alice, now=NOW + timedelta(seconds=61)) != first
    assert add(pledge, alice, title="Other") != first
    assert pledge.invitations.count() == 3


def test_what_an_assistant_adds_waits_for_the_leader(pledge: Pledge, assistant: User) -> None:
    added = add(pledge, assistant, asked_on=TODAY)
    assert (added.written_by, added.confirmed_at) == (assistant, None)
    assert path(added) == [(RECEIVED, TODAY, False), (ASKED, TODAY, False)]


def test_an_event_of_ones_own_organisation(
    pledge: Pledge, alice: User, assistant: User, harbour: Organisation, northside: Organisation
) -> None:
    ours, theirs = GatheringFactory(organisation=harbour), GatheringFactory(organisation=northside)
    assert add(pledge, alice, gathering=ours).gathering == ours
    before = everything()
    for by, gathering in ((alice, theirs), (assistant, ours)):
        with pytest.raises(PermissionDenied):
            add(pledge, by, gathering=gathering, title="Other")
    assert everything() == before
