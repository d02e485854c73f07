"""What was signed, word for word."""

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q

from commitments.enums import Choice, PromiseGroup
from commitments.models.pledge import Pledge
from commitments.models.wording import Wording, WordingPromise


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
                operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
                func="""
                    IF EXISTS (
                        SELECT FROM commitments_signing
                        WHERE id IN (OLD.signing_id, NEW.signing_id) AND signed_at IS NOT NULL
                    ) THEN
                        RAISE EXCEPTION 'a promise is frozen once it is signed';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def short(self) -> str:
        """The wording's title of a promise that stands as worded, else the leader's words."""
        if self.choice == Choice.ADOPTED and self.wording_promise:
            return self.wording_promise.title
        return self.text
