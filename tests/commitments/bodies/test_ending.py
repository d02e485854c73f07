"""Either side ends what a membership body may see."""

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.utils import timezone

from commitments.actions import bodies as actions
from commitments.enums import BodyVerb
from commitments.models import BodyLink
from history.models import Entry
from organisations.models import Organisation, User
from tests.commitments.bodies.conftest import MEMBERS, SEEN_BY, end, everything, link
from tests.factories.organisations import OrganisationFactory


def test_the_body_takes_back_or_ends(
    asked: BodyLink, harbour: Organisation, alice: User, as_alice: Client, client: Client
) -> None:
    for _ in range(2):
        assert as_alice.post(end(asked))["Location"] == MEMBERS
    assert client.get(link(asked)).status_code == 410
    entry = Entry.objects.get()
    assert (entry.verb, entry.organisation, entry.actor) == (BodyVerb.ENDED, harbour, alice)


def test_the_member_ends_at_any_time(
    agreed: BodyLink, northside: Organisation, as_chidi: Client
) -> None:
    assert [row.pk for row in as_chidi.get(SEEN_BY).context["page"]] == [agreed.pk]
    path = end(agreed, "bodies_end", "northside-trust")
    assert as_chidi.get(path).status_code == 405
    assert as_chidi.post(path)["Location"] == SEEN_BY
    assert "Ended on" in as_chidi.get(SEEN_BY).content.decode()
    assert Entry.objects.get().organisation == northside


def test_a_third_party_ends_nothing(
    agreed: BodyLink, asked: BodyLink, alice: User, as_alice: Client, as_chidi: Client
) -> None:
    before = everything()
    assert as_chidi.post(end(agreed, "body_end", "northside-trust")).status_code == 404
    assert as_alice.post(end(agreed, "bodies_end")).status_code == 404
    assert as_chidi.post(end(asked, "bodies_end", "northside-trust")).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.end_link(
            link=agreed, organisation=OrganisationFactory(), by=alice, now=timezone.now()
        )
    assert everything() == before
