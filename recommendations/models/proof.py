"""What shows that an action is done: occurrences, things covered, checks."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from history.append_only import AppendOnly, append_only_triggers
from recommendations.enums import OccurrenceKind
from recommendations.models.action import Action


class Occurrence(models.Model):
    """Something that happens regularly happened once more. Never who came.

    `meeting`: the id of the group's meeting that covered it, where it was one; the groups
    themselves are known one room up. What was recorded by mistake is taken back, and stays.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="occurrences")
    held_on = models.DateField()
    kind = models.CharField(max_length=20, choices=OccurrenceKind.choices)
    topic = models.CharField(max_length=200)
    headcount = models.PositiveIntegerField(null=True, blank=True)
    changed = models.TextField(blank=True)
    meeting = models.UUIDField(null=True, blank=True)
    moved_with_meeting = models.BooleanField(default=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["action", "held_on"],
                condition=Q(removed_at=None),
                name="occurrence_one_a_day",
            ),
            models.CheckConstraint(
                name="occurrence_moves_with_a_meeting",
                condition=Q(moved_with_meeting=False) | Q(meeting__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.held_on:%Y-%m-%d}"


class CoverageUnit(models.Model):
    """One part of the organisation that has to be covered: a service area, a policy, a team.

    Never a person.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="units")
    name = models.CharField(max_length=120)
    covered_on = models.DateField(null=True, blank=True)
    covered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint("action", Lower("name"), name="coverage_unit_once"),
            models.CheckConstraint(
                name="coverage_unit_covered_by_somebody",
                condition=Q(covered_on=None, covered_by=None)
                | Q(covered_on__isnull=False, covered_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CoverageCount(AppendOnly, models.Model):
    """How many of how many, on a day: 312 of 340 appraisals hold an objective."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="counts")
    covered = models.PositiveIntegerField()
    whole = models.PositiveIntegerField()
    counted_on = models.DateField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="coverage_count_part_of_whole",
                condition=Q(whole__gte=1, covered__lte=F("whole")),
            )
        ]
        indexes = [
            models.Index(fields=["action", "-counted_on", "-recorded_at"], name="count_by_action")
        ]
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"{self.covered} of {self.whole}"


class EmbeddingCheck(AppendOnly, models.Model):
    """Somebody looked whether it has become normal."""

    erasable_fields = ("note",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="checks")
    checked_on = models.DateField()
    in_place = models.BooleanField()
    note = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["action", "-checked_on", "-recorded_at"], name="check_by_action")
        ]
        triggers = append_only_triggers(erasable=("note",))

    def __str__(self) -> str:
        return f"Checked {self.checked_on:%Y-%m-%d}"
