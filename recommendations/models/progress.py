"""What owners report."""

import uuid

from django.conf import settings
from django.db import models

from history.append_only import AppendOnly, append_only_triggers
from recommendations.enums import Rating
from recommendations.models.recommendation import Recommendation


class ProgressUpdate(AppendOnly, models.Model):
    """What an owner reported, with their own rating. A correction is a new update."""

    erasable_fields = ("text",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="updates"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    posted_at = models.DateTimeField()
    rating = models.CharField(max_length=20, choices=Rating.choices)
    text = models.TextField()

    class Meta:
        indexes = [
            models.Index(fields=["recommendation", "-posted_at"], name="update_by_recommendation")
        ]
        triggers = append_only_triggers(erasable=("text",))

    def __str__(self) -> str:
        return f"{self.get_rating_display()} {self.posted_at:%Y-%m-%d}"
