"""What was recommended, what was agreed and what has come of it."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from organisations.models import Organisation, User
from recommendations.enums import Horizon, Level, Response, State
from recommendations.models.source import Source, Theme

# Two at once must not make a circle between them: one organisation's plan at a time.
NO_CIRCLE = """
    PERFORM 1 FROM organisations_organisation o
        JOIN recommendations_recommendation r ON r.organisation_id = o.id
        WHERE r.id = NEW.recommendation_id FOR NO KEY UPDATE OF o;
    IF NOT EXISTS (
        SELECT 1 FROM recommendations_recommendation a
            JOIN recommendations_recommendation b ON a.organisation_id = b.organisation_id
            WHERE a.id = NEW.recommendation_id AND b.id = NEW.depends_on_id
    ) THEN
        RAISE EXCEPTION 'a dependency stays inside one organisation'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (
        WITH RECURSIVE before AS (
            SELECT NEW.depends_on_id AS id
            UNION
            SELECT d.depends_on_id FROM recommendations_dependency d
                JOIN before ON d.recommendation_id = before.id
        )
        SELECT 1 FROM before WHERE id = NEW.recommendation_id
    ) THEN
        RAISE EXCEPTION 'recommendations must not depend on each other in a circle'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""

# Decisions lie one room up, in committees; Postgres looks there all the same.
CLOSED_BY_DECISION_ALONE = """
    IF NOT EXISTS (
        SELECT 1 FROM recommendations_closureproposal p
            JOIN committees_decision d ON d.proposal_id = p.id
            WHERE p.recommendation_id = NEW.id AND p.wanted = NEW.state
            AND d.ruling = 'approved'
            AND (OLD.reopened_at IS NULL OR d.decided_at > OLD.reopened_at)
    ) THEN
        RAISE EXCEPTION 'only a decision of the committee closes a recommendation'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""


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
    level = models.CharField(max_length=20, choices=Level.choices, blank=True)
    horizon = models.CharField(max_length=20, choices=Horizon.choices, blank=True)
    phase = models.PositiveSmallIntegerField(null=True, blank=True)
    depends_on = models.ManyToManyField(
        "self", through="Dependency", symmetrical=False, related_name="needed_by"
    )
    response = models.CharField(max_length=20, choices=Response.choices, default=Response.NONE_YET)
    response_reason = models.TextField(blank=True)
    state = models.CharField(max_length=24, choices=State.choices, default=State.NOT_STARTED)
    state_reason = models.TextField(blank=True)
    outcome = models.TextField(blank=True)
    # Closed as implemented without an outcome yet: counted apart in every total.
    is_activity_only = models.BooleanField(default=False)
    closed_on = models.DateField(null=True, blank=True)
    # The last time; no decision from before it closes this again.
    reopened_at = models.DateTimeField(null=True)
    accountable_owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="sponsored_recommendations",
    )
    created_at = models.DateTimeField()
    # Goes up with every edit, so that whoever saves second sees both versions.
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="recommendation_phase_1_to_9",
                condition=Q(phase=None) | Q(phase__gte=1, phase__lte=9),
            ),
            models.CheckConstraint(
                name="recommendation_activity_only_when_implemented",
                condition=Q(is_activity_only=False) | Q(state=State.CLOSED_IMPLEMENTED, outcome=""),
            ),
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
            models.Index(fields=["accountable_owner"], name="recommendation_by_sponsor"),
        ]
        triggers = [
            # Written down as closed, it would owe the committee nothing.
            pgtrigger.Protect(
                name="begins_open",
                operation=pgtrigger.Insert,
                condition=pgtrigger.Condition(
                    "NEW.state LIKE 'closed_%' OR NEW.closed_on IS NOT NULL"
                    " OR NEW.reopened_at IS NOT NULL OR NEW.outcome <> ''"
                    " OR NEW.is_activity_only"
                ),
            ),
            pgtrigger.Trigger(
                name="closed_by_decision_alone",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "NEW.state LIKE 'closed_%' AND OLD.state IS DISTINCT FROM NEW.state"
                ),
                func=CLOSED_BY_DECISION_ALONE,
            ),
            # An old decision would close it again, were the day of its reopening to go.
            pgtrigger.Protect(
                name="reopened_for_good",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.reopened_at IS NOT NULL"
                    " AND (NEW.reopened_at IS NULL OR NEW.reopened_at < OLD.reopened_at)"
                    " OR OLD.state LIKE 'closed_%' AND NEW.state NOT LIKE 'closed_%'"
                    " AND NEW.reopened_at IS NOT DISTINCT FROM OLD.reopened_at"
                ),
            ),
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


class Dependency(models.Model):
    """`recommendation` cannot be done before `depends_on`. Postgres refuses a circle."""

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.CASCADE, related_name="dependencies"
    )
    depends_on = models.ForeignKey(
        Recommendation, on_delete=models.CASCADE, related_name="dependents"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["recommendation", "depends_on"], name="dependency_once"
            ),
            models.CheckConstraint(
                name="dependency_not_on_itself", condition=~Q(recommendation=F("depends_on"))
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="no_circle",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=NO_CIRCLE,
            )
        ]

    def __str__(self) -> str:
        return f"{self.recommendation_id} after {self.depends_on_id}"
