"""Postgres is the only ledger of mail: every outgoing email is a row here first."""

import uuid
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower, Upper

from history.append_only import AppendOnly, append_only_triggers
from outbox.backoff import may_be_sent_again
from outbox.enums import Cause, Kind, Phase, Policy, State

WAITING = [State.QUEUED, State.LEASED]
TAGS = {
    State.QUEUED: "waiting",
    State.LEASED: "sending",
    State.SENT: "sent",
    State.FAILED: "failed",
    State.CANCELLED: "closed",
    State.SUPPRESSED: "failed",
}


class Email(models.Model):
    """One email. Its Message-ID and Date are fixed here, so that a resend is the same mail."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, on_delete=models.CASCADE, related_name="emails"
    )
    to_user = models.ForeignKey(
        "organisations.User", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    kind = models.CharField(max_length=30, choices=Kind.choices)
    dedupe_key = models.CharField(max_length=200, unique=True)
    to_address = models.EmailField(max_length=254)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    headers = models.JSONField(default=dict)
    message_id = models.CharField(max_length=120, unique=True)
    date_header = models.DateTimeField()
    policy = models.CharField(max_length=20, choices=Policy.choices, default=Policy.AT_LEAST_ONCE)
    state = models.CharField(max_length=20, choices=State.choices, default=State.QUEUED)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    not_after = models.DateTimeField(null=True)
    lease_until = models.DateTimeField(null=True)
    lease_token = models.UUIDField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)
    # Somebody has looked at the address: this one goes out although it refused email before.
    despite_refusal = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="email_lease_has_token_and_end",
                condition=Q(
                    state=State.LEASED, lease_token__isnull=False, lease_until__isnull=False
                )
                | (~Q(state=State.LEASED) & Q(lease_token__isnull=True)),
            ),
            models.CheckConstraint(
                name="email_sent_has_a_time",
                condition=Q(state=State.SENT, sent_at__isnull=False)
                | (~Q(state=State.SENT) & Q(sent_at__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="email_waiting", condition=Q(state__in=WAITING)),
            models.Index(
                fields=["due_at"],
                name="email_sign_in_waiting",
                condition=Q(state__in=WAITING, kind=Kind.SIGN_IN),
            ),
            models.Index(fields=["organisation", "-created_at"], name="email_by_organisation"),
            # As `iexact` asks: for an email that came back, and for somebody who is erased.
            models.Index(Upper("to_address"), name="email_by_address"),
            # Whose turn it is: organisations take turns, each with its oldest first.
            models.Index(
                fields=["organisation", "due_at"],
                name="email_waiting_by_turn",
                condition=Q(state__in=WAITING),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.get_state_display()})"

    @property
    def tag(self) -> str:
        """The kind of status tag that shows its state."""
        return TAGS[State(self.state)]

    def can_be_sent_again(self, *, now: datetime) -> bool:
        return may_be_sent_again(
            kind=Kind(self.kind), state=State(self.state), not_after=self.not_after, now=now
        )


class Attempt(AppendOnly, models.Model):
    """What happened to an email on its way, step by step."""

    email_id = models.UUIDField(db_index=True)
    at = models.DateTimeField()
    phase = models.CharField(max_length=20, choices=Phase.choices)
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"{self.get_phase_display()} {self.at:%Y-%m-%d %H:%M}"


class Suppression(models.Model):
    """An address that gets no more email."""

    address = models.EmailField(max_length=254)
    cause = models.CharField(max_length=20, choices=Cause.choices, default=Cause.REFUSED)
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("address"), name="suppression_unique_address")]

    def __str__(self) -> str:
        return self.address

    @property
    def can_be_lifted(self) -> bool:
        """By an organisation; whoever runs the installation deletes the row."""
        return self.cause != Cause.COMPLAINED


class Heartbeat(models.Model):
    """When a periodic job last ran to its end."""

    name = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.at:%Y-%m-%d %H:%M}"
