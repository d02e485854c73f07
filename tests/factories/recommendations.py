from typing import Any

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from recommendations.enums import ActionKind, Rating, SourceKind
from recommendations.models import Action, ProgressUpdate, Recommendation, Source, Theme
from tests.factories.organisations import OrganisationFactory, UserFactory

STANDING = ("original_date", "accepted_at", "accepted_by")


class SourceFactory(DjangoModelFactory[Source]):
    class Meta:
        model = Source

    organisation = factory.SubFactory(OrganisationFactory)
    kind = SourceKind.REPORT
    title = factory.Sequence(lambda n: f"Review {n}")
    author = "An independent reviewer"
    published = "September 2021"
    created_at = factory.LazyFunction(timezone.now)


class ThemeFactory(DjangoModelFactory[Theme]):
    class Meta:
        model = Theme

    source = factory.SubFactory(SourceFactory)
    position = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Theme {n}")


class RecommendationFactory(DjangoModelFactory[Recommendation]):
    """Of one organisation: its source and its theme follow it."""

    class Meta:
        model = Recommendation

    organisation = factory.SubFactory(OrganisationFactory)
    source = factory.SubFactory(SourceFactory, organisation=factory.SelfAttribute("..organisation"))
    theme = factory.SubFactory(ThemeFactory, source=factory.SelfAttribute("..source"))
    reference = factory.Sequence(lambda n: f"1.{n + 1}")
    position = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Recommendation {n}")
    text = "Put equality on the agenda of every board meeting."
    created_at = factory.LazyFunction(timezone.now)


class ActionFactory(DjangoModelFactory[Action]):
    """Of an accepted one the date stands as of then: Postgres has it begin as a draft."""

    class Meta:
        model = Action

    recommendation = factory.SubFactory(RecommendationFactory)
    position = factory.Sequence(lambda n: n + 1)
    title = factory.Sequence(lambda n: f"Action {n}")
    kind = ActionKind.DELIVERABLE

    class Params:
        cadence = factory.Trait(kind=ActionKind.CADENCE, every_months=3, occurrences_needed=4)
        coverage = factory.Trait(kind=ActionKind.COVERAGE, unit="service area")
        embedding = factory.Trait(kind=ActionKind.EMBEDDING)

    @classmethod
    def _create(cls, model_class: type[Action], *args: Any, **kwargs: Any) -> Action:
        stands = {name: kwargs.pop(name) for name in STANDING if kwargs.get(name)}
        made = super()._create(model_class, *args, **kwargs)
        if stands:
            Action.objects.filter(pk=made.pk).update(**stands)
            for name, value in stands.items():
                setattr(made, name, value)
        return made


class ProgressUpdateFactory(DjangoModelFactory[ProgressUpdate]):
    class Meta:
        model = ProgressUpdate

    recommendation = factory.SubFactory(RecommendationFactory)
    by = factory.SubFactory(UserFactory)
    posted_at = factory.LazyFunction(timezone.now)
    rating = Rating.ON_TRACK
    text = "The first draft went to the board."


def led_recommendation(*, lead: Any, **kwargs: Any) -> Recommendation:
    """A recommendation with one action that this person leads."""
    recommendation = RecommendationFactory(**kwargs)
    ActionFactory(recommendation=recommendation, responsible_owner=lead)
    return recommendation
