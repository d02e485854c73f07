"""A pledge over its whole life."""

import uuid

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.urls import reverse

from commitments.enums import Cadence, PledgeState
from commitments.search import FoldedWords, beginnings
from organisations.models import Organisation, User


class PledgeQuerySet(models.QuerySet["Pledge"]):
    def published(self) -> "PledgeQuerySet":
        return self.filter(state=PledgeState.PUBLISHED)

    def shown(self) -> "PledgeQuerySet":
        """Published, or closed since: what was once public stays readable."""
        return self.exclude(state=PledgeState.DRAFT)

    def newest_first(self) -> "PledgeQuerySet":
        return self.order_by("-published_at", "-id")

    def matching(self, text: str) -> "PledgeQuerySet":
        """Every word of `text` begins a word of the name, role or organisation."""
        wanted = beginnings(text)
        if wanted is None:
            return self
        return self.filter(searched=wanted)


class Pledge(models.Model):
    """One person's pledge over its whole life. What was signed is in its signings."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    slug = models.CharField(max_length=100, unique=True)
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="pledges"
    )
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.SET_NULL, related_name="pledges"
    )
    leader_name = models.CharField(max_length=120)
    role_title = models.CharField(max_length=120)
    organisation_name = models.CharField(max_length=160, blank=True)
    check_in_every = models.CharField(
        max_length=20, choices=Cadence.choices, default=Cadence.MONTHLY
    )
    state = models.CharField(max_length=20, choices=PledgeState.choices, default=PledgeState.DRAFT)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_worked_example = models.BooleanField(default=False)
    # Stored: a search that finds everybody would otherwise fold every name anew.
    searched = models.GeneratedField(
        expression=FoldedWords("leader_name", "role_title", "organisation_name"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = PledgeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["leader"],
                condition=Q(state=PledgeState.DRAFT),
                name="pledge_one_draft_a_leader",
            ),
            models.CheckConstraint(
                name="pledge_published_at_once_public",
                condition=Q(state=PledgeState.DRAFT, published_at=None)
                | (~Q(state=PledgeState.DRAFT) & Q(published_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="pledge_confirmed_by_its_organisation",
                condition=Q(confirmed_at=None) | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="pledge_closed_has_a_time",
                condition=Q(state=PledgeState.CLOSED, closed_at__isnull=False)
                | (~Q(state=PledgeState.CLOSED) & Q(closed_at=None)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["-published_at", "-id"],
                name="pledge_public_list",
                condition=Q(state=PledgeState.PUBLISHED),
            ),
            models.Index(fields=["organisation", "-published_at"], name="pledge_by_organisation"),
            GinIndex(fields=["searched"], name="pledge_by_words"),
        ]

    def __str__(self) -> str:
        return f"{self.leader_name}, {self.role_title}"

    def get_absolute_url(self) -> str:
        return reverse("pledge_public", args=[self.slug])

    def may_be_confirmed_by(self, user: User) -> bool:
        """Nobody confirms their own."""
        return self.state == PledgeState.PUBLISHED and self.leader_id != user.pk
