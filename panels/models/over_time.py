"""Figures of many events and groups together, as they are released."""

from django.db import models

from history.append_only import AppendOnly, append_only_triggers
from organisations.models import Organisation
from panels.enums import Measure
from panels.models.gathering import Gathering


class PooledRelease(AppendOnly, models.Model):
    """One measure of several gatherings together, as released for one quarter and frozen.

    `facts` hold only what the small-number rules let through: figures to the nearest 5.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="pooled_releases"
    )
    quarter = models.DateField()
    measure = models.CharField(max_length=20, choices=Measure.choices)
    definition = models.CharField(max_length=40)
    basis = models.CharField(max_length=20)
    rules_version = models.CharField(max_length=20)
    facts = models.JSONField()
    released_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "organisation",
                    "quarter",
                    "measure",
                    "definition",
                    "basis",
                    "rules_version",
                ],
                name="pooled_release_once",
            )
        ]
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"{self.get_measure_display()}, {self.quarter}"


class PooledGathering(AppendOnly, models.Model):
    """A gathering is in one pool of each measure, ever: pools that overlap tell too much."""

    release = models.ForeignKey(
        PooledRelease, on_delete=models.PROTECT, related_name="pooled_gatherings"
    )
    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="pooled")
    measure = models.CharField(max_length=20, choices=Measure.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gathering", "measure"], name="pooled_gathering_once")
        ]
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"{self.gathering_id} in a pool"
