from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from commitments.models import Assistant, CheckInDraft
from organisations.tokens import derived_token, digest
from tests.factories.commitments import PledgeFactory, first_of_period
from tests.factories.organisations import UserFactory


class AssistantFactory(DjangoModelFactory[Assistant]):
    """There already, unless `asked=True`: then the question is still open."""

    class Meta:
        model = Assistant

    class Params:
        asked = factory.Trait(user=None, accepted_at=None)

    pledge = factory.SubFactory(PledgeFactory)
    user = factory.SubFactory(UserFactory)
    email = factory.LazyAttributeSequence(
        lambda one, n: one.user.email if one.user else f"asked{n}@example.org"
    )
    token_sha256 = factory.LazyAttribute(lambda one: digest(token_of(one)))
    invited_at = factory.LazyFunction(lambda: timezone.localtime() - timedelta(days=2))
    expires_at = factory.LazyAttribute(lambda one: one.invited_at + timedelta(days=30))
    accepted_at = factory.LazyAttribute(lambda one: one.invited_at)
    id = factory.Faker("uuid4", cast_to=None)


def token_of(assistant: Assistant) -> str:
    """The secret of its link."""
    return derived_token("assistant", assistant.id)


class CheckInDraftFactory(DjangoModelFactory[CheckInDraft]):
    """Of the open period; `answers` by promise id."""

    class Meta:
        model = CheckInDraft

    pledge = factory.SubFactory(PledgeFactory)
    period = factory.LazyAttribute(lambda draft: first_of_period(draft.pledge, draft.at))
    by = factory.LazyAttribute(lambda draft: draft.pledge.leader)
    at = factory.LazyFunction(timezone.now)
