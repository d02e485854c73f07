"""What leaves the organisation: statements of one line-up, and figures of many together."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from history.append_only import AppendOnly, append_only_triggers
from organisations.models import Organisation
from panels.enums import Measure, StatementKind
from panels.models.gathering import Gathering


class Statement(models.Model):
    """What one line-up shows, as it may be seen from outside: `facts` hold nothing more.

    Frozen when made; made anew, it is a new row and the old one is revoked. A public one is at
    an address of its own; one for an invited leader opens by a link, of which only the digest
    is kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="statements")
    kind = models.CharField(max_length=20, choices=StatementKind.choices)
    slug = models.SlugField(max_length=120, blank=True)
    token_sha256 = models.BinaryField(unique=True, null=True)
    facts = models.JSONField()
    sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="statement_has_an_address_or_a_link",
                condition=Q(kind=StatementKind.PUBLIC, token_sha256=None) & ~Q(slug="")
                | Q(
                    kind=StatementKind.LEADER,
                    slug="",
                    token_sha256__isnull=False,
                    expires_at__isnull=False,
                ),
            ),
            models.UniqueConstraint(
                fields=["slug"], condition=~Q(slug=""), name="statement_one_at_each_address"
            ),
            models.UniqueConstraint(
                fields=["gathering"],
                condition=Q(kind=StatementKind.PUBLIC, revoked_at=None),
                name="statement_one_public",
            ),
        ]

    def __str__(self) -> str:
        return f"Statement about {self.gathering_id}"


class PooledRelease(AppendOnly, models.Model):
    """One measure of several gatherings together, as released for one quarter and frozen.

    `facts` hold only what the small-number rules let through: figures to the nearest 5.
    """

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="pooled_releases"
    )
    quarter = models.DateField()
    measure = models.CharField(max_length=20, choices=Measure.choices)
    definition = models.CharField(max_length=40)
    basis = models.CharField(max_length=20)
    rules_version = models.CharField(max_length=20)
    facts = models.JSONField()
    released_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=[
                    "organisation",
                    "quarter",
                    "measure",
                    "definition",
                    "basis",
                    "rules_version",
                ],
                name="pooled_release_once",
            )
        ]
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"{self.get_measure_display()}, {self.quarter}"


class PooledGathering(AppendOnly, models.Model):
    """A gathering is in one pool of each measure, ever: pools that overlap tell too much."""

    release = models.ForeignKey(
        PooledRelease, on_delete=models.PROTECT, related_name="pooled_gatherings"
    )
    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="pooled")
    measure = models.CharField(max_length=20, choices=Measure.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gathering", "measure"], name="pooled_gathering_once")
        ]
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"{self.gathering_id} in a pool"


class CountingChoices(models.Model):
    """What one organisation counts and aims for itself: never below the wording's thresholds."""

    organisation = models.OneToOneField(
        Organisation, on_delete=models.CASCADE, related_name="counting_choices"
    )
    women_definition = models.CharField(max_length=40)
    women_numerator = models.PositiveSmallIntegerField()
    women_denominator = models.PositiveSmallIntegerField()
    minoritised_numerator = models.PositiveSmallIntegerField()
    minoritised_denominator = models.PositiveSmallIntegerField()
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="counting_women_not_below_half",
                condition=Q(women_denominator__gt=0)
                & Q(women_numerator__lte=models.F("women_denominator"))
                & Q(
                    women_numerator__gte=models.F("women_denominator") - models.F("women_numerator")
                ),
            ),
            models.CheckConstraint(
                name="counting_minoritised_not_below_a_fifth",
                condition=Q(minoritised_denominator__gt=0)
                & Q(minoritised_numerator__lte=models.F("minoritised_denominator"))
                & Q(minoritised_denominator__lte=models.F("minoritised_numerator") * 5),
            ),
        ]

    def __str__(self) -> str:
        return f"What {self.organisation_id} counts"
