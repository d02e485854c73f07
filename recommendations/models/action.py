"""The pieces of work towards a recommendation, and who takes them on."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from history.append_only import AppendOnly, append_only_triggers
from recommendations.enums import ActionKind, ObjectionKind
from recommendations.models.recommendation import Recommendation

# Decisions lie one room up, in committees; Postgres looks there all the same.
DATE_MOVED_BY_DECISION_ALONE = """
    IF NOT EXISTS (
        SELECT 1 FROM recommendations_extension e
            JOIN committees_decision d ON d.extension_id = e.id
            WHERE e.action_id = NEW.id AND d.ruling = 'approved'
            AND e.old_date = OLD.target_date AND e.new_date = NEW.target_date
    ) THEN
        RAISE EXCEPTION 'only a decision of the committee moves an accepted date'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""


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
    # Coverage by a count ("312 of 340 appraisals") and not by units named one by one.
    is_counted = models.BooleanField(default=False)
    # Of a count: the share that must be reached, in whole per cent.
    percent_needed = models.PositiveSmallIntegerField(null=True, blank=True)
    # Of a cadence: happens with a group's meetings, and is on time when it moves with them.
    moves_with_meetings = models.BooleanField(default=False)
    budget_pounds = models.PositiveIntegerField(null=True, blank=True)
    staff_days = models.PositiveIntegerField(null=True, blank=True)
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
                name="action_count_belongs_to_coverage",
                condition=Q(is_counted=False, percent_needed=None)
                | Q(
                    kind=ActionKind.COVERAGE,
                    is_counted=True,
                    percent_needed__gte=1,
                    percent_needed__lte=100,
                ),
            ),
            models.CheckConstraint(
                name="action_moves_with_meetings_is_cadence",
                condition=Q(moves_with_meetings=False) | Q(kind=ActionKind.CADENCE),
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
            ),
            models.Index(fields=["responsible_owner"], name="action_by_lead"),
        ]
        triggers = [
            # Whoever leads it accepts it, and its date, once it is there.
            pgtrigger.Protect(
                name="begins_as_a_draft",
                operation=pgtrigger.Insert,
                condition=pgtrigger.Condition(
                    "NEW.accepted_at IS NOT NULL OR NEW.original_date IS NOT NULL"
                ),
            ),
            pgtrigger.Protect(
                name="original_date_stands",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__accepted_at__isnull=False)
                & (
                    pgtrigger.Q(old__original_date__df=pgtrigger.F("new__original_date"))
                    | pgtrigger.Q(old__accepted_at__df=pgtrigger.F("new__accepted_at"))
                ),
            ),
            pgtrigger.Trigger(
                name="date_moved_by_decision_alone",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.accepted_at IS NOT NULL"
                    " AND OLD.target_date IS DISTINCT FROM NEW.target_date"
                ),
                func=DATE_MOVED_BY_DECISION_ALONE,
            ),
            # Taken out and put in again, its date would be a draft once more.
            pgtrigger.Protect(
                name="accepted_stays",
                operation=pgtrigger.Delete,
                condition=pgtrigger.Q(old__accepted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        slug = self.recommendation.organisation.slug
        return reverse("action_detail", args=[slug, self.recommendation_id, self.pk])


class Objection(models.Model):
    """Somebody who was asked to lead an action says no, and why. It goes to the sponsor.

    Open until it is settled: while it is, nobody is reminded of the action.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="objections")
    lead = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20, choices=ObjectionKind.choices)
    reason = models.TextField()
    made_at = models.DateTimeField()
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(null=True)
    answer = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["action"], condition=Q(settled_at=None), name="objection_one_open"
            ),
            models.CheckConstraint(
                name="objection_settled_by_somebody",
                condition=Q(settled_at=None, settled_by=None)
                | Q(settled_at__isnull=False, settled_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["action", "-made_at"], name="objection_by_action")]
        triggers = [
            pgtrigger.Protect(
                name="objection_stands",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.action_id <> NEW.action_id OR OLD.lead_id <> NEW.lead_id"
                    " OR OLD.kind <> NEW.kind OR OLD.made_at <> NEW.made_at"
                    " OR (OLD.reason <> NEW.reason AND NEW.reason <> '')"
                    " OR (OLD.settled_at IS NOT NULL"
                    " AND (OLD.settled_at IS DISTINCT FROM NEW.settled_at"
                    " OR OLD.settled_by_id IS DISTINCT FROM NEW.settled_by_id"
                    " OR (OLD.answer <> NEW.answer AND NEW.answer <> '')))"
                ),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.made_at:%Y-%m-%d}"


class NotYet(AppendOnly, models.Model):
    """Why an action is late, in the words of its lead or sponsor. Until then nobody is reminded.

    `due_date`: of the action when it was said. Once that has moved, this counts no more.
    `until`: the first day on which reminders go out again.
    """

    erasable_fields = ("reason",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    action = models.ForeignKey(Action, on_delete=models.PROTECT, related_name="not_yets")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=500)
    due_date = models.DateField()
    said_at = models.DateTimeField()
    until = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="not_yet_ends_after_its_date", condition=Q(until__gt=F("due_date"))
            )
        ]
        indexes = [models.Index(fields=["action", "-said_at"], name="not_yet_by_action")]
        triggers = append_only_triggers(erasable=("reason",))

    def __str__(self) -> str:
        return f"Not yet, until {self.until:%Y-%m-%d}"


class Handover(AppendOnly, models.Model):
    """Who took over from whom: the lead of an action, or the sponsor of a recommendation."""

    erasable_fields = ("note",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="handovers"
    )
    action = models.ForeignKey(
        Action, null=True, on_delete=models.PROTECT, related_name="handovers"
    )
    from_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    to_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    note = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="handover_to_somebody_else", condition=~Q(from_user=F("to_user"))
            )
        ]
        indexes = [
            models.Index(fields=["recommendation", "-at"], name="handover_by_recommendation")
        ]
        triggers = append_only_triggers(erasable=("note",))

    def __str__(self) -> str:
        return f"Handed over {self.at:%Y-%m-%d}"
