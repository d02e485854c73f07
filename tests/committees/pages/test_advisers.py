"""What somebody sees who advises and does nothing else: every page of the committee's part."""

import pytest
from django.test import Client

from organisations.enums import Role
from organisations.models import Organisation, User
from recommendations.models import Action, Recommendation
from tests.access.routes import ROUTES, address
from tests.access_world import World, build_world
from tests.conftest import signed_in_as
from tests.factories.organisations import MembershipFactory
from tests.factories.proving import EvidenceFactory

BUDGET, STAFF_DAYS = 987_654, 4_321
PAGES = sorted(
    name
    for name, (route, pattern) in ROUTES.items()
    if route.startswith("o/")
    and pattern.callback.__module__.split(".")[0] in {"recommendations", "committees"}
)


@pytest.fixture
def world(harbour: Organisation, alice: User) -> World:
    """With money, staff time and internal evidence on everything that can carry them."""
    built = build_world(harbour, alice)
    Action.objects.update(budget_pounds=BUDGET, staff_days=STAFF_DAYS)
    for recommendation in Recommendation.objects.filter(organisation=harbour):
        EvidenceFactory(recommendation=recommendation, title="INTERNAL-EVIDENCE", added_by=alice)
    return built


@pytest.fixture
def adviser(harbour: Organisation) -> User:
    found: User = MembershipFactory(organisation=harbour, roles=[Role.ADVISER]).user
    return found


@pytest.fixture
def as_adviser(adviser: User) -> Client:
    return signed_in_as(adviser)


def secrets(own: str) -> list[str]:
    people = User.objects.exclude(email__in=["", own]).values_list("email", flat=True)
    sums = [text for number in (BUDGET, STAFF_DAYS) for text in (f"{number:,}", str(number))]
    return ["INTERNAL-EVIDENCE", *sums, *people]


def test_no_money_no_internal_evidence_no_addresses(
    world: World, as_adviser: Client, adviser: User
) -> None:
    """Every page of which the world has rows; that it has them of all is held elsewhere."""
    hidden, leaks, strange = secrets(adviser.email), {}, {}
    for name in PAGES:
        if ROUTES[name][1].pattern.converters and name not in world.arguments:
            continue
        response = as_adviser.get(address(name, world))
        if response.status_code not in {200, 302, 403, 404, 405}:
            strange[name] = response.status_code
        content = b"".join(response) if response.streaming else response.content
        if found := [each for each in hidden if each in content.decode(errors="replace")]:
            leaks[name] = found
    assert (leaks, strange) == ({}, {})


def test_what_they_cannot_open_at_all(world: World, as_adviser: Client) -> None:
    open_to_them = {"advice_list", "advice_detail", "advice_give", "advice_reply"}
    mine = {name for name in PAGES if name.startswith(("advice_", "agenda_", "apologies_"))}
    statuses = {name: as_adviser.get(address(name, world)).status_code for name in mine}
    assert {name for name, status in statuses.items() if status == 200} == open_to_them
    assert {status for name, status in statuses.items() if name not in open_to_them} == {403}
