"""Rounds in which people say for themselves how they are counted, without anybody learning who.

A token says whom it was made for while the round is open, and whether it was used; the counters
say how many answered what. Nothing joins the two: no key, no time, no order.
"""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q

from organisations.models import Organisation
from panels.enums import Definition, Measure, Part, RoundOutcome
from panels.models.gathering import Gathering
from panels.models.line_up import Participant


class DeclarationRound(models.Model):
    """Open from when it is made until `closed_at`; never opened again. Links that are left in one
    that has closed say that its answers are not in the count yet.

    `invited`: people asked in all; `counts_parts`: main stage and rest are large enough for
    counters of their own. `definition` is whom the women's counter counts, fixed at the start.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gathering = models.ForeignKey(
        Gathering, on_delete=models.PROTECT, related_name="declaration_rounds"
    )
    as_at = models.DateField()
    invited = models.PositiveIntegerField()
    counts_parts = models.BooleanField()
    definition = models.CharField(max_length=40, choices=Definition.choices)
    closes_on = models.DateField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    opened_at = models.DateTimeField()
    reminders = models.PositiveSmallIntegerField(default=0)
    last_reminded_on = models.DateField(null=True)
    closed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=20, choices=RoundOutcome.choices, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gathering"],
                condition=Q(closed_at=None),
                name="declaration_one_open_round",
            ),
            models.CheckConstraint(name="declaration_at_least_five", condition=Q(invited__gte=5)),
            models.CheckConstraint(
                name="declaration_outcome_once_closed",
                condition=Q(closed_at=None, outcome="")
                | (Q(closed_at__isnull=False) & ~Q(outcome="")),
            ),
        ]
        indexes = [
            models.Index(fields=["closes_on"], name="declaration_open", condition=Q(closed_at=None))
        ]
        triggers = [
            pgtrigger.Protect(
                name="never_reopened",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__closed_at__isnull=False),
            ),
            pgtrigger.Protect(
                name="what_was_asked_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__invited__df=pgtrigger.F("new__invited"))
                | pgtrigger.Q(old__definition__df=pgtrigger.F("new__definition"))
                | pgtrigger.Q(old__counts_parts__df=pgtrigger.F("new__counts_parts"))
                | pgtrigger.Q(old__gathering__df=pgtrigger.F("new__gathering")),
            ),
        ]

    def __str__(self) -> str:
        return f"Declaration round of {self.gathering_id}"


class DeclarationToken(models.Model):
    """One person's link or printed code; deleted once the round is closed and counted.

    A code of a sheet is nobody's, and `is_mailed` is False. `address_sha256`: where it was sent,
    and nowhere else is it ever sent. `is_used`: it opens nothing more. `is_settled`: what was
    answered with it is in the counters, or nothing ever will be. No time is kept anywhere here.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(DeclarationRound, on_delete=models.CASCADE, related_name="tokens")
    token_sha256 = models.BinaryField(unique=True)
    participant = models.ForeignKey(
        Participant, null=True, on_delete=models.SET_NULL, related_name="tokens"
    )
    is_on_main_stage = models.BooleanField(default=False)
    is_on_rest = models.BooleanField(default=False)
    is_mailed = models.BooleanField(default=False)
    address_sha256 = models.BinaryField(null=True)
    is_used = models.BooleanField(default=False)
    is_settled = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["round", "is_used"], name="declaration_token_use")]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "participant"],
                condition=Q(participant__isnull=False),
                name="declaration_one_token_each",
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="what_it_opens_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__token_sha256__df=pgtrigger.F("new__token_sha256"))
                | pgtrigger.Q(old__round__df=pgtrigger.F("new__round")),
            )
        ]

    def __str__(self) -> str:
        return f"Token of {self.round_id}"


class SealedCounter(models.Model):
    """How many answered what. The product's role has no rights on this table: it adds through
    one function of the owner's and reads through another, which answers only after the close."""

    round = models.ForeignKey(DeclarationRound, on_delete=models.PROTECT, related_name="+")
    part = models.CharField(max_length=20, choices=Part.choices)
    measure = models.CharField(max_length=20, choices=Measure.choices)
    yes = models.PositiveIntegerField(default=0)
    no = models.PositiveIntegerField(default=0)
    unsaid = models.PositiveIntegerField(default=0)

    is_sealed = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["round", "part", "measure"], name="sealed_counter_once")
        ]

    def __str__(self) -> str:
        return "Sealed counter"


class SealedClose(models.Model):
    """That a round has closed, and in which transaction: until that is committed the counters
    tell nothing. Here and not in the round, because that row the product's role may write."""

    round = models.OneToOneField(
        DeclarationRound, on_delete=models.PROTECT, primary_key=True, related_name="+"
    )
    closed_in = models.CharField(max_length=20)

    is_sealed = True

    def __str__(self) -> str:
        return "Sealed close"


class AskingRefusal(models.Model):
    """An address whose owner does not want to be asked by this organisation; only its digest."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    address_sha256 = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "address_sha256"], name="asking_refused_once"
            )
        ]

    def __str__(self) -> str:
        return "An address that is not asked"
