"""Events and groups: what is counted, and when."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from organisations.models import Organisation
from panels.enums import GatheringKind, Measure, Part, Verdict


class GatheringQuerySet(models.QuerySet["Gathering"]):
    def newest_first(self) -> "GatheringQuerySet":
        return self.order_by("-held_on", "-id")

    def matching(self, text: str) -> "GatheringQuerySet":
        return self.filter(Q(title__icontains=text) | Q(organiser__icontains=text))


class Gathering(models.Model):
    """A panel, event, conference, committee, board or working group."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="gatherings"
    )
    kind = models.CharField(max_length=20, choices=GatheringKind.choices)
    title = models.CharField(max_length=200)
    held_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    organiser = models.CharField(max_length=160, blank=True)
    link = models.URLField(max_length=400, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()
    counted_at = models.DateTimeField(null=True)
    modelled_on = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="repeats"
    )
    locked_at = models.DateTimeField(null=True)
    names_dropped_at = models.DateTimeField(null=True)

    objects = GatheringQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-held_on", "-id"], name="gathering_by_date"),
            models.Index(fields=["organisation", "kind", "-held_on"], name="gathering_by_kind"),
            models.Index(
                fields=["held_on"],
                name="gathering_with_names",
                condition=Q(names_dropped_at=None),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="gathering_ends_after_it_begins",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("held_on")),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("gathering_detail", args=[self.organisation.slug, self.pk])


class Standing(models.Model):
    """What one part of a gathering shows of one measure by its newest count, as judged then.

    Written with each count by the rules, so that years of gatherings are added up without
    judging each again. `rules_version` says by which rules.
    """

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="standings")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    quarter = models.DateField()
    kind = models.CharField(max_length=20, choices=GatheringKind.choices)
    part = models.CharField(max_length=20, choices=Part.choices)
    measure = models.CharField(max_length=20, choices=Measure.choices)
    verdict = models.CharField(max_length=20, choices=Verdict.choices)
    basis = models.CharField(max_length=20)
    definition = models.CharField(max_length=40)
    rules_version = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "part", "measure"], name="standing_one_for_each_part"
            )
        ]
        indexes = [
            models.Index(
                fields=["organisation", "quarter", "kind", "measure", "part", "verdict"],
                include=["basis", "definition", "rules_version"],
                name="standing_by_quarter",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_measure_display()}, {self.get_part_display()}: {self.verdict}"
