"""What was recommended, what was agreed, who owns it and what has come of it."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from history.append_only import AppendOnly, append_only_triggers
from organisations.models import Organisation, User
from recommendations.enums import ActionKind, Rating, Response, SourceKind, State


class Source(models.Model):
    """A report or a pledge group that recommendations come from."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="sources")
    kind = models.CharField(max_length=20, choices=SourceKind.choices)
    title = models.CharField(max_length=200)
    author = models.CharField(max_length=200, blank=True)
    published = models.CharField(max_length=60, blank=True)
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


class Recommendation(models.Model):
    """One recommendation. `response` (do we agree?) and `state` (is it done?) are two axes."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="recommendations"
    )
    source = models.ForeignKey(Source, on_delete=models.CASCADE, related_name="recommendations")
    theme = models.ForeignKey(
        Theme, null=True, on_delete=models.CASCADE, related_name="recommendations"
    )
    reference = models.CharField(max_length=20)
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=160)
    text = models.TextField()
    is_finding = models.BooleanField(default=False)
    response = models.CharField(max_length=20, choices=Response.choices, default=Response.NONE_YET)
    response_reason = models.TextField(blank=True)
    state = models.CharField(max_length=24, choices=State.choices, default=State.NOT_STARTED)
    state_reason = models.TextField(blank=True)
    outcome = models.TextField(blank=True)
    closed_on = models.DateField(null=True, blank=True)
    accountable_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="sponsored_recommendations",
    )
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source", "reference"], name="recommendation_unique_reference"
            ),
            models.CheckConstraint(
                name="recommendation_closed_has_a_date",
                condition=Q(state__in=State.closed(), closed_on__isnull=False)
                | (~Q(state__in=State.closed()) & Q(closed_on=None)),
            ),
            models.CheckConstraint(
                name="recommendation_not_accepted_has_a_reason",
                condition=~Q(response__in=Response.needing_a_reason()) | ~Q(response_reason=""),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "position"], name="recommendation_in_order"),
            models.Index(fields=["organisation", "state"], name="recommendation_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.reference} {self.title}"

    def get_absolute_url(self) -> str:
        return reverse("recommendation_detail", args=[self.organisation.slug, self.pk])

    @property
    def is_open(self) -> bool:
        return self.state not in State.closed()

    def is_owned_by(self, user: User) -> bool:
        """Its executive sponsor, or the lead of one of its actions: a relation, not a role."""
        leads = {action.responsible_owner_id for action in self.actions.all()}
        return user.pk in leads | {self.accountable_owner_id}


class Action(models.Model):
    """One piece of work towards a recommendation; its kind decides what shows it is done."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.CASCADE, related_name="actions"
    )
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=20, choices=ActionKind.choices)
    every_months = models.PositiveSmallIntegerField(null=True, blank=True)
    occurrences_needed = models.PositiveSmallIntegerField(null=True, blank=True)
    unit = models.CharField(max_length=60, blank=True)
    responsible_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="owned_actions",
    )
    original_date = models.DateField(null=True, blank=True)
    target_date = models.DateField(null=True, blank=True)
    # When a lead first took it on: since then the date stands.
    accepted_at = models.DateTimeField(null=True)
    # The lead of today, once they have said yes; None again as soon as somebody else leads it.
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    proven_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "position"], name="action_unique_position"
            ),
            models.CheckConstraint(
                name="action_cadence_has_its_numbers",
                condition=(
                    Q(
                        kind=ActionKind.CADENCE,
                        every_months__gte=1,
                        occurrences_needed__gte=1,
                    )
                    | (~Q(kind=ActionKind.CADENCE) & Q(every_months=None, occurrences_needed=None))
                ),
            ),
            models.CheckConstraint(
                name="action_accepted_has_dates",
                condition=Q(accepted_at=None)
                | Q(original_date__isnull=False, target_date__isnull=False),
            ),
            models.CheckConstraint(
                name="action_accepted_by_its_lead",
                condition=Q(accepted_by=None)
                | Q(accepted_by=F("responsible_owner"), accepted_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["target_date"],
                name="action_due",
                condition=Q(proven_on=None, target_date__isnull=False),
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="original_date_stands",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__accepted_at__isnull=False)
                & (
                    pgtrigger.Q(old__original_date__df=pgtrigger.F("new__original_date"))
                    | pgtrigger.Q(old__accepted_at__df=pgtrigger.F("new__accepted_at"))
                ),
            )
        ]

    def __str__(self) -> str:
        return self.title


class ProgressUpdate(AppendOnly, models.Model):
    """What an owner reported, with their own rating. A correction is a new update."""

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
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"{self.get_rating_display()} {self.posted_at:%Y-%m-%d}"
