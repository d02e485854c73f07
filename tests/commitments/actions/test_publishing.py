"""Publishing a pledge, and confirming it."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from commitments import actions
from commitments.actions import publishing
from commitments.enums import PledgeState, PledgeVerb
from commitments.models import Pledge, Wording
from history.models import Entry
from organisations.models import User
from tests.commitments.actions.conftest import NOW, everything
from tests.commitments.conftest import verbs
from tests.factories.commitments import PledgeFactory


def test_publishing_signs_and_takes_an_address(draft: Pledge, alice: User) -> None:
    published = actions.publish_pledge(pledge=draft, by=alice, now=NOW)
    assert published.slug == "alice-adeyemi"
    assert published.published_at == NOW
    assert published.signings.get().signed_at == NOW
    assert verbs() == [PledgeVerb.PUBLISHED]
    assert Entry.objects.get(verb=PledgeVerb.PUBLISHED).organisation == draft.organisation


def test_publishing_twice_writes_once(draft: Pledge, alice: User) -> None:
    actions.publish_pledge(pledge=draft, by=alice, now=NOW)
    before = everything()
    actions.publish_pledge(pledge=draft, by=alice, now=timezone.now())
    assert everything() == before


def test_namesakes_get_addresses_of_their_own(draft: Pledge, alice: User, wording: Wording) -> None:
    PledgeFactory(slug="alice-adeyemi", signing=wording)
    PledgeFactory(slug="alice-adeyemi-2", signing=wording)
    assert actions.publish_pledge(pledge=draft, by=alice, now=NOW).slug == "alice-adeyemi-3"


def test_an_address_taken_meanwhile_is_left_to_whoever_took_it(
    draft: Pledge, alice: User, wording: Wording, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another transaction takes the address after this one has looked."""
    PledgeFactory(slug="alice-adeyemi", signing=wording)
    monkeypatch.setattr(publishing, "taken_addresses", lambda base: set())
    assert actions.publish_pledge(pledge=draft, by=alice, now=NOW).slug == "alice-adeyemi-2"


def test_a_pledge_of_nothing_is_not_published(alice: User, wording: Wording) -> None:
    keys = tuple(wording.promises.values_list("key", flat=True))
    empty = PledgeFactory(leader=alice, draft=True, signing=wording, signing__left_out=keys)
    with pytest.raises(ValidationError):
        actions.publish_pledge(pledge=empty, by=alice, now=NOW)
    empty.refresh_from_db()
    assert empty.state == PledgeState.DRAFT


def test_the_organisation_confirms(pledge: Pledge, bea: User) -> None:
    confirmed = actions.confirm_pledge(pledge=pledge, shown=pledge.who_as_shown, by=bea, now=NOW)
    assert (confirmed.confirmed_at, confirmed.confirmed_by) == (NOW, bea)
    actions.confirm_pledge(pledge=pledge, shown=pledge.who_as_shown, by=bea, now=timezone.now())
    assert verbs() == [PledgeVerb.CONFIRMED]


def test_nobody_confirms_their_own(pledge: Pledge, alice: User) -> None:
    with pytest.raises(PermissionDenied):
        actions.confirm_pledge(pledge=pledge, shown=pledge.who_as_shown, by=alice, now=NOW)


def test_a_draft_is_not_confirmed(draft: Pledge, bea: User) -> None:
    with pytest.raises(PermissionDenied):
        actions.confirm_pledge(pledge=draft, shown=draft.who_as_shown, by=bea, now=NOW)
