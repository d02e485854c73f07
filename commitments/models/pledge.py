"""A pledge over its whole life."""

import uuid

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from commitments.as_shown import marks
from commitments.enums import Cadence, Confirmation, Ending, PledgeState
from commitments.search import FoldedWords, beginnings
from commitments.signing import signature
from organisations.models import Organisation, User

NAMELESS = (Ending.NOT_THEIRS, Ending.ERASED)
"""Nobody reads a pledge that ended so under a name: see `PledgeQuerySet.named`."""


class PledgeQuerySet(models.QuerySet["Pledge"]):
    def published(self) -> "PledgeQuerySet":
        return self.filter(state=PledgeState.PUBLISHED)

    def shown(self) -> "PledgeQuerySet":
        """Published, or closed since: what was once public stays readable."""
        return self.exclude(state=PledgeState.DRAFT)

    def named(self) -> "PledgeQuerySet":
        """Those that everybody can read under somebody's name."""
        return self.shown().exclude(ending__in=NAMELESS).filter(erased_at=None)

    def listed(self) -> "PledgeQuerySet":
        """What the public list shows."""
        return self.published().filter(is_listed=True)

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
    # A draft may be begun without an account: then only the browser that began it opens it.
    leader = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="pledges"
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
    confirmation = models.CharField(max_length=20, choices=Confirmation.choices, db_default="")
    confirmed_domain = models.CharField(max_length=253, db_default="")
    shows_record = models.BooleanField(db_default=True)
    is_listed = models.BooleanField(db_default=True)
    # The chain: who asked whom is counted only when both have said that it may be.
    asked_by = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="made_after"
    )
    says_who_asked = models.BooleanField(db_default=False)
    counts_who_followed = models.BooleanField(db_default=False)
    ending = models.CharField(max_length=20, choices=Ending.choices, db_default="")
    ended_on = models.DateField(null=True)
    follows = models.ForeignKey(
        "self", null=True, on_delete=models.SET_NULL, related_name="followed_by"
    )
    erased_at = models.DateTimeField(null=True)
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
            models.CheckConstraint(
                name="pledge_leader_unless_a_draft",
                condition=Q(leader__isnull=False) | Q(state=PledgeState.DRAFT),
            ),
            models.CheckConstraint(
                name="pledge_ending_only_when_closed",
                condition=Q(ending="") | Q(state=PledgeState.CLOSED),
            ),
            models.CheckConstraint(
                name="pledge_not_asked_by_itself",
                condition=Q(asked_by=None) | ~Q(asked_by=F("pk")),
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
                condition=Q(state=PledgeState.PUBLISHED, is_listed=True),
            ),
            models.Index(
                fields=["organisation_name", "-published_at", "-id"],
                name="pledge_public_by_name",
                condition=Q(state=PledgeState.PUBLISHED, is_listed=True),
            ),
            models.Index(fields=["organisation", "-published_at"], name="pledge_by_organisation"),
            models.Index(
                fields=["created_at"],
                name="pledge_draft_without_account",
                condition=Q(state=PledgeState.DRAFT, leader=None),
            ),
            GinIndex(fields=["searched"], name="pledge_by_words"),
        ]

    def __str__(self) -> str:
        return f"{self.leader_name}, {self.role_title}"

    def get_absolute_url(self) -> str:
        return reverse("pledge_public", args=[self.slug])

    @property
    def signed_by(self) -> tuple[str, str, str]:
        return self.leader_name, self.role_title, self.organisation_name

    @property
    def signature(self) -> str:
        return signature(*self.signed_by)

    @property
    def who(self) -> dict[str, str]:
        """What a coordinator confirms, by what it is called."""
        return {
            "name": self.leader_name,
            "role": self.role_title,
            "organisation": f"{self.organisation_id} {self.organisation_name}",
        }

    @property
    def who_as_shown(self) -> str:
        return marks(self.who)

    @property
    def is_confirmed_by_an_address(self) -> bool:
        return self.confirmed_at is not None and self.confirmation == Confirmation.WORK_ADDRESS

    @property
    def is_confirmed_by_people(self) -> bool:
        return self.confirmed_at is not None and not self.is_confirmed_by_an_address

    def may_be_confirmed_by(self, user: User) -> bool:
        """Nobody confirms their own."""
        return self.state == PledgeState.PUBLISHED and self.leader_id != user.pk


class CadenceChange(models.Model):
    """From this day the leader looks back this often: the past keeps the rhythm it had."""

    pledge = models.ForeignKey(Pledge, on_delete=models.CASCADE, related_name="cadence_changes")
    cadence_before = models.CharField(max_length=20, choices=Cadence.choices)
    changed_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pledge", "changed_on"], name="cadence_change_one_a_day"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_cadence_before_display()} until {self.changed_on}"
