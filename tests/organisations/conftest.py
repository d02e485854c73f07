import pytest

from organisations.models import User
from tests.factories.organisations import ConfirmedAddressFactory, UserFactory


@pytest.fixture
def dele(db: None) -> User:
    """The person at the address that is invited, as confirmed by a code."""
    user = UserFactory(email="dele@example.org", display_name="Dele Dada")
    ConfirmedAddressFactory(user=user)
    return user
