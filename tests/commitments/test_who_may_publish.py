"""A draft is its writer's alone until they publish it, and so is naming an organisation."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from commitments.actions.making import change_who
from commitments.actions.publishing import publish_pledge
from commitments.enums import PledgeState, PledgeVerb
from commitments.models import Pledge
from commitments.who import Who
from history.models import Entry
from organisations.models import Organisation, User
from tests.factories.commitments import PledgeFactory

NOW = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)


def test_only_the_leader_publishes(draft: Pledge, bea: User) -> None:
    with pytest.raises(PermissionDenied):
        publish_pledge(pledge=draft, by=bea, now=NOW)
    draft.refresh_from_db()
    assert (draft.state, draft.signings.get().signed_at) == (PledgeState.DRAFT, None)
    assert not Entry.objects.filter(verb=PledgeVerb.PUBLISHED).exists()


def test_nobody_publishes_a_draft_that_nobody_claimed(bea: User) -> None:
    unclaimed = PledgeFactory(draft=True, leader=None, leader_name="Ada", slug="draft-of-nobody")
    with pytest.raises(PermissionDenied):
        publish_pledge(pledge=unclaimed, by=bea, now=NOW)
    unclaimed.refresh_from_db()
    assert (unclaimed.state, unclaimed.leader) == (PledgeState.DRAFT, None)


@pytest.mark.parametrize("signed_in", [False, True])
def test_a_browser_that_began_it_does_not_open_it_once_it_is_somebodys(
    signed_in: bool, draft: Pledge, client: Client, bea: User
) -> None:
    """Whatever its session still says."""
    if signed_in:
        client.force_login(bea)
    session = client.session
    session["drafts"] = [str(draft.pk)]
    session.save()
    for name in ("pledge_who", "pledge_own", "pledge_check"):
        assert client.get(reverse(name, args=[draft.pk])).status_code == 404
    for name in ("pledge_publish", "draft_drop", "preview_make"):
        assert client.post(reverse(name, args=[draft.pk])).status_code == 404
    assert Pledge.objects.get().state == PledgeState.DRAFT


def test_an_organisation_that_one_has_left_is_named_no_more(
    draft: Pledge, alice: User, harbour: Organisation
) -> None:
    alice.memberships.update(ended_at=NOW)
    who = Who(name="Alice", role_title="Chair", organisation=harbour)
    with pytest.raises(PermissionDenied):
        change_who(pledge=draft, who=who, by=alice, now=NOW)
