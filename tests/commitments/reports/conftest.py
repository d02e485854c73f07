"""A pledge that somebody may say is not that person's."""

from datetime import UTC, datetime

import pytest
from django.core.cache import cache
from django.urls import reverse

from commitments.models import ImpersonationReport, Pledge, Wording
from organisations.models import Organisation, User
from tests.factories.commitments import PledgeFactory

NOW = datetime(2026, 5, 20, 9, 0, tzinfo=UTC)
TYPED = {"text": "I work with her. This is not hers.", "reporter_email": "", "website": ""}
LIST = "/o/harbour-minds/reports/"


@pytest.fixture(autouse=True)
def nothing_sent_yet() -> None:
    """What one address may send in an hour is counted across tests."""
    cache.clear()


@pytest.fixture
def of_bea(bea: User, harbour: Organisation, wording: Wording, alice: User) -> Pledge:
    """In Harbour Minds, which Alice coordinates."""
    return PledgeFactory(leader=bea, organisation=harbour, signing=wording, slug="bea-brown")


def form_of(pledge: Pledge) -> str:
    return reverse("pledge_report", args=[pledge.slug])


def settle(report: ImpersonationReport, organisation: str = "harbour-minds") -> str:
    return reverse("report_settle", args=[organisation, report.pk])
