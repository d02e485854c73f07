"""Two registers beside the recommendations: equality impact assessments, and partners."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from organisations.models import Organisation
from recommendations.enums import Paid, Stage
from recommendations.models.action import Action
from recommendations.models.recommendation import Recommendation


class Assessment(models.Model):
    """An equality impact assessment. Signed off by somebody else than its author."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="assessments"
    )
    subject = models.CharField(max_length=200)
    stage = models.CharField(max_length=20, choices=Stage.choices, default=Stage.SCREENING)
    consulted = models.TextField(blank=True)
    findings = models.TextField(blank=True)
    mitigations = models.ManyToManyField(Action, blank=True, related_name="assessments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assessments"
    )
    signed_off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    signed_off_on = models.DateField(null=True)
    next_review = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="assessment_signed_by_somebody_else",
                condition=~Q(stage=Stage.SIGNED_OFF) & Q(signed_off_by=None, signed_off_on=None)
                | Q(
                    stage=Stage.SIGNED_OFF,
                    signed_off_by__isnull=False,
                    signed_off_on__isnull=False,
                    next_review__isnull=False,
                )
                & ~Q(signed_off_by=F("author")),
            )
        ]
        indexes = [
            models.Index(fields=["organisation", "next_review"], name="assessment_by_review")
        ]
        triggers = [
            pgtrigger.Protect(
                name="author_stands",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__author__df=pgtrigger.F("new__author")),
            )
        ]

    def __str__(self) -> str:
        return self.subject

    def get_absolute_url(self) -> str:
        return reverse("assessment_detail", args=[self.organisation.slug, self.pk])


class Partner(models.Model):
    """Work with another organisation. What they said of it shows only with their consent."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="partners"
    )
    recommendation = models.ForeignKey(
        Recommendation, null=True, blank=True, on_delete=models.SET_NULL, related_name="partners"
    )
    name = models.CharField(max_length=160)
    on = models.DateField()
    purpose = models.CharField(max_length=300)
    is_joint_bid = models.BooleanField(default=False)
    paid = models.CharField(max_length=20, choices=Paid.choices, default=Paid.NOT_KNOWN)
    words = models.TextField(blank=True)
    words_may_be_shown = models.BooleanField(default=False)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    added_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["organisation", "-on"], name="partner_in_order")]

    def __str__(self) -> str:
        return self.name
