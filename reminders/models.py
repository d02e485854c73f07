"""What is owed to whom. A reminder is the debt; an email in the outbox pays one or several."""

import uuid

from django.conf import settings
from django.db import models

from organisations.models import Organisation
from outbox.models import Email
from reminders.enums import Choice, ReminderKind


class Reminder(models.Model):
    """Owed once: `dedupe_key` is its business meaning, so that planning twice adds nothing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dedupe_key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=30, choices=ReminderKind.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="reminders"
    )
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.CASCADE, related_name="reminders"
    )
    subject_id = models.UUIDField()
    due_date = models.DateField()
    planned_for = models.DateField()
    email = models.ForeignKey(Email, null=True, on_delete=models.SET_NULL, related_name="reminders")
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.dedupe_key


class Preference(models.Model):
    """How one person wants one kind of reminder. No row means by email."""

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
