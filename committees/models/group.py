"""Groups that meet, and who sits on them."""

import uuid

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from committees.enums import GroupKind
from organisations.models import Organisation

REFUSE_FOR_STAFF_NETWORKS = """
    IF EXISTS (
        SELECT 1 FROM committees_group WHERE id = NEW.group_id AND kind = 'staff_network'
    ) THEN
        RAISE EXCEPTION '{reason}' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
"""


REFUSE_AT_THEIR_MEETINGS = """
    IF EXISTS (
        SELECT 1 FROM committees_meeting m JOIN committees_group g ON g.id = m.group_id
            WHERE m.id = NEW.meeting_id AND g.kind = 'staff_network'
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


def refused_at_their_meetings(name: str, reason: str) -> pgtrigger.Trigger:
    """The same for a row that hangs on a meeting."""
    return pgtrigger.Trigger(
        name=name,
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func=REFUSE_AT_THEIR_MEETINGS.format(reason=reason),
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
    # By how many days a meeting may slip and still be on time.
    tolerance_days = models.PositiveSmallIntegerField(default=14)
    # Race equality stands on the agenda of every one of its meetings.
    has_equality_item = models.BooleanField(default=False)
    contact_address = models.EmailField(max_length=254, blank=True)
    created_at = models.DateTimeField()
    closed_on = models.DateField(null=True, blank=True)
    # Grows with every save, so that nobody writes over what they have not seen.
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="group_tolerance_up_to_60_days", condition=Q(tolerance_days__lte=60)
            ),
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
        indexes = [models.Index(fields=["user"], name="group_member_by_user")]
        triggers = [
            refused_for_staff_networks(
                "no_staff_network_members", "a staff network has no members here"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} on {self.group}"
