"""What an organiser answered through a letter's link: counts, barriers, a note."""

import uuid

from django.db import models
from django.db.models import Q

from commitments.models.ledger import AskLetter
from history.append_only import AppendOnly, append_only_triggers
from panels.enums import Barrier, BarrierState, Basis, Counted, Measure, Part


class Reply(models.Model):
    """One answer. A later one by the same link takes its place; both are kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    letter = models.ForeignKey(AskLetter, on_delete=models.CASCADE, related_name="replies")
    version = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)
    at = models.DateTimeField()
    is_after_event = models.BooleanField(default=False)
    came_by_mail = models.BooleanField(db_default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["letter", "version"], name="reply_unique_version")
        ]

    def __str__(self) -> str:
        return f"Reply {self.version} to {self.letter_id}"


class ReplyTally(AppendOnly, models.Model):
    """A count as the organiser gave it: the same columns as a `panels.Tally`."""

    reply = models.ForeignKey(Reply, on_delete=models.PROTECT, related_name="tallies")
    part = models.CharField(max_length=20, choices=Part.choices)
    counted = models.CharField(max_length=20, choices=Counted.choices)
    measure = models.CharField(max_length=20, choices=Measure.choices)
    yes = models.PositiveIntegerField()
    no = models.PositiveIntegerField()
    unknown = models.PositiveIntegerField()
    basis = models.CharField(max_length=20, choices=Basis.choices)
    definition = models.CharField(max_length=40)
    rules_version = models.CharField(max_length=20)

    class Meta:
        verbose_name_plural = "reply tallies"
        constraints = [
            models.UniqueConstraint(
                fields=["reply", "part", "counted", "measure"], name="reply_tally_once"
            ),
            models.CheckConstraint(
                name="reply_tally_minoritised_is_self_declared",
                condition=~Q(measure=Measure.MINORITISED)
                | Q(basis=Basis.SELF_DECLARED)
                | Q(yes=0, no=0),
            ),
            models.CheckConstraint(
                name="reply_tally_not_known_basis_knows_nothing",
                condition=~Q(basis=Basis.NOT_KNOWN) | Q(yes=0, no=0),
            ),
        ]
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"{self.get_measure_display()}, {self.get_part_display()}"


class ReplyBarrier(models.Model):
    """What the organiser does about one thing that keeps people away."""

    reply = models.ForeignKey(Reply, on_delete=models.CASCADE, related_name="barriers")
    barrier = models.CharField(max_length=30, choices=Barrier.choices)
    state = models.CharField(max_length=20, choices=BarrierState.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reply", "barrier"], name="reply_barrier_once")
        ]

    def __str__(self) -> str:
        return f"{self.get_barrier_display()}: {self.get_state_display()}"
