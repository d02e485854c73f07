from datetime import timedelta
from uuid import uuid4

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from commitments.enums import LearningKind
from commitments.models import (
    Assistant,
    BodyLink,
    Encouragement,
    LearningItem,
    LearningNote,
    WorkshopDate,
)
from commitments.queries.refusals import address_digest
from organisations.tokens import derived_token, digest
from tests.factories.commitments import PledgeFactory
from tests.factories.organisations import OrganisationFactory, UserFactory

LASTS = timedelta(days=90)


class LearningItemFactory(DjangoModelFactory[LearningItem]):
    class Meta:
        model = LearningItem

    organisation = factory.SubFactory(OrganisationFactory)
    kind = LearningKind.BOOK
    title = factory.Sequence(lambda n: f"Book {n}")
    creator = "An author"
    suggested_by = factory.SubFactory(UserFactory)
    created_at = factory.LazyFunction(timezone.now)


class LearningNoteFactory(DjangoModelFactory[LearningNote]):
    class Meta:
        model = LearningNote

    item = factory.SubFactory(LearningItemFactory)
    person = factory.SubFactory(UserFactory)
    text = "A private thought"
    at = factory.LazyFunction(timezone.now)


class WorkshopDateFactory(DjangoModelFactory[WorkshopDate]):
    class Meta:
        model = WorkshopDate

    item = factory.SubFactory(LearningItemFactory, kind=LearningKind.WORKSHOP)
    held_on = factory.LazyFunction(timezone.localdate)


class EncouragementFactory(DjangoModelFactory[Encouragement]):
    """`address` is digested; its link is `derived_token("encouragement", pk)`."""

    class Meta:
        model = Encouragement

    class Params:
        address = factory.Sequence(lambda n: f"asked{n}@example.org")

    id = factory.LazyFunction(uuid4)
    pledge = factory.SubFactory(PledgeFactory)
    address_digest = factory.LazyAttribute(lambda row: address_digest(row.address))
    token_sha256 = factory.LazyAttribute(lambda row: digest(derived_token("encouragement", row.id)))
    by = factory.LazyAttribute(lambda row: row.pledge.leader)
    asked_at = factory.LazyFunction(timezone.now)
    expires_at = factory.LazyAttribute(lambda row: row.asked_at + LASTS)


class BodyLinkFactory(DjangoModelFactory[BodyLink]):
    """Waiting for an answer, or agreed where `member` is given."""

    class Meta:
        model = BodyLink

    id = factory.LazyFunction(uuid4)
    body = factory.SubFactory(OrganisationFactory)
    member = None
    member_name = factory.Sequence(lambda n: f"Member {n}")
    email = factory.Sequence(lambda n: f"office{n}@member.example")
    token_sha256 = factory.LazyAttribute(lambda row: digest(derived_token("body", row.id)))
    asked_by = factory.SubFactory(UserFactory)
    asked_at = factory.LazyFunction(timezone.now)
    expires_at = factory.LazyAttribute(lambda row: row.asked_at + LASTS)
    consented_at = factory.LazyAttribute(lambda row: row.asked_at if row.member else None)
    consented_by = factory.LazyAttribute(lambda row: UserFactory() if row.member else None)


class HelperFactory(DjangoModelFactory[Assistant]):
    """Somebody who assists a leader today."""

    class Meta:
        model = Assistant

    id = factory.LazyFunction(uuid4)
    pledge = factory.SubFactory(PledgeFactory)
    user = factory.SubFactory(UserFactory)
    email = factory.LazyAttribute(lambda row: row.user.email)
    token_sha256 = factory.LazyAttribute(lambda row: digest(derived_token("assistant", row.id)))
    invited_at = factory.LazyFunction(timezone.now)
    expires_at = factory.LazyAttribute(lambda row: row.invited_at + LASTS)
    accepted_at = factory.SelfAttribute("invited_at")
