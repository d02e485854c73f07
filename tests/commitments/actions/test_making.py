"""What each step of making a pledge writes, and what it refuses."""

from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from commitments import actions
from commitments.enums import Cadence, Choice, PledgeState, PledgeVerb
from commitments.models import Pledge, Wording
from commitments.signing import Answer
from commitments.who import Who
from history.models import Entry
from organisations.models import Organisation, User
from tests.commitments.actions.conftest import NOW, everything, start
from tests.commitments.conftest import verbs


def test_a_draft_adopts_everything(alice: User, wording: Wording) -> None:
    pledge = start(alice, wording)
    assert pledge.state == PledgeState.DRAFT
    assert pledge.check_in_every == Cadence.MONTHLY
    promises = pledge.signings.get().promises.order_by("position")
    assert [promise.text for promise in promises] == [
        line.text for line in wording.promises.order_by("position")
    ]
    assert {promise.choice for promise in promises} == {Choice.ADOPTED}
    assert verbs() == [PledgeVerb.STARTED]


def test_the_second_click_finds_the_first_draft(alice: User, bea: User, wording: Wording) -> None:
    key = uuid4()
    assert start(alice, wording, key=key) == start(alice, wording, key=key)
    assert Pledge.objects.count() == 1
    with pytest.raises(PermissionDenied):
        start(bea, wording, key=key)
    with pytest.raises(PermissionDenied):
        start(None, wording, key=key)
    start(alice, wording)
    assert alice.pledges.count() == 2


def test_without_an_account_nobody_is_named(wording: Wording, harbour: Organisation) -> None:
    pledge = start(None, wording)
    assert (pledge.leader, pledge.is_worked_example) == (None, False)
    actions.change_who(pledge=pledge, who=Who("A", "B"), by=None, now=NOW)
    assert verbs() == []
    with pytest.raises(PermissionDenied):
        actions.change_who(pledge=pledge, who=Who("A", "B", harbour), by=None, now=NOW)


def test_a_draft_is_not_in_the_organisations_history(
    alice: User, harbour: Organisation, wording: Wording
) -> None:
    start(alice, wording, Who("Alice", "Chief", organisation=harbour))
    assert Entry.objects.get(verb=PledgeVerb.STARTED).organisation is None


def test_an_organisation_of_others_is_refused(
    alice: User, northside: Organisation, wording: Wording
) -> None:
    before = everything()
    with pytest.raises(PermissionDenied):
        start(alice, wording, Who("Alice", "Chief", organisation=northside))
    assert everything() == before


def test_a_change_of_promises_replaces_them_all(draft: Pledge, alice: User) -> None:
    keys = list(draft.signings.get().wording.promises.values_list("key", flat=True))
    answers = [Answer(key, Choice.LEFT_OUT) for key in keys]
    actions.write_own(pledge=draft, own=["Mine."], statement="Why", by=alice, now=NOW)
    actions.choose_promises(pledge=draft, answers=answers, by=alice, now=NOW)
    signing = draft.signings.get()
    assert signing.statement == "Why"
    assert signing.promises.count() == 9
    assert signing.promises.get(position=9).text == "Mine."
    assert verbs() == [PledgeVerb.EDITED] * 2
    actions.write_own(pledge=draft, own=["Yours.", "Ours."], statement="", by=alice, now=NOW)
    own = signing.promises.filter(choice=Choice.OWN).order_by("position")
    assert list(own.values_list("position", "text")) == [(9, "Yours."), (10, "Ours.")]


def test_what_is_signed_is_not_edited(pledge: Pledge, alice: User) -> None:
    before = everything()
    with pytest.raises(actions.AlreadySignedError):
        actions.choose_cadence(pledge=pledge, cadence=Cadence.QUARTERLY, by=alice, now=NOW)
    assert everything() == before
