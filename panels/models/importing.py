"""A file between being chosen and being confirmed."""

import uuid

from django.conf import settings
from django.db import models

from panels.enums import ImportFormat, UploadState
from panels.models.gathering import Gathering


class Upload(models.Model):
    """What was read of one file; gone at confirmation, or an hour after it came.

    `columns` and `rows` hold a table, once its columns are mapped these alone, and never one that
    asks for somebody's gender or ethnicity: the name of each column with what it holds, and each
    row with its number in the file before its cells. `programme` is what mapping made of it, or
    what a format of its own says. `thrown_away` names what was not kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="uploads")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    at = models.DateTimeField()
    format = models.CharField(max_length=30, choices=ImportFormat.choices)
    state = models.CharField(max_length=20, choices=UploadState.choices)
    columns = models.JSONField(default=list)
    rows = models.JSONField(default=list)
    programme = models.JSONField(null=True)
    thrown_away = models.JSONField(default=list)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    summary = models.JSONField(default=dict)
    problem = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["at"], name="upload_by_age")]

    def __str__(self) -> str:
        return f"Upload for {self.gathering_id}"
