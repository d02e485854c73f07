"""Events and groups, and what the newest count of each shows."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from organisations.models import Organisation
from panels.audit import STANDING_GROUPS
from panels.enums import GatheringKind, Measure, Part, ResultFilter, Verdict


class GatheringQuerySet(models.QuerySet["Gathering"]):
    def newest_first(self) -> "GatheringQuerySet":
        return self.order_by("-held_on", "-id")

    def matching(self, text: str) -> "GatheringQuerySet":
        return self.filter(Q(title__icontains=text) | Q(organiser__icontains=text))

    def with_result(self, wanted: str) -> "GatheringQuerySet":
        """Of a count that members may not see, all that was not shown to meet is not known here:
        the list never parts what its results do not."""
        if wanted == ResultFilter.NOT_COUNTED:
            return self.filter(counted_at=None)
        open_or_hidden = Standing.objects.filter(
            Q(is_exact=True, verdict=Verdict.NOT_KNOWN)
            | Q(is_exact=False) & ~Q(verdict=Verdict.MET),
            gathering=OuterRef("pk"),
            part=Part.WHOLE,
        )
        return self.filter(Q(counted_at=None) | Exists(open_or_hidden))


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

    @property
    def is_standing(self) -> bool:
        """A group that goes on, and is counted as at one day and another."""
        return self.kind in STANDING_GROUPS

    @property
    def last_day(self) -> date:
        return self.ends_on or self.held_on


class Standing(models.Model):
    """What one part of a gathering shows of one measure by its newest count, as judged then.

    Written with each count by the rules, so that years of gatherings are added up without
    judging each again. `rules_version` says by which rules.
    `is_exact`: members may see its numbers, so not met and not known may be told apart.
    """

    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="standings")
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    quarter = models.DateField()
    kind = models.CharField(max_length=20, choices=GatheringKind.choices)
    part = models.CharField(max_length=20, choices=Part.choices)
    measure = models.CharField(max_length=20, choices=Measure.choices)
    verdict = models.CharField(max_length=20, choices=Verdict.choices)
    is_exact = models.BooleanField(default=False)
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
                include=["is_exact", "basis", "definition", "rules_version"],
                name="standing_by_quarter",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_measure_display()}, {self.get_part_display()}: {self.verdict}"
