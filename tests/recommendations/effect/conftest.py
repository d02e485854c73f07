"""What Harbour Minds measures, and what Northside Trust does."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from organisations.enums import Role
from organisations.models import Organisation, User
from recommendations.enums import Stage
from recommendations.models import Assessment, Indicator
from tests.conftest import signed_in_as
from tests.factories.effect import AssessmentFactory, IndicatorFactory
from tests.factories.organisations import MembershipFactory, UserFactory
from tests.recommendations.effect.assessing import LIST, in_days


def member(organisation: Organisation, *roles: Role, **about: Any) -> User:
    user: User = UserFactory(**about)
    MembershipFactory(user=user, organisation=organisation, roles=list(roles))
    return user


@pytest.fixture
def indicator(harbour: Organisation) -> Indicator:
    found: Indicator = IndicatorFactory(organisation=harbour, name="Senior staff")
    return found


@pytest.fixture
def foreign(northside: Organisation) -> Indicator:
    found: Indicator = IndicatorFactory(organisation=northside, name="Northside's own")
    return found


@pytest.fixture
def here(indicator: Indicator) -> str:
    return f"/o/harbour-minds/effect/{indicator.pk}/"


@pytest.fixture
def as_adviser(harbour: Organisation) -> Client:
    return signed_in_as(member(harbour, Role.ADVISER))


@pytest.fixture
def as_chair(harbour: Organisation) -> Client:
    return signed_in_as(member(harbour, Role.CHAIR, display_name="Winsome Campbell"))


@pytest.fixture
def typed() -> dict[str, Any]:
    """A new indicator, as the form sends it."""
    return {
        "kind": "workforce",
        "name": "Senior staff",
        "definition": "Staff in the upper half of the pay scale.",
        "measured_as": "share",
        "unit": "",
        "better": "higher",
        "baseline": "20",
        "baseline_on": "2026-01-31",
        "target": "30",
        "target_on": "2027-01-31",
        "source": "Staff records",
        "search": "",
        "revision": "0",
        "page": str(uuid4()),
    }


@pytest.fixture
def author(harbour: Organisation) -> User:
    """Staff, and nothing else."""
    return member(harbour, Role.STAFF, display_name="Dilys Evans")


@pytest.fixture
def own(harbour: Organisation, author: User) -> Assessment:
    found: Assessment = AssessmentFactory(
        organisation=harbour,
        author=author,
        subject="Leave policy",
        stage=Stage.FINDINGS,
        consulted="The staff network",
        findings="Three days is too short.",
    )
    return found


@pytest.fixture
def signed(own: Assessment, as_chair: Client) -> Assessment:
    as_chair.post(f"{LIST}{own.pk}/sign/", {"next_review": in_days(100), "revision": "1"})
    own.refresh_from_db()
    assert own.stage == Stage.SIGNED_OFF
    return own
