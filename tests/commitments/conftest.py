from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from commitments.actions import load_wording
from commitments.catalogue_file import load_catalogue
from commitments.enums import PledgeVerb
from commitments.models import Invitation, Pledge, Wording
from history.models import Entry
from organisations.models import Organisation, User
from tests.conftest import signed_in_as
from tests.factories.assisting import AssistantFactory
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


@pytest.fixture
def assistant(pledge: Pledge) -> User:
    """Helps Alice, and is no member of her organisation."""
    user: User = AssistantFactory(pledge=pledge, user__display_name="Dana Diaz").user
    return user


@pytest.fixture
def as_assistant(assistant: User) -> Client:
    return signed_in_as(assistant)


@pytest.fixture
def as_another_assistant(foreign: Pledge) -> Client:
    """Who assists Chidi, and has no business with Alice."""
    return signed_in_as(AssistantFactory(pledge=foreign).user)


def today(days: int = 0) -> str:
    """As a page sends it: today, or so many days on."""
    return (timezone.localdate() + timedelta(days=days)).isoformat()


def verbs() -> list[str]:
    """What history holds, oldest first, but for the wording that every test loads."""
    rows = Entry.objects.exclude(verb=PledgeVerb.WORDING_LOADED).order_by("pk")
    return list(rows.values_list("verb", flat=True))
