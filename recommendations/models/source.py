"""Where recommendations come from, and the chapters of it."""

import uuid

from django.db import models
from django.db.models import Q
from django.urls import reverse

from organisations.models import Organisation
from recommendations.enums import SourceKind


class Source(models.Model):
    """Where recommendations come from: a review, a pledge group, our own plan, a charter."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="sources")
    kind = models.CharField(max_length=20, choices=SourceKind.choices)
    title = models.CharField(max_length=200)
    author = models.CharField(max_length=200, blank=True)
    published = models.CharField(max_length=60, blank=True)
    # No date of it can be earlier; None where the source has no day of its own.
    began_on = models.DateField(null=True, blank=True)
    catalogue_key = models.SlugField(max_length=80, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "catalogue_key"],
                condition=~Q(catalogue_key=""),
                name="source_adopted_once",
            )
        ]
        indexes = [models.Index(fields=["organisation", "created_at"], name="source_in_order")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("dashboard", args=[self.organisation.slug])


class Theme(models.Model):
    """A chapter of a source."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="themes")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["source", "position"], name="theme_unique_position")
        ]

    def __str__(self) -> str:
        return self.title
