"""A coordinator of the member agrees, and nobody else."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commitments.actions import bodies as actions
from commitments.enums import BodyVerb
from commitments.models import BodyLink
from commitments.queries.bodies import LinkState
from history.models import Entry
from organisations.enums import Role
from organisations.models import Membership, Organisation, User
from tests.commitments.bodies.conftest import SEEN_BY, end, everything, link, seen
from tests.factories.organisations import MembershipFactory, OrganisationFactory


@pytest.fixture
def erin(northside: Organisation) -> User:
    """Coordinates nothing: staff of Northside Trust."""
    return MembershipFactory(organisation=northside, roles=[Role.STAFF]).user


def test_anybody_with_the_link_reads_what_would_be_seen(asked: BodyLink, client: Client) -> None:
    before = everything()
    for response in (client.get(link(asked)), client.post(link(asked), {"member": "x"})):
        shown = response.content.decode()
        assert response.status_code == 200
        assert "Alice Adeyemi" in shown
        assert "They see nothing else here" in shown
        assert "Sign in" in shown
        assert asked.email not in shown
        assert "noindex" in shown
    assert client.head(link(asked)).status_code == 200
    assert client.put(link(asked)).status_code == 405
    assert everything() == before


def test_a_coordinator_agrees(
    asked: BodyLink, northside: Organisation, chidi: User, as_chidi: Client, as_alice: Client
) -> None:
    """Whoever the email was sent to: it is the coordinator who answers for the organisation."""
    page = as_chidi.get(link(asked))
    assert page.context["form"]["member"].initial == northside.pk
    for _ in range(2):
        response = as_chidi.post(link(asked), {"member": str(northside.pk)})
        assert response["Location"] == SEEN_BY
    asked.refresh_from_db()
    assert (asked.member, asked.consented_by) == (northside, chidi)
    entry = Entry.objects.get()
    assert (entry.verb, entry.organisation, entry.actor) == (BodyVerb.CONSENTED, northside, chidi)
    assert seen(as_alice) == [(LinkState.AGREED, None)]
    assert as_chidi.get(link(asked))["Location"] == SEEN_BY
    assert as_alice.get(link(asked)).status_code == 410


def test_who_may_not_agree(
    asked: BodyLink,
    harbour: Organisation,
    northside: Organisation,
    erin: User,
    alice: User,
    as_alice: Client,
) -> None:
    """Staff cannot; the body cannot answer itself; nobody answers for an organisation of others."""
    before = everything()
    for by, member in ((erin, northside), (alice, northside), (alice, harbour)):
        with pytest.raises(PermissionDenied):
            actions.consent(link=asked, member=member, by=by, now=timezone.now())
    page = as_alice.post(link(asked), {"member": str(northside.pk)})
    assert "you are not a coordinator of another organisation" in page.content.decode()
    own = OrganisationFactory()
    MembershipFactory(organisation=own, user=alice, roles=[Role.COORDINATOR])
    refused = as_alice.post(link(asked), {"member": str(northside.pk)})
    assert list(refused.context["form"].errors) == ["member"]
    assert as_alice.post(link(asked), {"member": ""}).context["form"].errors == {
        "member": ["Choose one."]
    }
    assert everything() == before


def test_who_was_a_coordinator_may_not_agree(
    asked: BodyLink, northside: Organisation, chidi: User
) -> None:
    Membership.objects.filter(user=chidi).update(ended_at=timezone.now())
    with pytest.raises(PermissionDenied):
        actions.consent(link=asked, member=northside, by=chidi, now=timezone.now())


def test_a_pair_has_one_open_link(
    asked: BodyLink, agreed: BodyLink, northside: Organisation, as_chidi: Client
) -> None:
    response = as_chidi.post(link(asked), {"member": str(northside.pk)})
    assert response.context["form"].errors == {
        "member": ["Harbour Minds sees this of Northside Trust already."]
    }
    as_chidi.post(end(agreed, "bodies_end", "northside-trust"))
    assert as_chidi.post(link(asked), {"member": str(northside.pk)})["Location"] == SEEN_BY


def test_a_link_that_is_over(asked: BodyLink, northside: Organisation, chidi: User) -> None:
    client = Client()
    BodyLink.objects.update(expires_at=timezone.now())
    assert client.get(link(asked)).status_code == 410
    with pytest.raises(actions.LinkRefused):
        actions.consent(link=asked, member=northside, by=chidi, now=timezone.now())
    BodyLink.objects.update(
        expires_at=timezone.localtime() + timedelta(days=1), ended_at=timezone.now()
    )
    assert client.post(link(asked)).status_code == 410
    with pytest.raises(actions.LinkRefused):
        actions.consent(link=asked, member=northside, by=chidi, now=timezone.now())
    for name in ("body_consent", "mail_stop"):
        assert client.get(reverse(name, args=["x" * 43])).status_code == 404
        assert client.post(reverse(name, args=["x" * 43])).status_code == 404
