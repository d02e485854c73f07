"""Counts of who has a seat. Never who is what."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from history.append_only import AppendOnly, append_only_triggers
from panels.enums import Basis, Counted, Measure, Part
from panels.models.gathering import Gathering
from panels.models.line_up import Session


class Tally(AppendOnly, models.Model):
    """Counts of one measure in one part of a gathering: known yes, known no, not known.

    The two measures are separate marginals, never joint. What is entered together
    has one version; a correction is a new one, which takes the place of all of the last.
    `as_at`: the day a standing group was counted; counts as at several days stand side by side.
    `entered_by` is None where people declared it themselves: nobody typed it.
    """

    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="tallies")
    part = models.CharField(max_length=20, choices=Part.choices)
    counted = models.CharField(max_length=20, choices=Counted.choices)
    measure = models.CharField(max_length=20, choices=Measure.choices)
    version = models.PositiveIntegerField()
    as_at = models.DateField(null=True)
    yes = models.PositiveIntegerField()
    no = models.PositiveIntegerField()
    unknown = models.PositiveIntegerField()
    basis = models.CharField(max_length=20, choices=Basis.choices)
    definition = models.CharField(max_length=40)
    rules_version = models.CharField(max_length=20)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
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


class SessionCount(AppendOnly, models.Model):
    """Women in one session, as stated. Ethnicity is never counted by session: the set of
    sessions somebody is in may be theirs alone. A correction is a new version."""

    session = models.ForeignKey(Session, on_delete=models.PROTECT, related_name="counts")
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
        constraints = [
            models.UniqueConstraint(
                fields=["session", "version"], name="session_count_unique_version"
            ),
            models.CheckConstraint(
                name="session_count_not_known_knows_nothing",
                condition=~Q(basis=Basis.NOT_KNOWN) | Q(yes=0, no=0),
            ),
        ]
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"Women in {self.session_id}, v{self.version}"
