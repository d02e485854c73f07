"""Two organisations with everything in them, and the people who knock at each address."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.db import transaction
from pytest_django import DjangoDbBlocker

from organisations.enums import Role
from organisations.models import User
from tests.access_world import World, build_world
from tests.factories.organisations import MembershipFactory, OrganisationFactory, UserFactory

HERE = Path(__file__).parent


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """In one row wherever the order is drawn, so that no process builds the worlds twice."""
    ours = [item for item in items if HERE in item.path.parents]
    if ours:
        at = items.index(ours[0])
        later = [item for item in items[at:] if HERE not in item.path.parents]
        items[at:] = [*ours, *later]


@dataclass(frozen=True)
class Worlds:
    """Two organisations with everything in them, and the people who knock."""

    harbours: World
    northsides: World
    people: dict[str, User]


@pytest.fixture(scope="package")
def worlds(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Worlds]:
    """Built once, because it takes longer than any test; each test's writes are taken back."""
    with django_db_blocker.unblock(), transaction.atomic():
        harbour = OrganisationFactory(name="Harbour Minds", slug="harbour-minds")
        northside = OrganisationFactory(name="Northside Trust", slug="northside-trust")
        homes = {"alice": (harbour, list(Role)), "bea": (harbour, [Role.STAFF]),
                 "chidi": (northside, list(Role))}  # fmt: skip
        people = {}
        for name, (home, roles) in homes.items():
            people[name] = UserFactory(email=f"{name}@{home.slug}.example")
            MembershipFactory(user=people[name], organisation=home, roles=roles)
        yield Worlds(
            build_world(harbour, people["alice"]), build_world(northside, people["chidi"]), people
        )
        transaction.set_rollback(True)


@pytest.fixture
def harbours(worlds: Worlds, db: None) -> World:
    return worlds.harbours


@pytest.fixture
def northsides(worlds: Worlds, db: None) -> World:
    return worlds.northsides


@pytest.fixture
def alice(worlds: Worlds, db: None) -> User:
    return worlds.people["alice"]


@pytest.fixture
def bea(worlds: Worlds, db: None) -> User:
    return worlds.people["bea"]


@pytest.fixture
def chidi(worlds: Worlds, db: None) -> User:
    return worlds.people["chidi"]
