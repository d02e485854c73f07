"""What was signed, word for word. Once signed it may only be blanked, when somebody is erased."""

import uuid
from collections.abc import Mapping

import pgtrigger
from django.db import models
from django.db.models import Q

from commitments.enums import Choice, PromiseGroup, StandardKind
from commitments.models.pledge import Pledge
from commitments.models.wording import Wording, WordingPromise


def frozen_with_its_signing(
    table: str, *, blanked: Mapping[str, str], refusal: str
) -> pgtrigger.Trigger:
    """For a row that belongs to a signing. `blanked`: what an erasing may put into which columns,
    in SQL. The layout of the text is part of what the migrations hold."""
    between = "\n" + 24 * " "
    assignments = between.join(f"blanked.{name} := {value};" for name, value in blanked.items())
    return pgtrigger.Trigger(
        name="frozen_as_signed",
        level=pgtrigger.Row,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        declare=[("blanked", table)],
        func=f"""
                    IF TG_OP = 'UPDATE' THEN
                        blanked := OLD;
                        {assignments}
                        IF NEW IS NOT DISTINCT FROM blanked THEN RETURN NEW; END IF;
                    END IF;
                    IF EXISTS (
                        SELECT FROM commitments_signing
                        WHERE id IN (OLD.signing_id, NEW.signing_id) AND signed_at IS NOT NULL
                    ) THEN
                        RAISE EXCEPTION '{refusal}';
                    END IF;
                    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                    RETURN NEW;
                """,
    )


class Signing(models.Model):
    """The text of a pledge as signed. Frozen from `signed_at`: a newer text is a new signing."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pledge = models.ForeignKey(Pledge, on_delete=models.CASCADE, related_name="signings")
    number = models.PositiveSmallIntegerField(default=1)
    wording = models.ForeignKey(Wording, on_delete=models.PROTECT, related_name="signings")
    statement = models.TextField(blank=True)
    signed_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(db_default=1, default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pledge", "number"], name="signing_unique_number")
        ]
        triggers = [
            pgtrigger.Trigger(
                name="frozen_as_signed",
                level=pgtrigger.Row,
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__signed_at__isnull=False),
                declare=[("blanked", "commitments_signing")],
                func="""
                    IF TG_OP = 'UPDATE' THEN
                        blanked := OLD;
                        blanked.statement := '';
                        IF NEW IS NOT DISTINCT FROM blanked THEN RETURN NEW; END IF;
                    END IF;
                    RAISE EXCEPTION 'a signing is frozen once it is signed';
                """,
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
            frozen_with_its_signing(
                "commitments_promise",
                blanked={"text": "''"},
                refusal="a promise is frozen once it is signed",
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


class Standard(models.Model):
    """Something signed up to before the pledge: shown beside it, frozen with it."""

    signing = models.ForeignKey(Signing, on_delete=models.CASCADE, related_name="standards")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20, choices=StandardKind.choices)
    name = models.CharField(max_length=160, blank=True)
    signed_up_on = models.DateField(null=True, blank=True)
    link = models.URLField(max_length=400, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["signing", "position"], name="standard_unique_position"
            ),
            models.CheckConstraint(
                name="standard_other_has_a_name",
                condition=~Q(kind=StandardKind.OTHER) | ~Q(name=""),
            ),
        ]
        triggers = [
            frozen_with_its_signing(
                "commitments_standard",
                blanked={
                    "link": "''",
                    "name": "CASE OLD.kind WHEN 'other' THEN 'Removed' ELSE '' END",
                },
                refusal="a standard is frozen once the pledge is signed",
            )
        ]

    def __str__(self) -> str:
        return self.name or self.get_kind_display()
