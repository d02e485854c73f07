"""The text a pledge is made from."""

import uuid

from django.db import models

from commitments.enums import PromiseGroup


class Wording(models.Model):
    """A version of the pledge text, with its thresholds and terms."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    key = models.SlugField(max_length=80)
    version = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    source_name = models.CharField(max_length=300)
    introduction = models.TextField()
    women_numerator = models.PositiveSmallIntegerField(default=1)
    women_denominator = models.PositiveSmallIntegerField(default=2)
    minoritised_numerator = models.PositiveSmallIntegerField(default=1)
    minoritised_denominator = models.PositiveSmallIntegerField(default=5)
    women_definition = models.TextField()
    minoritised_definition = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["key", "version"], name="wording_unique_version")
        ]

    def __str__(self) -> str:
        return f"{self.title} (wording {self.version})"


class WordingPromise(models.Model):
    """One line of a wording."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    wording = models.ForeignKey(Wording, on_delete=models.CASCADE, related_name="promises")
    key = models.SlugField(max_length=60)
    position = models.PositiveSmallIntegerField()
    group = models.CharField(max_length=20, choices=PromiseGroup.choices)
    title = models.CharField(max_length=120)
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["wording", "key"], name="wording_promise_unique_key"),
            models.UniqueConstraint(
                fields=["wording", "position"], name="wording_promise_unique_position"
            ),
        ]

    def __str__(self) -> str:
        return self.title
