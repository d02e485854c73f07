"""Who did what, when: one append-only table for the whole product."""

from django.db import models

from history.append_only import AppendOnly, append_only_triggers


class EntryQuerySet(models.QuerySet["Entry"]):
    def about(self, subject: models.Model) -> "EntryQuerySet":
        """Entries of one record, newest first."""
        return self.filter(subject_type=subject._meta.label_lower, subject_id=subject.pk).order_by(
            "-pk"
        )


class Entry(AppendOnly, models.Model):
    """One change. Holds ids, field names and enum values; never names or free text."""

    organisation = models.ForeignKey(
        "organisations.Organisation", null=True, on_delete=models.PROTECT, related_name="+"
    )
    actor = models.ForeignKey(
        "organisations.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    verb = models.CharField(max_length=80)
    subject_type = models.CharField(max_length=80)
    subject_id = models.UUIDField()
    details = models.JSONField(default=dict)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "entries"
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "-id"], name="history_by_subject"),
            models.Index(fields=["organisation", "-id"], name="history_by_organisation"),
        ]
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"{self.verb} {self.at:%Y-%m-%d %H:%M}"
