"""Evidence and its versions. A file's bytes stand apart, so that lists never load them."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from history.append_only import AppendOnly, append_only_triggers
from recommendations.enums import EvidenceKind
from recommendations.models.action import Action
from recommendations.models.recommendation import Recommendation


class Evidence(models.Model):
    """One thing that shows something. Withdrawn, never deleted; internal until somebody else than
    the owners and whoever added it makes it public."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="evidence"
    )
    # None: about the recommendation as a whole.
    action = models.ForeignKey(
        Action, null=True, blank=True, on_delete=models.PROTECT, related_name="evidence"
    )
    title = models.CharField(max_length=200)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()
    public_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    public_at = models.DateTimeField(null=True)
    # The version that was seen when it was made public: a newer one is internal again.
    public_version = models.PositiveSmallIntegerField(null=True)
    # Whoever added it asks that everybody may read it. None again once somebody else decided.
    asked_public_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="evidence_withdrawn_asks_nothing",
                condition=Q(asked_public_at=None) | Q(withdrawn_at=None),
            ),
            models.CheckConstraint(
                name="evidence_public_by_somebody_else",
                condition=Q(public_at=None, public_by=None, public_version=None)
                | Q(
                    public_at__isnull=False,
                    public_by__isnull=False,
                    public_version__isnull=False,
                )
                & ~Q(public_by=F("added_by")),
            ),
        ]
        indexes = [
            models.Index(fields=["recommendation", "added_at"], name="evidence_by_recommendation"),
            models.Index(fields=["action"], name="evidence_by_action"),
        ]
        triggers = [
            pgtrigger.Protect(
                name="whose_it_is_stands",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__added_by__df=pgtrigger.F("new__added_by")),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("evidence_detail", args=[self.recommendation.organisation.slug, self.pk])


class StoredFile(models.Model):
    """The bytes of one version. Its name is ours; the sender's is not kept."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    content = models.BinaryField()
    media_type = models.CharField(max_length=100)
    size = models.PositiveIntegerField()

    class Meta:
        triggers = [
            # Erasing may empty it; nothing may put something else in its place.
            pgtrigger.Protect(
                name="content_stands",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition("OLD.content <> NEW.content AND NEW.content <> ''"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.media_type}, {self.size} bytes"


class EvidenceVersion(AppendOnly, models.Model):
    """What the evidence was at one time. A newer version stands beside it, never in its place.

    `sha256`: of the file's bytes as stored, of the address, or of the note, in hex.
    """

    erasable_fields = ("note",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=EvidenceKind.choices)
    dated = models.DateField()
    url = models.URLField(max_length=500, blank=True)
    note = models.TextField(blank=True)
    file = models.OneToOneField(
        StoredFile, null=True, on_delete=models.PROTECT, related_name="version"
    )
    sha256 = models.CharField(max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["evidence", "number"], name="evidence_version_once"),
            models.CheckConstraint(
                name="evidence_version_holds_its_kind",
                condition=Q(kind=EvidenceKind.FILE, file__isnull=False, url="")
                | Q(kind=EvidenceKind.LINK, file=None) & ~Q(url="")
                | Q(kind=EvidenceKind.NOTE, file=None, url=""),
            ),
        ]
        triggers = append_only_triggers(erasable=("note",))

    def __str__(self) -> str:
        return f"Version {self.number}"
