"""An organisation's shelf of things to learn from."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.urls import reverse

from commitments.enums import LearningKind
from organisations.enums import Role
from organisations.models import Membership, Organisation


class LearningItem(models.Model):
    """An article, blog, podcast, book, film, programme or workshop."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="learning_items"
    )
    kind = models.CharField(max_length=20, choices=LearningKind.choices)
    title = models.CharField(max_length=200)
    creator = models.CharField(max_length=160, blank=True)
    link = models.URLField(max_length=400, blank=True)
    why = models.CharField(max_length=500, blank=True)
    suggested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    # Two people edit one entry: the second is told.
    revision = models.PositiveIntegerField(db_default=1, default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation",
                "kind",
                Lower("title"),
                Lower("creator"),
                name="learning_item_once_a_shelf",
            )
        ]
        indexes = [
            models.Index(fields=["organisation", "-created_at", "-id"], name="learning_newest"),
            models.Index(
                fields=["organisation", "kind", "-created_at", "-id"], name="learning_by_kind"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("learning_detail", args=[self.organisation.slug, self.pk])

    def may_be_changed_by(self, membership: Membership) -> bool:
        """By whoever suggested it, and by a coordinator of its organisation."""
        return membership.organisation_id == self.organisation_id and (
            self.suggested_by_id == membership.user_id or membership.has_role(Role.COORDINATOR)
        )


class LearningNote(models.Model):
    """What one person noted for themselves. Nobody else ever reads it."""

    item = models.ForeignKey(LearningItem, on_delete=models.CASCADE, related_name="notes")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="learning_notes"
    )
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "person"], name="learning_note_one_a_person")
        ]

    def __str__(self) -> str:
        return f"Note of {self.at:%Y-%m-%d}"


class WorkshopDate(models.Model):
    """One day a workshop is held; a workshop that repeats has several."""

    item = models.ForeignKey(LearningItem, on_delete=models.CASCADE, related_name="dates")
    held_on = models.DateField()
    starts_at = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["item", "held_on", "starts_at"], name="workshop_date_once"
            ),
            models.UniqueConstraint(
                fields=["item", "held_on"],
                condition=Q(starts_at=None),
                name="workshop_date_without_a_time_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.held_on}"
