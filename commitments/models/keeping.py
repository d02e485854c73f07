"""The record of keeping a pledge: the invitation ledger and the check-ins."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from commitments.enums import InvitationState, Kept
from commitments.models.pledge import Pledge
from commitments.models.signing import Promise
from history.append_only import AppendOnly, append_only_triggers
from panels.models import Gathering


class Invitation(models.Model):
    """An invitation to speak or sit somewhere, and what came of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pledge = models.ForeignKey(Pledge, on_delete=models.CASCADE, related_name="invitations")
    gathering = models.ForeignKey(
        Gathering, null=True, blank=True, on_delete=models.SET_NULL, related_name="invitations"
    )
    title = models.CharField(max_length=200)
    organiser = models.CharField(max_length=160, blank=True)
    held_on = models.DateField(null=True, blank=True)
    state = models.CharField(
        max_length=20, choices=InvitationState.choices, default=InvitationState.RECEIVED
    )
    received_on = models.DateField()
    asked_on = models.DateField(null=True, blank=True)
    lineup_changed = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="invitation_changed_only_after_asking",
                condition=Q(lineup_changed=False) | Q(asked_on__isnull=False),
            ),
            models.CheckConstraint(
                name="invitation_asked_after_received",
                condition=Q(asked_on=None) | Q(asked_on__gte=F("received_on")),
            ),
        ]
        indexes = [models.Index(fields=["pledge", "-received_on"], name="invitation_by_pledge")]

    def __str__(self) -> str:
        return self.title


class CheckIn(models.Model):
    """One look back by the leader. `period` is the first day of the month it tells of."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pledge = models.ForeignKey(Pledge, on_delete=models.CASCADE, related_name="check_ins")
    period = models.DateField()
    checked_in_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pledge", "period"], name="check_in_once_a_period"),
            models.CheckConstraint(name="check_in_period_is_a_first", condition=Q(period__day=1)),
        ]

    def __str__(self) -> str:
        return f"{self.period:%B %Y}"


class CheckInLine(AppendOnly, models.Model):
    """What the leader said of one promise in one check-in."""

    check_in = models.ForeignKey(CheckIn, on_delete=models.PROTECT, related_name="lines")
    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="+")
    kept = models.CharField(max_length=20, choices=Kept.choices)
    reflection = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["check_in", "promise"], name="check_in_line_once_a_promise"
            )
        ]
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return self.get_kept_display()
