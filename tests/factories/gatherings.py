from datetime import date

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from panels import freezing
from panels.enums import GatheringKind
from panels.models import Snapshot
from tests.factories.organisations import UserFactory
from tests.factories.panels import GatheringFactory

NOTHING_COUNTED = freezing.facts_of(
    freezing.ToFreeze("of a test", GatheringKind.PANEL, date(2026, 3, 12), totals={})
)


class SnapshotFactory(DjangoModelFactory[Snapshot]):
    """Of a line-up that nobody had counted; its fingerprint matches."""

    class Meta:
        model = Snapshot

    gathering = factory.SubFactory(GatheringFactory)
    number = 1
    as_at = date(2026, 3, 12)
    facts = NOTHING_COUNTED
    sha256 = factory.LazyAttribute(lambda one: freezing.fingerprint(one.facts))
    locked_by = factory.SubFactory(UserFactory)
    locked_at = factory.LazyFunction(timezone.now)
