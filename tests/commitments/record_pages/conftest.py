"""A pledge with a year behind it."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commitments.enums import InvitationState
from commitments.models import Invitation, Pledge, Wording
from commitments.queries import current_promises
from commitments.queries.own_record import OwnRecord, own_record_of
from organisations.models import Organisation, User
from tests.factories.commitments import InvitationFactory, PledgeFactory
from tests.factories.panels import GatheringFactory, enter_count, numbers

PAGES = ["my_pledge", "record_csv", "figures_csv", "record_pdf"]
FILES = PAGES[1:]
S = InvitationState


@pytest.fixture
def old(alice: User, harbour: Organisation, wording: Wording) -> Pledge:
    """Published 800 days ago: there are earlier years, and a check-in is open."""
    made = timezone.localtime() - timedelta(days=800)
    return PledgeFactory(
        leader=alice, organisation=harbour, signing=wording, created_at=made,
        leader_name="Alice Adeyemi",
    )  # fmt: skip


def days_ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def taken_part(pledge: Pledge, *, both: bool = True, **more: Any) -> Invitation:
    """In an event that was counted: 3 of 5 women, 1 or nobody of 5 minoritised."""
    event = GatheringFactory(organisation=pledge.organisation, held_on=days_ago(9))
    enter_count(event, numbers(5, 3, 2, int(both), 5 - int(both)), by=pledge.leader)
    invitation: Invitation = InvitationFactory(
        pledge=pledge, received_on=days_ago(20), asked_on=days_ago(19), held_on=days_ago(9),
        state=S.TOOK_PART, gathering=event, **more,
    )  # fmt: skip
    return invitation


def page_of(client: Client, pledge: Pledge, query: str = "") -> str:
    response = client.get(reverse("my_pledge", args=[pledge.pk]) + query)
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def paper_of(pledge: Pledge) -> tuple[Pledge, list[Any], OwnRecord]:
    own = own_record_of(pledge, today=timezone.localdate())
    return pledge, list(current_promises(pledge)), own
