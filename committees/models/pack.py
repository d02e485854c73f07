"""What the committee has before it: frozen, as paper, and by link."""

import uuid
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from committees.enums import PaperState
from committees.models.group import refused_at_their_meetings
from committees.models.meeting import Meeting
from committees.pack_pieces import as_read
from history.append_only import AppendOnly, append_only_triggers
from organisations.models import Organisation

PIECES_GO = "NEW.erased_at IS NOT NULL AND length(NEW.content::text) < length(OLD.content::text)"
"""Anything else that is done to the content shows: it no longer matches its hash."""


class Pack(AppendOnly, models.Model):
    """What stood on one day, for one meeting: never edited, so its hash always holds.

    `content` is plain data in which each personal piece says whose it is; pages, paper and files
    read it as `as_read`. `sha256` is of its canonical JSON, in hex, and still holds when pieces
    of somebody who erased their account were taken out, last at `erased_at`.
    """

    erasable_fields = ("content", "erased_at")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="packs")
    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="pack")
    number = models.PositiveIntegerField()
    frozen_at = models.DateTimeField()
    frozen_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    erased_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="pack_numbered")
        ]
        triggers = [
            *append_only_triggers(erasable=("content", "erased_at"), provided=PIECES_GO),
            refused_at_their_meetings("no_staff_network_packs", "a staff network has no packs"),
        ]

    def __str__(self) -> str:
        return f"Pack {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("pack_detail", args=[self.organisation.slug, self.pk])

    @property
    def as_read(self) -> dict[str, Any]:
        """The content in plain text."""
        read: dict[str, Any] = as_read(self.content)
        return read


class PackPaper(models.Model):
    """The PDF of a pack, typeset by the worker."""

    pack = models.OneToOneField(
        Pack, primary_key=True, on_delete=models.CASCADE, related_name="paper"
    )
    state = models.CharField(max_length=10, choices=PaperState.choices, default=PaperState.WAITING)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    pages = models.PositiveSmallIntegerField(null=True)
    pdf = models.BinaryField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="paper_ready_has_its_bytes",
                condition=~Q(state=PaperState.READY) | Q(pdf__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.state


class PackLink(models.Model):
    """Whoever has the link reads this one pack, until it ends. Only the token's digest is kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pack = models.ForeignKey(Pack, on_delete=models.CASCADE, related_name="links")
    token_sha256 = models.BinaryField(unique=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"Link to {self.pack_id}"
