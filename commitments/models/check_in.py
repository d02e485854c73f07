"""Looking back: check-ins, what an assistant drafted of one, and reflections after an event."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from commitments.enums import Kept
from commitments.models.ledger import Invitation
from commitments.models.pledge import Pledge
from commitments.models.signing import Promise
from history.append_only import AppendOnly, append_only_triggers


class CheckIn(models.Model):
    """One look back by the leader, on the months from `period` until the day before `opened_on`."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pledge = models.ForeignKey(Pledge, on_delete=models.CASCADE, related_name="check_ins")
    period = models.DateField()
    opened_on = models.DateField()
    checked_in_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pledge", "opened_on"], name="check_in_once_a_period"),
            models.CheckConstraint(name="check_in_period_is_a_first", condition=Q(period__day=1)),
            models.CheckConstraint(
                name="check_in_opened_after_its_period",
                condition=Q(opened_on__day=1, opened_on__gt=F("period")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period:%B %Y}"


class CheckInLine(AppendOnly, models.Model):
    """What the leader said of one promise in one check-in. The newest `version` counts."""

    check_in = models.ForeignKey(CheckIn, on_delete=models.PROTECT, related_name="lines")
    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="+")
    kept = models.CharField(max_length=20, choices=Kept.choices)
    version = models.PositiveSmallIntegerField(db_default=1, default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["check_in", "promise", "version"], name="check_in_line_once_a_version"
            )
        ]
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return self.get_kept_display()

    @property
    def said(self) -> str:
        """The leader's words; empty where there are none, or none any more."""
        remark = getattr(self, "remark", None)
        return remark.text if remark else ""


class CheckInRemark(models.Model):
    """The words beside a line: apart from it, so that they alone can be erased."""

    line = models.OneToOneField(CheckInLine, on_delete=models.PROTECT, related_name="remark")
    text = models.CharField(max_length=500, blank=True)

    def __str__(self) -> str:
        return self.text[:60]


class CheckInDraft(models.Model):
    """A check-in somebody began and nobody has saved: `answers` is {promise id: [kept, words]}."""

    pledge = models.ForeignKey(Pledge, on_delete=models.CASCADE, related_name="check_in_drafts")
    period = models.DateField()
    answers = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pledge", "period"], name="check_in_draft_once_a_period"
            )
        ]

    def __str__(self) -> str:
        return f"Draft for {self.period:%B %Y}"


class Reflection(models.Model):
    """After an event that was not shown to meet. Private until the leader publishes it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    invitation = models.OneToOneField(
        Invitation, on_delete=models.CASCADE, related_name="reflection"
    )
    what_happened = models.TextField(blank=True)
    what_we_asked = models.TextField(blank=True)
    why = models.TextField(blank=True)
    will_try = models.TextField(blank=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    written_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [
            models.Index(
                fields=["-published_at"],
                name="reflection_published",
                condition=Q(published_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"Reflection on {self.invitation_id}"
