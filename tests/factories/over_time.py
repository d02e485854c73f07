from datetime import date

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from panels import audit
from panels.enums import Basis, Definition, Measure, Part, Verdict
from panels.models import PooledRelease, Standing
from panels.pools import Pooled
from panels.standings import quarter_of
from tests.factories.organisations import OrganisationFactory
from tests.factories.panels import GatheringFactory


class StandingFactory(DjangoModelFactory[Standing]):
    class Meta:
        model = Standing

    gathering = factory.SubFactory(GatheringFactory)
    organisation = factory.LazyAttribute(lambda row: row.gathering.organisation)
    quarter = factory.LazyAttribute(lambda row: quarter_of(row.gathering.held_on))
    kind = factory.LazyAttribute(lambda row: row.gathering.kind)
    part = Part.WHOLE
    measure = Measure.WOMEN
    verdict = Verdict.MET
    is_exact = True
    basis = Basis.ORGANISER_STATED
    definition = Definition.WOMEN
    rules_version = audit.RULES_VERSION


class PooledReleaseFactory(DjangoModelFactory[PooledRelease]):
    class Meta:
        model = PooledRelease

    organisation = factory.SubFactory(OrganisationFactory)
    quarter = date(2026, 1, 1)
    measure = Measure.WOMEN
    definition = Definition.WOMEN
    basis = Basis.SELF_DECLARED
    rules_version = audit.RULES_VERSION
    facts = factory.LazyFunction(lambda: Pooled(4, 60, 40, 15, 40).as_facts())
    released_at = factory.LazyFunction(timezone.now)
