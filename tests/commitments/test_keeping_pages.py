"""A leader's own record: theirs alone."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commitments.enums import InvitationState, Kept
from commitments.models import Pledge, Wording
from commitments.queries.check_ins import look_backs
from commitments.rhythm import open_period
from organisations.models import Organisation, User
from tests.factories.commitments import CheckInFactory, InvitationFactory, PledgeFactory

OF_A_PLEDGE = ["my_pledge", "invitation_add", "check_in"]


@pytest.fixture
def old(alice: User, harbour: Organisation, wording: Wording) -> Pledge:
    """Published 100 days ago, so that a check-in is open."""
    made = timezone.localtime() - timedelta(days=100)
    return PledgeFactory(leader=alice, organisation=harbour, signing=wording, created_at=made)


@pytest.mark.parametrize("name", OF_A_PLEDGE)
def test_a_record_is_its_leaders_alone(
    name: str, old: Pledge, as_alice: Client, as_bea: Client, as_chidi: Client, client: Client
) -> None:
    address = reverse(name, args=[old.pk])
    assert as_alice.get(address).status_code == 200
    assert as_alice.delete(address).status_code == 405
    assert as_bea.get(address).status_code == 404
    assert as_chidi.get(address).status_code == 404
    assert client.get(address)["Location"].startswith("/accounts/login/")
    assert as_alice.get(reverse(name, args=[uuid4()])).status_code == 404


@pytest.mark.parametrize("name", OF_A_PLEDGE)
def test_a_draft_has_no_record_yet(name: str, draft: Pledge, as_alice: Client) -> None:
    response = as_alice.get(reverse(name, args=[draft.pk]))
    if name == "my_pledge":
        assert response["Location"] == reverse("pledge_check", args=[draft.pk])
    else:
        assert response.status_code == 404


def test_missed_check_ins_show_as_missed(old: Pledge, as_alice: Client) -> None:
    latest = open_period(timezone.localdate(), old.check_in_every)
    earlier = open_period(latest.first, old.check_in_every)
    CheckInFactory(pledge=old, period=earlier.first, lines={1: (Kept.PARTLY, "Asked once")})
    page = as_alice.get(reverse("my_pledge", args=[old.pk])).content.decode()
    assert page.count("Checked in") == 1
    passed = look_backs(old, today=timezone.localdate())
    assert page.count("</svg>Missed</span>") == sum(each.passed.missed for each in passed)
    assert "Asked once" in page
    assert f">Check-in for {latest.words}</a>" in page


def test_in_ones_own_list_it_is_i_who_asked(old: Pledge, as_alice: Client) -> None:
    today = timezone.localdate()
    for state in (InvitationState.ASKED, InvitationState.ANSWERED):
        InvitationFactory(pledge=old, state=state, asked_on=today)
    record = as_alice.get(reverse("my_pledge", args=[old.pk])).content.decode()
    assert "I asked" in record
    assert "They answered" in record
    assert "We asked" not in record
