"""What a membership body sees of a member: two things alone."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from commitments.enums import Ending, PledgeState
from commitments.models import BodyLink, Pledge
from commitments.queries.bodies import LinkState
from organisations.models import Organisation, User
from tests.commitments.bodies.conftest import MEMBERS, SEEN_BY, end, link, seen
from tests.factories.commitments import PledgeFactory
from tests.factories.learning import BodyLinkFactory
from tests.factories.organisations import OrganisationFactory

MARCH = datetime(2025, 3, 4, 12, tzinfo=UTC)


def test_pledged_or_not_and_since_when(
    agreed: BodyLink, northside: Organisation, as_alice: Client
) -> None:
    assert seen(as_alice) == [(LinkState.AGREED, None)]
    assert "Not pledged" in as_alice.get(MEMBERS).content.decode()
    PledgeFactory(organisation=northside, draft=True)
    assert seen(as_alice) == [(LinkState.AGREED, None)]
    for made in (MARCH + timedelta(days=90), MARCH):
        first = PledgeFactory(organisation=northside, created_at=made)
    assert seen(as_alice) == [(LinkState.AGREED, MARCH.date())]
    Pledge.objects.filter(pk=first.pk).update(
        state=PledgeState.CLOSED, closed_at=timezone.now(), ending=Ending.WITHDRAWN
    )
    assert seen(as_alice) == [(LinkState.AGREED, (MARCH + timedelta(days=90)).date())]


def test_nothing_without_consent_and_nothing_after_it(
    asked: BodyLink, northside: Organisation, as_alice: Client, as_chidi: Client
) -> None:
    PledgeFactory(organisation=northside, created_at=MARCH)
    assert seen(as_alice) == [(LinkState.WAITING, None)]
    as_chidi.post(link(asked), {"member": str(northside.pk)})
    assert seen(as_alice) == [(LinkState.AGREED, MARCH.date())]
    as_chidi.post(end(asked, "bodies_end", "northside-trust"))
    assert seen(as_alice) == [(LinkState.ENDED, None)]
    assert "4 March 2025" not in as_alice.get(MEMBERS).content.decode()
    BodyLink.objects.update(ended_at=None, consented_at=None, consented_by=None, member=None)
    BodyLink.objects.update(expires_at=timezone.now())
    assert seen(as_alice) == [(LinkState.EXPIRED, None)]


def test_nothing_else_of_the_member_is_there(
    agreed: BodyLink, northside: Organisation, chidi: User, as_alice: Client
) -> None:
    Organisation.objects.filter(pk=northside.pk).update(name="CANARY organisation")
    type(chidi).objects.filter(pk=agreed.consented_by_id).update(display_name="CANARY person")
    PledgeFactory(organisation=northside, leader_name="CANARY", role_title="CANARY", slug="canary")
    shown = as_alice.get(MEMBERS).content.decode()
    assert "CANARY" not in shown
    assert "canary" not in shown
    assert northside.slug not in shown
    assert str(northside.pk) not in shown
    [row] = as_alice.get(MEMBERS).context["rows"]
    assert set(vars(row)) == {"pk", "name", "email", "asked_on", "state", "pledged_on"}


@pytest.mark.parametrize("rows", [1, 3])
def test_the_lists_cost_the_same_with_any_rows(
    rows: int,
    harbour: Organisation,
    northside: Organisation,
    as_alice: Client,
    as_chidi: Client,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for _ in range(rows):
        PledgeFactory(organisation=BodyLinkFactory(
            body=harbour, member=OrganisationFactory()
        ).member)  # fmt: skip
        BodyLinkFactory(member=northside)
    # Session, person, membership, a count and a page.
    with django_assert_num_queries(5):
        assert len(as_alice.get(MEMBERS).context["rows"]) == rows
    with django_assert_num_queries(5):
        assert len(as_chidi.get(SEEN_BY).context["page"]) == rows


def test_empty_lists_say_so(as_alice: Client, as_chidi: Client) -> None:
    assert "Nobody asked yet" in as_alice.get(MEMBERS).content.decode()
    assert "Nobody does" in as_chidi.get(SEEN_BY).content.decode()


def test_who_may_open_what(
    agreed: BodyLink, client: Client, as_alice: Client, as_bea: Client, as_chidi: Client
) -> None:
    for path in (MEMBERS, f"{MEMBERS}ask/", "/o/harbour-minds/who-sees-our-pledges/"):
        assert as_alice.get(path).status_code == 200
        assert as_bea.get(path).status_code == 403
        assert as_chidi.get(path).status_code == 404
        assert client.get(path)["Location"].startswith("/accounts/login/")
        assert as_alice.put(path).status_code == 405
    for name in ("body_end", "bodies_end"):
        assert as_bea.post(end(agreed, name)).status_code == 403
        assert as_chidi.post(end(agreed, name)).status_code == 404
        assert as_alice.get(end(agreed, name)).status_code == 405
