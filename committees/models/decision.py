"""What the committee decided, and what those who advise thought of it."""

import uuid

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from committees.enums import DecisionKind, View
from committees.models.group import Group
from committees.models.meeting import Meeting
from committees.models.pack import Pack
from history.append_only import AppendOnly, append_only_triggers
from organisations.models import Organisation
from recommendations.enums import Response, Ruling
from recommendations.models import ClosureProposal, Extension, Recommendation

ONLY_WHO_MAY = """
    SELECT g.organisation_id, g.kind INTO org, kind_of_group
        FROM committees_meeting m JOIN committees_group g ON g.id = m.group_id
        WHERE m.id = NEW.meeting_id;
    IF org IS DISTINCT FROM NEW.organisation_id OR kind_of_group <> 'accountability' THEN
        RAISE EXCEPTION 'decisions belong to the accountability committee'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM committees_meeting m WHERE m.id = NEW.meeting_id AND (
            m.state = 'cancelled'
            OR m.date > (NEW.decided_at AT TIME ZONE 'Europe/London')::date
        )
    ) THEN
        RAISE EXCEPTION 'nothing is decided at a meeting that has not been'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.kind <> 'response' AND NEW.decided_by_id = ANY (NEW.owners) THEN
        RAISE EXCEPTION 'an owner never decides on their own work'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    SELECT ms.roles INTO roles_held FROM organisations_membership ms
        WHERE ms.organisation_id = org AND ms.user_id = NEW.decided_by_id AND ms.ended_at IS NULL;
    IF roles_held IS NULL OR 'coordinator' = ANY (roles_held) THEN
        RAISE EXCEPTION 'a coordinator or a stranger decides nothing'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    SELECT EXISTS (
        SELECT 1 FROM committees_groupmember s JOIN committees_meeting m ON m.group_id = s.group_id
            WHERE m.id = NEW.meeting_id AND s.user_id = NEW.decided_by_id
            AND s.from_date <= m.date AND (s.to_date IS NULL OR s.to_date >= m.date)
    ) INTO has_seat;
    IF NOT has_seat AND NOT (
        NEW.was_passed_on AND roles_held && ARRAY['trustee', 'adviser']
    ) THEN
        RAISE EXCEPTION 'deciding needs a seat on the committee'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF EXISTS (
        SELECT 1 FROM recommendations_recommendation r
            LEFT JOIN recommendations_action a ON a.recommendation_id = r.id
            WHERE r.id = NEW.recommendation_id AND (
                r.organisation_id <> org
                OR (NEW.kind <> 'response' AND (
                    r.accountable_owner_id = NEW.decided_by_id
                    OR a.responsible_owner_id = NEW.decided_by_id
                ))
            )
    ) THEN
        RAISE EXCEPTION 'an owner never decides on their own work'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.proposal_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM recommendations_closureproposal p
            WHERE p.id = NEW.proposal_id AND p.recommendation_id = NEW.recommendation_id
            AND p.proposed_by_id = NEW.asked_by_id
            AND p.withdrawn_at IS NULL AND p.settled_at IS NULL
    ) THEN
        RAISE EXCEPTION 'this proposal is not open'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF NEW.extension_id IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM recommendations_extension e
            JOIN recommendations_action a ON a.id = e.action_id
            LEFT JOIN recommendations_extensionend x ON x.extension_id = e.id
            WHERE e.id = NEW.extension_id AND a.recommendation_id = NEW.recommendation_id
            AND (e.is_own_motion OR e.asked_by_id = NEW.asked_by_id) AND x.extension_id IS NULL
    ) THEN
        RAISE EXCEPTION 'this request is not open'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""


class Decision(AppendOnly, models.Model):
    """What the committee decided at a meeting, recorded by one of them.

    The people who asked and who own the work are copied here, so that a CHECK can refuse whoever
    would decide on their own; a trigger refuses coordinators, strangers and people without a seat.
    `was_passed_on`: nobody on the committee was free to decide, so a trustee or adviser did.
    """

    erasable_fields = ("reason",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="decisions"
    )
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    pack = models.ForeignKey(Pack, null=True, on_delete=models.PROTECT, related_name="decisions")
    kind = models.CharField(max_length=20, choices=DecisionKind.choices)
    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.PROTECT, related_name="decisions"
    )
    proposal = models.OneToOneField(
        ClosureProposal, null=True, on_delete=models.PROTECT, related_name="decision"
    )
    extension = models.OneToOneField(
        Extension, null=True, on_delete=models.PROTECT, related_name="decision"
    )
    ruling = models.CharField(max_length=20, choices=Ruling.choices, blank=True)
    response = models.CharField(max_length=20, choices=Response.choices, blank=True)
    reason = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    decided_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    owners = ArrayField(models.UUIDField())
    was_passed_on = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="decision_never_by_who_asked",
                condition=Q(asked_by=None) | ~Q(asked_by=F("decided_by")),
            ),
            models.CheckConstraint(
                name="decision_about_one_thing",
                condition=Q(
                    kind=DecisionKind.CLOSURE,
                    proposal__isnull=False,
                    extension=None,
                    response="",
                    asked_by__isnull=False,
                )
                & ~Q(ruling="")
                | Q(
                    kind=DecisionKind.EXTENSION, proposal=None, extension__isnull=False, response=""
                )
                & ~Q(ruling="")
                | Q(kind=DecisionKind.RESPONSE, proposal=None, extension=None, ruling="")
                & ~Q(response__in=["", Response.NONE_YET]),
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "-decided_at"], name="decision_in_order"),
            models.Index(fields=["meeting", "decided_at"], name="decision_by_meeting"),
        ]
        triggers = [
            *append_only_triggers(erasable=("reason",)),
            pgtrigger.Trigger(
                name="only_who_may",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                declare=[
                    ("org", "uuid"),
                    ("kind_of_group", "text"),
                    ("roles_held", "text[]"),
                    ("has_seat", "boolean"),
                ],
                func=ONLY_WHO_MAY,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.decided_at:%Y-%m-%d}"


class Opinion(AppendOnly, models.Model):
    """What advisers, or a staff network as a whole, think of a proposal to close.

    Stays visible after closing. A staff network's is nobody's in particular: Postgres refuses a
    name beside it. Somebody who thinks again adds a row.
    """

    erasable_fields = ("note",)

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    proposal = models.ForeignKey(ClosureProposal, on_delete=models.PROTECT, related_name="opinions")
    group = models.ForeignKey(Group, null=True, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    view = models.CharField(max_length=20, choices=View.choices)
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="opinion_of_a_person_or_a_group",
                condition=Q(by=None, group__isnull=False) | Q(by__isnull=False, group=None),
            ),
            models.CheckConstraint(
                name="opinion_is_one_of_three",
                condition=Q(view__in=View.values),
            ),
        ]
        indexes = [models.Index(fields=["proposal", "-at"], name="opinion_by_proposal")]
        triggers = append_only_triggers(erasable=("note",))

    def __str__(self) -> str:
        return self.view
