"""When groups meet, what is on the agenda and who sends apologies."""

import uuid

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse

from committees.enums import MeetingState
from committees.models.group import (
    Group,
    GroupMember,
    refused_at_their_meetings,
    refused_for_staff_networks,
)
from recommendations.enums import OccurrenceKind
from recommendations.models import Action, Recommendation
from ui.dates import in_full


class Meeting(models.Model):
    """One meeting of a group. One that was planned and never held shows as missed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.ForeignKey(Group, on_delete=models.CASCADE, related_name="meetings")
    date = models.DateField()
    state = models.CharField(
        max_length=20, choices=MeetingState.choices, default=MeetingState.PLANNED
    )
    note = models.TextField(blank=True)
    starts_at = models.TimeField(null=True, blank=True)
    place = models.CharField(max_length=160, blank=True)
    # A forum's seminar, workshop or other session; a meeting has no topic of its own.
    kind = models.CharField(
        max_length=20, choices=OccurrenceKind.choices, default=OccurrenceKind.MEETING
    )
    topic = models.CharField(max_length=200, blank=True)
    headcount = models.PositiveIntegerField(null=True, blank=True)
    changed = models.TextField(blank=True)
    # Grows with every save, so that nobody writes over what they have not seen.
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["group", "date"], name="meeting_one_a_day")]
        indexes = [models.Index(fields=["group", "-date"], name="meeting_by_group")]
        triggers = [
            refused_for_staff_networks(
                "no_staff_network_notes",
                "meetings of a staff network have no notes or counts here",
                condition=pgtrigger.Q(new__note__gt="")
                | pgtrigger.Q(new__topic__gt="")
                | pgtrigger.Q(new__changed__gt="")
                | pgtrigger.Q(new__headcount__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return in_full(self.date)

    def get_absolute_url(self) -> str:
        return reverse("meeting_detail", args=[self.group.organisation.slug, self.pk])


class AgendaItem(models.Model):
    """Something that will be talked about. What needs a decision is added by itself, not here.

    `action`: talking about it is what happens regularly, so a meeting that covered it counts.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    recommendation = models.ForeignKey(
        Recommendation, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    action = models.ForeignKey(
        Action, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    is_standing = models.BooleanField(default=False)
    was_covered = models.BooleanField(null=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "position"], name="agenda_item_in_order"),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(is_standing=True), name="agenda_one_standing_item"
            ),
        ]
        triggers = [
            refused_at_their_meetings(
                "no_staff_network_agenda", "a staff network has no agenda here"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Apology(models.Model):
    """Somebody with a seat could not come."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="apologies")
    member = models.ForeignKey(GroupMember, on_delete=models.CASCADE, related_name="apologies")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "member"], name="apology_once")]
        triggers = [
            refused_at_their_meetings(
                "no_staff_network_apologies", "a staff network has no apologies here"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_id} at {self.meeting_id}"
