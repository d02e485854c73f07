"""Three people in every test of a page: one with the role, one member without, one stranger.

Alice coordinates Harbour Minds and holds every role there. Bea is staff there and nothing else.
Chidi coordinates Northside Trust, whose rows must never be seen from Harbour Minds or by Alice.
"""

import gc

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client

from organisations.enums import Role
from organisations.models import Organisation, User
from tests.browser import *  # noqa: F403
from tests.database import *  # noqa: F403
from tests.factories.organisations import MembershipFactory, OrganisationFactory, UserFactory
from tests.tracing import *  # noqa: F403
from tests.undefined import *  # noqa: F403


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest first, so that the processes of a run end together; else as shuffled."""
    items.sort(key=lambda item: not is_long(item))


def is_long(item: pytest.Item) -> bool:
    together = item.get_closest_marker("xdist_group") is not None
    return together or "browser" in getattr(item, "fixturenames", ())


def pytest_collection_finish() -> None:
    """What is loaded by now stays to the end: the collector need not look at it again."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def harbour(db: None) -> Organisation:
    return OrganisationFactory(name="Harbour Minds", slug="harbour-minds")


@pytest.fixture
def northside(db: None) -> Organisation:
    return OrganisationFactory(name="Northside Trust", slug="northside-trust")


@pytest.fixture
def alice(harbour: Organisation) -> User:
    """Every role in Harbour Minds."""
    user = UserFactory(email="alice@harbour.example", display_name="Alice Adeyemi")
    MembershipFactory(user=user, organisation=harbour, roles=list(Role))
    return user


@pytest.fixture
def bea(harbour: Organisation) -> User:
    """Staff of Harbour Minds, and nothing else."""
    user = UserFactory(email="bea@harbour.example", display_name="Bea Brown")
    MembershipFactory(user=user, organisation=harbour, roles=[Role.STAFF])
    return user


@pytest.fixture
def chidi(northside: Organisation) -> User:
    """A stranger: every role in Northside Trust, none in Harbour Minds."""
    user = UserFactory(email="chidi@northside.example", display_name="Chidi Nwosu")
    MembershipFactory(user=user, organisation=northside, roles=list(Role))
    return user


def signed_in_as(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def operator(db: None) -> User:
    """Who runs the installation, with the second way to sign in that this asks for."""
    user = User.objects.create_superuser("operator@site.example", display_name="Operator")
    Authenticator.objects.create(
        user=user, type=Authenticator.Type.TOTP, data={"secret": "TOTP-SECRET"}
    )
    return user


@pytest.fixture
def as_operator(operator: User) -> Client:
    return signed_in_as(operator)


@pytest.fixture
def as_alice(alice: User) -> Client:
    return signed_in_as(alice)


@pytest.fixture
def as_bea(bea: User) -> Client:
    return signed_in_as(bea)


@pytest.fixture
def as_chidi(chidi: User) -> Client:
    return signed_in_as(chidi)
