"""Advice that must be answered."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from committees.enums import AdviceAnswer
from committees.models.group import Group, refused_for_staff_networks
from organisations.models import Organisation
from recommendations.models import Recommendation


class Advice(models.Model):
    """What an advisory group said, of its own accord or because it was asked.

    `question` with `asked_on`: the organisation asked (a campaign, a statement, a bid).
    `text` with `given_on`: the advice itself. `answer`: what the organisation does with it, owed
    before the group's next meeting.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="advice")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, related_name="advice")
    number = models.PositiveIntegerField()
    title = models.CharField(max_length=160)
    question = models.TextField(blank=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    asked_on = models.DateField(null=True)
    reply_by = models.DateField(null=True, blank=True)
    text = models.TextField(blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    given_on = models.DateField(null=True)
    recommendations = models.ManyToManyField(Recommendation, blank=True, related_name="advice")
    answer = models.CharField(max_length=20, choices=AdviceAnswer.choices, blank=True)
    answer_reason = models.TextField(blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="advice_numbered"),
            models.CheckConstraint(
                name="advice_asked_or_given",
                condition=Q(asked_on__isnull=False, asked_by__isnull=False)
                | Q(given_on__isnull=False, given_by__isnull=False),
            ),
            models.CheckConstraint(
                name="advice_answered_once_given",
                condition=Q(answer="", answered_by=None, answered_on=None)
                | ~Q(answer="")
                & Q(
                    answered_by__isnull=False,
                    answered_on__isnull=False,
                    given_on__isnull=False,
                ),
            ),
        ]
        indexes = [models.Index(fields=["organisation", "answer"], name="advice_by_answer")]
        triggers = [
            refused_for_staff_networks("no_staff_network_advice", "a staff network gives no advice")
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("advice_detail", args=[self.organisation.slug, self.pk])

    @property
    def reference(self) -> str:
        return f"A{self.number}"
