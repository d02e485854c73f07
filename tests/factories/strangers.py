from typing import Any
from uuid import UUID

import factory
from django.urls import reverse
from django.utils import timezone
from factory.django import DjangoModelFactory

from commitments.models import StrangerMail
from commitments.queries.refusals import address_digest
from organisations.tokens import derived_token, digest
from tests.factories.organisations import UserFactory


class StrangerMailFactory(DjangoModelFactory[StrangerMail]):
    """`address` is digested; `id` is that of the row that asked."""

    class Meta:
        model = StrangerMail

    class Params:
        address = factory.Sequence(lambda n: f"stranger{n}@example.org")

    id = factory.Faker("uuid4", cast_to=None)
    by = factory.SubFactory(UserFactory)
    address_digest = factory.LazyAttribute(lambda mail: address_digest(mail.address))
    stop_sha256 = factory.LazyAttribute(lambda mail: digest(derived_token("stop", mail.id)))
    sent_at = factory.LazyFunction(timezone.now)


def mailed(row: Any, address: str, *, by: Any, at: Any) -> Any:
    """A row of some kind that asks, once its mail has left."""
    StrangerMailFactory(id=row.pk, by=by, address=address, sent_at=at)
    return row


def stop_of(row: UUID) -> str:
    return reverse("mail_stop", args=[derived_token("stop", row)])
