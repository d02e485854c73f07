"""A shelf with a book and a workshop on it, its addresses, and another member of staff."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from commitments.enums import LearningKind
from commitments.models import LearningItem
from organisations.enums import Role
from organisations.models import Organisation, User
from tests.conftest import signed_in_as
from tests.factories.learning import LearningItemFactory
from tests.factories.organisations import MembershipFactory

LIST = "/o/harbour-minds/learning/"
ADD = f"{LIST}new/"
TYPED = {"kind": "book", "title": "Natives", "creator": "Akala", "link": "", "why": "It is clear."}


def at(name: str, item: LearningItem, **more: Any) -> str:
    return reverse(name, kwargs={"organisation": "harbour-minds", "pk": item.pk} | more)


@pytest.fixture
def item(harbour: Organisation, bea: User) -> LearningItem:
    """Bea suggested it."""
    return LearningItemFactory(
        organisation=harbour, suggested_by=bea, title="Natives", creator="Akala"
    )


@pytest.fixture
def workshop(harbour: Organisation, bea: User) -> LearningItem:
    return LearningItemFactory(
        organisation=harbour, suggested_by=bea, kind=LearningKind.WORKSHOP, title="Listening"
    )


@pytest.fixture
def foreign(northside: Organisation, chidi: User) -> LearningItem:
    return LearningItemFactory(
        organisation=northside, suggested_by=chidi, title="CANARY of Northside"
    )


@pytest.fixture
def as_dara(harbour: Organisation) -> Client:
    """Another member of staff of Harbour Minds, and nothing else."""
    return signed_in_as(MembershipFactory(organisation=harbour, roles=[Role.STAFF]).user)
