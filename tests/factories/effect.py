"""Indicators with their figures, and the registers."""

from datetime import date, timedelta
from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from recommendations.enums import Better, IndicatorKind, Stage
from recommendations.models import Assessment, Indicator, Partner, Reading
from tests.factories.organisations import OrganisationFactory, UserFactory

DAY = date(2026, 1, 31)


class IndicatorFactory(DjangoModelFactory[Indicator]):
    class Meta:
        model = Indicator

    organisation = factory.SubFactory(OrganisationFactory)
    kind = IndicatorKind.WORKFORCE
    name = factory.Sequence(lambda n: f"Measure {n}")
    definition = "Staff who told us, and of these those who are racially minoritised."
    better = Better.HIGHER
    source = "Staff records"
    created_at = factory.LazyFunction(timezone.now)

    class Params:
        number = factory.Trait(is_share=False, unit="days", better=Better.LOWER)


class AssessmentFactory(DjangoModelFactory[Assessment]):
    class Meta:
        model = Assessment

    organisation = factory.SubFactory(OrganisationFactory)
    subject = factory.Sequence(lambda n: f"Assessment {n}")
    author = factory.SubFactory(UserFactory)
    created_at = factory.LazyFunction(timezone.now)

    class Params:
        signed = factory.Trait(
            stage=Stage.SIGNED_OFF,
            signed_off_by=factory.SubFactory(UserFactory),
            signed_off_on=DAY,
            next_review=factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=200)),
        )


class PartnerFactory(DjangoModelFactory[Partner]):
    class Meta:
        model = Partner

    organisation = factory.SubFactory(OrganisationFactory)
    name = factory.Sequence(lambda n: f"Partner {n}")
    on = DAY
    purpose = "A workshop on access"
    added_by = factory.SubFactory(UserFactory)
    added_at = factory.LazyFunction(timezone.now)


def figures(indicator: Indicator, day: date, **cells: Any) -> list[Reading]:
    """One set, recorded together: `everybody=(30, 90), black=(12, 40)`, or `everybody=12.5`."""
    by, now = UserFactory(), timezone.now()
    made = []
    for name, found in cells.items():
        part, whole = found if isinstance(found, tuple) else (None, None)
        made.append(
            Reading.objects.create(
                indicator=indicator,
                as_at=day,
                category="" if name == "everybody" else name,
                part=part,
                whole=whole,
                value=None if isinstance(found, tuple) else found,
                stamp=indicator.stamp,
                by=by,
                recorded_at=now,
            )
        )
    return made
