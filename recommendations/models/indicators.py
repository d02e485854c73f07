"""Measures of whether anything got better. Never about one person, never about a team."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from history.append_only import AppendOnly, append_only_triggers
from organisations.models import Organisation
from recommendations.enums import Better, IndicatorKind
from recommendations.models.recommendation import Recommendation


class Indicator(models.Model):
    """What is measured, from where it started and to where it should go.

    Values are percentages when `is_share` (a part of a whole, counted in people), else numbers in
    `unit`; of those that count people, numbers below ten are shown to nobody. `definition` with
    its `stamp` says what was counted and in which categories: figures with different stamps never
    share a line.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="indicators"
    )
    recommendations = models.ManyToManyField(Recommendation, blank=True, related_name="indicators")
    kind = models.CharField(max_length=20, choices=IndicatorKind.choices)
    name = models.CharField(max_length=160)
    definition = models.TextField()
    stamp = models.PositiveSmallIntegerField(default=1)
    is_share = models.BooleanField(default=True)
    counts_people = models.BooleanField(default=False)
    unit = models.CharField(max_length=40, blank=True)
    better = models.CharField(max_length=10, choices=Better.choices)
    baseline = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    baseline_on = models.DateField(null=True, blank=True)
    target = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    target_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=200)
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "name"],
                condition=Q(retired_at=None),
                name="indicator_unique_name",
            ),
            models.CheckConstraint(
                name="indicator_baseline_has_its_day",
                condition=Q(baseline=None, baseline_on=None)
                | Q(baseline__isnull=False, baseline_on__isnull=False),
            ),
            models.CheckConstraint(
                name="indicator_share_or_people",
                condition=Q(is_share=False) | Q(counts_people=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("indicator_detail", args=[self.organisation.slug, self.pk])


class Reading(AppendOnly, models.Model):
    """One figure as at one day, for one category of the organisation's own, or for everybody ("").

    A share has `part` of `whole`, in people; anything else a `value`. A correction is a newer row
    for the same day and category.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="readings")
    as_at = models.DateField()
    category = models.CharField(max_length=80, blank=True)
    part = models.PositiveIntegerField(null=True)
    whole = models.PositiveIntegerField(null=True)
    value = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    stamp = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reading_is_a_share_or_a_value",
                condition=Q(value=None, part__isnull=False, whole__gte=1, part__lte=F("whole"))
                | Q(value__isnull=False, part=None, whole=None),
            )
        ]
        indexes = [
            models.Index(
                fields=["indicator", "as_at", "category", "-recorded_at"], name="reading_in_order"
            )
        ]
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"{self.category or 'Everybody'} {self.as_at:%Y-%m-%d}"
