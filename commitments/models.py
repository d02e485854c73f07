"""Pledges: the wording they are made from, what was signed, and the record of keeping them."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from commitments.enums import (
    Cadence,
    Choice,
    InvitationState,
    Kept,
    PledgeState,
    PromiseGroup,
)
from history.append_only import AppendOnly, append_only_triggers
from organisations.models import Organisation
from panels.models import Gathering


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


class PledgeQuerySet(models.QuerySet["Pledge"]):
    def published(self) -> "PledgeQuerySet":
        return self.filter(state=PledgeState.PUBLISHED)

    def newest_first(self) -> "PledgeQuerySet":
        return self.order_by("-published_at", "-id")


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
    state = models.CharField(
        max_length=20, choices=PledgeState.choices, default=PledgeState.DRAFT
    )
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_worked_example = models.BooleanField(default=False)

    objects = PledgeQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="pledge_published_at_once_public",
                condition=Q(state=PledgeState.DRAFT, published_at=None)
                | (~Q(state=PledgeState.DRAFT) & Q(published_at__isnull=False)),
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
        ]

    def __str__(self) -> str:
        return f"{self.leader_name}, {self.role_title}"

    def get_absolute_url(self) -> str:
        return reverse("pledge_public", args=[self.slug])


class Signing(models.Model):
    """The text of a pledge as signed. Frozen from `signed_at`: a newer text is a new signing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pledge = models.ForeignKey(Pledge, on_delete=models.CASCADE, related_name="signings")
    number = models.PositiveSmallIntegerField(default=1)
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="signings")
    statement = models.TextField(blank=True)
    signed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pledge", "number"], name="signing_unique_number")
        ]
        triggers = [
            pgtrigger.Protect(
                name="frozen_as_signed",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__signed_at__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"Signing {self.number} of {self.pledge_id}"


class Promise(models.Model):
    """One line of a signing: adopted, adapted or visibly left out, or the leader's own."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    signing = models.ForeignKey(Signing, on_delete=models.CASCADE, related_name="promises")
    wording_promise = models.ForeignKey(
        WordingPromise, null=True, on_delete=models.PROTECT, related_name="+"
    )
    position = models.PositiveSmallIntegerField()
    group = models.CharField(max_length=20, choices=PromiseGroup.choices)
    choice = models.CharField(max_length=20, choices=Choice.choices)
    text = models.TextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["signing", "position"], name="promise_unique_position"),
            models.CheckConstraint(
                name="promise_own_has_no_wording",
                condition=Q(choice=Choice.OWN, wording_promise=None)
                | (~Q(choice=Choice.OWN) & Q(wording_promise__isnull=False)),
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="frozen_as_signed",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                declare=[("signed", "timestamptz")],
                func="""
                    SELECT signed_at INTO signed FROM commitments_signing
                    WHERE id = OLD.signing_id;
                    IF signed IS NOT NULL THEN
                        RAISE EXCEPTION 'a promise is frozen once it is signed';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Invitation(models.Model):
    """An invitation to speak or sit somewhere, and what came of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pledge = models.ForeignKey(Pledge, on_delete=models.CASCADE, related_name="invitations")
    gathering = models.ForeignKey(
        Gathering, null=True, blank=True, on_delete=models.SET_NULL, related_name="invitations"
    )
    title = models.CharField(max_length=200)
    organiser = models.CharField(max_length=160, blank=True)
    held_on = models.DateField(null=True, blank=True)
    state = models.CharField(
        max_length=20, choices=InvitationState.choices, default=InvitationState.RECEIVED
    )
    received_on = models.DateField()
    asked_on = models.DateField(null=True, blank=True)
    lineup_changed = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="invitation_changed_only_after_asking",
                condition=Q(lineup_changed=False) | Q(asked_on__isnull=False),
            ),
            models.CheckConstraint(
                name="invitation_asked_after_received",
                condition=Q(asked_on=None) | Q(asked_on__gte=F("received_on")),
            ),
        ]
        indexes = [models.Index(fields=["pledge", "-received_on"], name="invitation_by_pledge")]

    def __str__(self) -> str:
        return self.title


class CheckIn(models.Model):
    """One look back by the leader. `period` is the first day of the month it tells of."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pledge = models.ForeignKey(Pledge, on_delete=models.CASCADE, related_name="check_ins")
    period = models.DateField()
    checked_in_at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pledge", "period"], name="check_in_once_a_period"),
            models.CheckConstraint(
                name="check_in_period_is_a_first", condition=Q(period__day=1)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period:%B %Y}"


class CheckInLine(AppendOnly, models.Model):
    """What the leader said of one promise in one check-in."""

    check_in = models.ForeignKey(CheckIn, on_delete=models.PROTECT, related_name="lines")
    promise = models.ForeignKey(Promise, on_delete=models.PROTECT, related_name="+")
    kept = models.CharField(max_length=20, choices=Kept.choices)
    reflection = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["check_in", "promise"], name="check_in_line_once_a_promise"
            )
        ]
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return self.get_kept_display()
