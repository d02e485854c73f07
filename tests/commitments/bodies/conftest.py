"""A membership body and a member of it."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from commitments.models import AddressRefusal, BodyLink
from commitments.queries.bodies import LinkState
from history.models import Entry
from organisations.models import Organisation, User
from organisations.tokens import derived_token
from outbox.models import Email
from tests.factories.learning import BodyLinkFactory

MEMBERS = "/o/harbour-minds/member-organisations/"
SEEN_BY = "/o/northside-trust/who-sees-our-pledges/"
TYPED = {"member_name": "Northside", "email": "office@northside.example"}


@pytest.fixture
def asked(harbour: Organisation, alice: User) -> BodyLink:
    """Harbour Minds asks Northside Trust; nobody has answered."""
    return BodyLinkFactory(body=harbour, asked_by=alice, member_name="Northside")


@pytest.fixture
def agreed(harbour: Organisation, northside: Organisation, alice: User) -> BodyLink:
    return BodyLinkFactory(body=harbour, asked_by=alice, member=northside, member_name="Northside")


def link(row: BodyLink, name: str = "body_consent") -> str:
    return reverse(name, args=[derived_token("body", row.pk)])


def end(row: BodyLink, name: str = "body_end", organisation: str = "harbour-minds") -> str:
    return reverse(name, args=[organisation, row.pk])


def seen(client: Client) -> list[tuple[LinkState, Any]]:
    return [(row.state, row.pledged_on) for row in client.get(MEMBERS).context["rows"]]


def everything() -> list[list[Any]]:
    models = [BodyLink, AddressRefusal, Email, Entry]
    return [list(model.objects.order_by("pk").values()) for model in models]
