"""Events and groups, and the counts of who has a seat there. Never who is what."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from history.append_only import AppendOnly, append_only_triggers
from organisations.models import Organisation
from panels.enums import Basis, Counted, GatheringKind, Measure, Part


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
    organiser = models.CharField(max_length=160, blank=True)
    link = models.URLField(max_length=400, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField()
    counted_at = models.DateTimeField(null=True)

    objects = GatheringQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["organisation", "-held_on", "-id"], name="gathering_by_date"),
            models.Index(fields=["organisation", "kind", "-held_on"], name="gathering_by_kind"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("gathering_detail", args=[self.organisation.slug, self.pk])


class Tally(AppendOnly, models.Model):
    """Counts of one measure in one part of a gathering: known yes, known no, not known.

    The two measures are separate marginals, never joint. What is entered together
    has one version; a correction is a new one, which takes the place of all of the last.
    """

    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="tallies")
    part = models.CharField(max_length=20, choices=Part.choices)
    counted = models.CharField(max_length=20, choices=Counted.choices)
    measure = models.CharField(max_length=20, choices=Measure.choices)
    version = models.PositiveIntegerField()
    yes = models.PositiveIntegerField()
    no = models.PositiveIntegerField()
    unknown = models.PositiveIntegerField()
    basis = models.CharField(max_length=20, choices=Basis.choices)
    definition = models.CharField(max_length=40)
    rules_version = models.CharField(max_length=20)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    entered_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "tallies"
        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "part", "counted", "measure", "version"],
                name="tally_unique_version",
            ),
            models.CheckConstraint(
                name="tally_minoritised_is_self_declared_or_unknown",
                condition=~Q(measure=Measure.MINORITISED)
                | Q(basis=Basis.SELF_DECLARED)
                | Q(yes=0, no=0),
            ),
            models.CheckConstraint(
                name="tally_not_known_basis_knows_nothing",
                condition=~Q(basis=Basis.NOT_KNOWN) | Q(yes=0, no=0),
            ),
        ]
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"{self.get_measure_display()}, {self.get_part_display()}, v{self.version}"

    @property
    def people(self) -> int:
        return self.yes + self.no + self.unknown
