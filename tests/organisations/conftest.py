import pytest
from django.utils import timezone

from organisations import actions
from organisations.enums import Role
from organisations.models import MemberInvite, Organisation, User
from tests.factories.organisations import ConfirmedAddressFactory, UserFactory


@pytest.fixture
def dele(db: None) -> User:
    """The person at the address that is invited, as confirmed by a code."""
    user = UserFactory(email="dele@example.org", display_name="Dele Dada")
    ConfirmedAddressFactory(user=user)
    return user


@pytest.fixture
def invite(harbour: Organisation, alice: User) -> MemberInvite:
    """To that address, sent just now."""
    return actions.invite_member(
        organisation=harbour,
        email="dele@example.org",
        roles=[Role.TRUSTEE],
        by=alice,
        now=timezone.now(),
    )
