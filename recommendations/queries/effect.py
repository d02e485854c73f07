"""Indicators with what may be shown of them; nothing here hands out a figure as it was typed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from history.models import Entry
from organisations.models import Organisation
from recommendations import effect
from recommendations.cells import EVERYBODY
from recommendations.effect import Figure, Recorded, Standing, Terms
from recommendations.effect_chart import Drawing, drawing, of_stamp
from recommendations.enums import Better
from recommendations.models import Indicator, Reading, Recommendation

OF_A_READING = (
    "indicator", "as_at", "category", "part", "whole", "value", "stamp", "source", "recorded_at",
)  # fmt: skip


@dataclass(frozen=True)
class Measured:
    """One indicator, by what may be shown of it."""

    indicator: Indicator
    terms: Terms
    figures: list[Figure]
    standing: Standing

    @property
    def in_words(self) -> str:
        return effect.standing_in_words(self.standing, self.terms)

    @property
    def drawing(self) -> Drawing:
        return drawing(self.indicator.name, self.figures, self.standing, self.terms)

    @property
    def of_today(self) -> list[Figure]:
        """By the present definition."""
        return of_stamp(self.figures, self.terms.stamp)

    @property
    def of_before(self) -> list[Figure]:
        return [figure for figure in self.figures if figure.stamp != self.terms.stamp]

    @property
    def has_hidden(self) -> bool:
        return any(amount is None for figure in self.figures for amount in figure.amounts.values())


@dataclass(frozen=True)
class Effect:
    """What an indicator says beside a recommendation. `flat`: closed, and nothing got better."""

    name: str
    url: str
    in_words: str
    movement: str
    flat: str


def terms_of(indicator: Indicator) -> Terms:
    return Terms(
        is_share=indicator.is_share,
        unit=indicator.unit,
        better=Better(indicator.better),
        stamp=indicator.stamp,
        baseline=indicator.baseline,
        baseline_on=indicator.baseline_on,
        target=indicator.target,
        target_on=indicator.target_on,
        counts_people=indicator.counts_people,
    )


def measured(indicators: Iterable[Indicator]) -> list[Measured]:
    """In the same order; one query for all of their figures."""
    wanted = list(indicators)
    rows: dict[UUID, list[Recorded]] = {each.pk: [] for each in wanted}
    for pk, *row in Reading.objects.filter(indicator__in=wanted).values_list(*OF_A_READING):
        rows[pk].append(Recorded(*row))
    return [_measured(each, rows[each.pk]) for each in wanted]


def _measured(indicator: Indicator, rows: list[Recorded]) -> Measured:
    terms = terms_of(indicator)
    shown = effect.figures(rows, terms)
    return Measured(indicator, terms, shown, effect.standing(shown, terms))


def indicators_of(organisation: Organisation, *, retired: bool = False) -> QuerySet[Indicator]:
    return (
        organisation.indicators.filter(retired_at__isnull=not retired)
        .select_related("organisation")
        .order_by("name", "pk")
    )


def effect_of(recommendation: Recommendation) -> list[Effect]:
    """For its page and the pack; two queries."""
    return effects_of([recommendation]).get(recommendation.pk, [])


def effects_of(recommendations: Iterable[Recommendation]) -> dict[UUID, list[Effect]]:
    """The same of many at once, by their keys; two queries, however many there are."""
    is_open = {each.pk: each.is_open for each in recommendations}
    links = (
        Indicator.recommendations.through.objects.filter(
            recommendation__in=is_open.keys(), indicator__retired_at=None
        )
        .select_related("indicator__organisation")
        .order_by("indicator__name", "indicator_id")
    )
    by_recommendation: dict[UUID, list[UUID]] = {}
    indicators: dict[UUID, Indicator] = {}
    for link in links:
        indicators[link.indicator_id] = link.indicator
        by_recommendation.setdefault(link.recommendation_id, []).append(link.indicator_id)
    found = {one.indicator.pk: one for one in measured(indicators.values())}
    return {
        pk: [_effect(found[each], is_closed=not is_open[pk]) for each in keys]
        for pk, keys in by_recommendation.items()
    }


def _effect(one: Measured, *, is_closed: bool) -> Effect:
    name = one.indicator.name
    return Effect(
        name=name,
        url=one.indicator.get_absolute_url(),
        in_words=one.in_words,
        movement=one.standing.movement.value,
        flat=effect.flat_in_words(name, one.standing, one.terms) if is_closed else "",
    )


def linked_to(indicator: Indicator) -> QuerySet[Recommendation]:
    return indicator.recommendations.select_related("organisation").order_by("reference", "pk")


def categories_recorded(indicator: Indicator) -> list[str]:
    """The organisation's own words for them, as they stood last; never their figures."""
    last = indicator.readings.order_by("-recorded_at").values_list("recorded_at", flat=True)[:1]
    names = indicator.readings.filter(recorded_at__in=last).values_list("category", flat=True)
    return [name for name in names if name != EVERYBODY]


def who_changed(row: Any) -> str:
    """Who saved it last, from history; empty where that was nobody in particular."""
    last = Entry.objects.about(row).select_related("actor").first()
    return last.actor.shown_name if last and last.actor else ""
