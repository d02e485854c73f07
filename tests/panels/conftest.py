import pytest

from organisations.models import Organisation, User
from panels.models import Gathering
from tests.factories.panels import GatheringFactory, enter_count, numbers


@pytest.fixture
def gathering(harbour: Organisation) -> Gathering:
    return GatheringFactory(organisation=harbour, title="Voices")


@pytest.fixture
def theirs(northside: Organisation, chidi: User) -> Gathering:
    """A counted gathering of another organisation, which must never be seen here."""
    found = GatheringFactory(organisation=northside, title="Northside only")
    enter_count(found, numbers(7, 5, 2, 3, 4), by=chidi)
    return found
