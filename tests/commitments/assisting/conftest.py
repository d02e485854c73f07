"""Alice's assistants, and whoever is asked to be one."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from commitments.actions import assisting as actions
from commitments.models import AddressRefusal, Assistant, Invitation, Pledge, Step
from history.models import Entry
from organisations.models import User
from outbox.models import Email
from tests.conftest import signed_in_as
from tests.factories.assisting import AssistantFactory
from tests.factories.commitments import InvitationFactory
from tests.factories.organisations import ConfirmedAddressFactory, UserFactory

ADDRESS = "adaeze@harbour.example"


@pytest.fixture
def adaeze(pledge: Pledge) -> User:
    """Alice's assistant."""
    user = UserFactory(email=ADDRESS, display_name="Adaeze Obi")
    AssistantFactory(pledge=pledge, user=user)
    return user


@pytest.fixture
def as_adaeze(adaeze: User) -> Client:
    return signed_in_as(adaeze)


@pytest.fixture
def asked(pledge: Pledge) -> Assistant:
    """A question that nobody has answered."""
    return AssistantFactory(pledge=pledge, email=ADDRESS, asked=True)


@pytest.fixture
def newcomer(db: None) -> User:
    """Whose confirmed address was asked."""
    user = UserFactory(email=ADDRESS, display_name="Adaeze Obi")
    ConfirmedAddressFactory(user=user)
    return user


def page_of(pledge: Pledge) -> str:
    return reverse("assistants", args=[pledge.pk])


def text_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


def everything() -> list[list[Any]]:
    models = [Assistant, Invitation, Step, Email, AddressRefusal, Entry]
    return [list(model.objects.order_by("pk").values()) for model in models]


def ask(pledge: Pledge, by: User, email: str = ADDRESS, **more: Any) -> Assistant:
    return actions.ask_assistant(
        pledge=pledge, email=email, by=by, now=more.get("now", timezone.now())
    )


def written_by(person: User, pledge: Pledge, **fields: Any) -> Invitation:
    return InvitationFactory(pledge=pledge, written_by=person, confirmed_at=None, **fields)
