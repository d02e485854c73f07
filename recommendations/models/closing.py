"""Proposals that the committee decides: closing, later dates; and looking again afterwards."""

import uuid

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from history.append_only import AppendOnly, append_only_triggers
from recommendations.enums import State, Sustained
from recommendations.models.action import Action
from recommendations.models.recommendation import Recommendation


class ClosureProposal(models.Model):
    """An owner says it can be closed; the committee decides. What was proposed stands as written.

    `settled_at`: a decision was taken. Until then it can be withdrawn.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="proposals"
    )
    wanted = models.CharField(
        max_length=24, choices=[(state.value, state.label) for state in State.closed()]
    )
    reason = models.TextField(blank=True)
    outcome = models.TextField(blank=True)
    is_activity_only = models.BooleanField(default=False)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    proposed_at = models.DateTimeField()
    # Who owned the work when it was proposed: giving it up does not free anybody to decide.
    owners = ArrayField(models.UUIDField(), default=list)
    withdrawn_at = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation"],
                condition=Q(withdrawn_at=None, settled_at=None),
                name="proposal_one_open",
            ),
            models.CheckConstraint(
                name="proposal_withdrawn_or_settled",
                condition=Q(withdrawn_at=None) | Q(settled_at=None),
            ),
            models.CheckConstraint(
                name="proposal_activity_only_when_implemented",
                condition=Q(is_activity_only=False)
                | Q(wanted=State.CLOSED_IMPLEMENTED, outcome=""),
            ),
        ]
        indexes = [
            models.Index(fields=["recommendation", "-proposed_at"], name="proposal_in_order")
        ]
        triggers = [
            pgtrigger.Trigger(
                name="says_what_it_owes",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    IF NEW.wanted = 'closed_implemented'
                        AND NEW.outcome = '' AND NOT NEW.is_activity_only
                    THEN
                        RAISE EXCEPTION 'an outcome, or activity only'
                            USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    IF NEW.wanted <> 'closed_implemented' AND NEW.reason = '' THEN
                        RAISE EXCEPTION 'a reason is owed'
                            USING ERRCODE = 'integrity_constraint_violation';
                    END IF;
                    RETURN NEW;
                """,
            ),
            pgtrigger.Protect(
                name="proposal_stands",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.recommendation_id <> NEW.recommendation_id"
                    " OR OLD.wanted <> NEW.wanted"
                    " OR OLD.is_activity_only <> NEW.is_activity_only"
                    " OR OLD.proposed_by_id <> NEW.proposed_by_id"
                    " OR OLD.proposed_at <> NEW.proposed_at"
                    " OR OLD.owners <> NEW.owners"
                    " OR (OLD.reason <> NEW.reason AND NEW.reason <> '')"
                    " OR (OLD.outcome <> NEW.outcome AND NEW.outcome <> '')"
                    " OR (OLD.withdrawn_at IS NOT NULL"
                    " AND OLD.withdrawn_at IS DISTINCT FROM NEW.withdrawn_at)"
                    " OR (OLD.settled_at IS NOT NULL"
                    " AND OLD.settled_at IS DISTINCT FROM NEW.settled_at)"
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"Proposed {self.proposed_at:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        return self.withdrawn_at is None and self.settled_at is None


class Extension(AppendOnly, models.Model):
    """A later date was asked for. The old one stands until the committee approves."""

    erasable_fields = ("reason",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="extensions")
    old_date = models.DateField()
    new_date = models.DateField()
    reason = models.TextField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_on = models.DateField()
    asked_at = models.DateTimeField()
    # After the date has passed nobody can ask; the committee alone may move it of its own motion.
    is_own_motion = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="extension_to_a_later_date", condition=Q(new_date__gt=F("old_date"))
            ),
            models.CheckConstraint(
                name="extension_asked_before_the_date",
                condition=Q(is_own_motion=True) | Q(asked_on__lte=F("old_date")),
            ),
        ]
        indexes = [models.Index(fields=["action", "-asked_at"], name="extension_by_action")]
        triggers = append_only_triggers(erasable=("reason",))

    def __str__(self) -> str:
        return f"{self.old_date:%Y-%m-%d} to {self.new_date:%Y-%m-%d}"


class ExtensionEnd(AppendOnly, models.Model):
    """How a request for a later date ended: approved, refused, or withdrawn (no ruling)."""

    extension = models.OneToOneField(
        Extension, primary_key=True, on_delete=models.PROTECT, related_name="end"
    )
    ruling = models.CharField(max_length=20, blank=True)
    at = models.DateTimeField()

    class Meta:
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return self.ruling or "withdrawn"


class Recheck(models.Model):
    """Six and twelve months after closing: is it still in place?"""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="rechecks"
    )
    proposal = models.ForeignKey(ClosureProposal, on_delete=models.PROTECT, related_name="rechecks")
    months = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    result = models.CharField(max_length=20, choices=Sustained.choices, blank=True)
    note = models.TextField(blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    checked_on = models.DateField(null=True)
    # Reopened in between: there is nothing left to look at.
    dropped_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["proposal", "months"], name="recheck_once"),
            models.CheckConstraint(
                name="recheck_result_has_its_day",
                condition=Q(result="", checked_by=None, checked_on=None)
                | ~Q(result="") & Q(checked_by__isnull=False, checked_on__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on"],
                name="recheck_due",
                condition=Q(result="", dropped_at=None),
            )
        ]
        triggers = [
            pgtrigger.Protect(
                name="recheck_stands",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.result <> '' AND (OLD.result <> NEW.result"
                    " OR OLD.checked_by_id IS DISTINCT FROM NEW.checked_by_id"
                    " OR OLD.checked_on IS DISTINCT FROM NEW.checked_on"
                    " OR (OLD.note <> NEW.note AND NEW.note <> ''))"
                ),
            )
        ]

    def __str__(self) -> str:
        return f"Check after {self.months} months"
