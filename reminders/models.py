"""What is owed to whom. A reminder is the debt; an email in the outbox pays one or several."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from organisations.models import Organisation
from outbox.models import Email
from reminders.enums import Audience, Choice, ReminderKind


class Reminder(models.Model):
    """Owed once: `dedupe_key` is its business meaning, so that planning twice adds nothing.

    due_date: the day it is about. until: the first day on which it is of no use any more.
    withdrawn_at: since when it no longer holds; it may come to hold again.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dedupe_key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=30, choices=ReminderKind.choices)
    audience = models.CharField(max_length=20, choices=Audience.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminders"
    )
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.CASCADE, related_name="reminders"
    )
    subject_id = models.UUIDField()
    due_date = models.DateField()
    rung = models.SmallIntegerField()
    until = models.DateField()
    planned_for = models.DateField()
    email = models.ForeignKey(Email, null=True, on_delete=models.SET_NULL, related_name="reminders")
    created_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reminder_is_of_use_when_planned", condition=Q(until__gt=F("planned_for"))
            )
        ]
        indexes = [
            models.Index(
                fields=["user", "organisation"],
                name="reminder_unpaid",
                condition=Q(email=None, withdrawn_at=None),
            ),
            models.Index(fields=["user", "-created_at"], name="reminder_by_person"),
            # For taking back, once a minute: what is over long since is not looked at.
            models.Index(
                fields=["kind", "audience", "until"],
                name="reminder_standing",
                condition=Q(withdrawn_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.dedupe_key


class Preference(models.Model):
    """How one person wants one kind of reminder. No row means on the day."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_preferences"
    )
    kind = models.CharField(max_length=30, choices=ReminderKind.choices)
    choice = models.CharField(max_length=20, choices=Choice.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "kind"], name="preference_one_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.get_choice_display()}"


class MailPause(models.Model):
    """No reminders for this person before `until`, but for those that cannot be stopped."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="mail_pause"
    )
    until = models.DateField()

    def __str__(self) -> str:
        return f"{self.user} until {self.until:%Y-%m-%d}"

    def holds(self, today: date) -> bool:
        return today < self.until


class CalendarFeed(models.Model):
    """An address that a calendar reads; its secret is derived from `id` and stored nowhere."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="calendar_feeds"
    )
    token_sha256 = models.BinaryField(max_length=32, unique=True)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(ended_at=None), name="calendar_feed_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.made_at:%Y-%m-%d}"
