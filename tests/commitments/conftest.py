import pytest
from django.utils import timezone

from commitments.actions import load_wording
from commitments.catalogue_file import load_catalogue
from commitments.models import Invitation, Pledge, Wording
from organisations.models import Organisation, User
from tests.factories.commitments import InvitationFactory, PledgeFactory


@pytest.fixture
def wording(db: None) -> Wording:
    """The real one, from the catalogue."""
    for entry in load_catalogue():
        load_wording(entry=entry, now=timezone.now())
    return Wording.objects.get()


@pytest.fixture
def draft(alice: User, harbour: Organisation, wording: Wording) -> Pledge:
    return PledgeFactory(
        leader=alice, organisation=harbour, draft=True, signing=wording, leader_name="Alice Adeyemi"
    )


@pytest.fixture
def draft_of_bea(bea: User, harbour: Organisation, wording: Wording) -> Pledge:
    return PledgeFactory(leader=bea, organisation=harbour, draft=True, signing=wording)


@pytest.fixture
def pledge(alice: User, harbour: Organisation, wording: Wording) -> Pledge:
    """Alice's, published, in Harbour Minds."""
    return PledgeFactory(
        leader=alice,
        organisation=harbour,
        signing=wording,
        slug="alice-adeyemi",
        leader_name="Alice Adeyemi",
    )


@pytest.fixture
def foreign(chidi: User, northside: Organisation, wording: Wording) -> Pledge:
    """Chidi's, published, in Northside Trust: what could leak."""
    return PledgeFactory(
        leader=chidi,
        organisation=northside,
        signing=wording,
        slug="chidi-nwosu",
        leader_name="Chidi Nwosu",
    )


@pytest.fixture
def invitation(pledge: Pledge) -> Invitation:
    return InvitationFactory(pledge=pledge, title="Voices of the Coast")
