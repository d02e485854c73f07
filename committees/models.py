"""Groups that meet, when they meet and whether they did."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from committees.enums import GroupKind, MeetingState
from organisations.models import Organisation

REFUSE_FOR_STAFF_NETWORKS = """
    IF EXISTS (
        SELECT 1 FROM committees_group WHERE id = NEW.group_id AND kind = 'staff_network'
    ) THEN
        RAISE EXCEPTION '{reason}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""


def refused_for_staff_networks(
    name: str, reason: str, condition: pgtrigger.Q | None = None
) -> pgtrigger.Trigger:
    """Postgres itself refuses the row when its group is a staff network."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        condition=condition,
        func=REFUSE_FOR_STAFF_NETWORKS.format(reason=reason),
    )


class Group(models.Model):
    """A committee, board, forum or network.

    A staff network has a contact address and dates; it never has members here, because that
    would be a list of people by ethnicity.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="groups")
    kind = models.CharField(max_length=20, choices=GroupKind.choices)
    name = models.CharField(max_length=160)
    meets_every_months = models.PositiveSmallIntegerField()
    contact_address = models.EmailField(max_length=254, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="group_unique_name"),
            models.CheckConstraint(
                name="group_meets_every_1_to_12_months",
                condition=Q(meets_every_months__gte=1, meets_every_months__lte=12),
            ),
        ]
        # A group with members must never become a staff network, nor the reverse.
        triggers = [
            pgtrigger.Protect(
                name="kind_stands",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__kind__df=pgtrigger.F("new__kind")),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("group_detail", args=[self.organisation.slug, self.pk])

    @property
    def is_staff_network(self) -> bool:
        return self.kind == GroupKind.STAFF_NETWORK


class GroupMember(models.Model):
    """Sitting on a group from a day until a day. Deciding needs a current seat."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="group_memberships"
    )
    is_chair = models.BooleanField(default=False)
    from_date = models.DateField()
    to_date = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "user"],
                condition=Q(to_date=None),
                name="group_member_one_current_seat",
            ),
            models.CheckConstraint(
                name="group_member_ends_after_start",
                condition=Q(to_date=None) | Q(to_date__gte=F("from_date")),
            ),
        ]
        triggers = [
            refused_for_staff_networks(
                "no_staff_network_members", "a staff network has no members here"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} on {self.group}"


class Meeting(models.Model):
    """One meeting of a group. One that was planned and never held shows as missed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="meetings")
    date = models.DateField()
    state = models.CharField(
        max_length=20, choices=MeetingState.choices, default=MeetingState.PLANNED
    )
    note = models.TextField(blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "date"], name="meeting_one_a_day")]
        indexes = [models.Index(fields=["group", "-date"], name="meeting_by_group")]
        triggers = [
            refused_for_staff_networks(
                "no_staff_network_notes",
                "meetings of a staff network have no notes here",
                condition=pgtrigger.Q(new__note__gt=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.date:%d %B %Y}"
