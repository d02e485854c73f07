from datetime import datetime, timedelta
from uuid import uuid4

import factory
from allauth.account.models import EmailAddress
from django.utils import timezone
from factory.django import DjangoModelFactory

from commitments.models import Handover, ImpersonationReport
from organisations.models import User
from organisations.tokens import derived_token, digest
from tests.factories.commitments import PledgeFactory


class ImpersonationReportFactory(DjangoModelFactory[ImpersonationReport]):
    class Meta:
        model = ImpersonationReport

    pledge = factory.SubFactory(PledgeFactory)
    organisation = factory.LazyAttribute(lambda report: report.pledge.organisation)
    text = "I know this person, and it is not theirs."
    at = factory.LazyFunction(timezone.now)


class HandoverFactory(DjangoModelFactory[Handover]):
    """Open, for sixty days from when it was asked."""

    class Meta:
        model = Handover

    id = factory.LazyFunction(uuid4)
    pledge = factory.SubFactory(PledgeFactory)
    email = "next@harbour.example"
    asked_at = factory.LazyFunction(timezone.now)
    expires_at = factory.LazyAttribute(lambda asked: asked.asked_at + timedelta(days=60))
    token_sha256 = factory.LazyAttribute(lambda asked: digest(token_of(asked)))


def token_of(handover: Handover) -> str:
    return derived_token("handover", handover.id)


def works_at(user: User, address: str, *, verified: bool = True) -> EmailAddress:
    return EmailAddress.objects.create(user=user, email=address, verified=verified)


def close_as(handover: Handover, *, now: datetime, **changes: object) -> None:
    """The pledge as it is once it was handed over."""
    pledge = handover.pledge
    pledge.state, pledge.closed_at, pledge.ending = "closed", now, "handed_over"
    pledge.ended_on = timezone.localdate(now)
    for name, value in changes.items():
        setattr(pledge, name, value)
    pledge.save()
