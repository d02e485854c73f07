"""Who sits where while a line-up is planned. Names go when it is locked; the seats stay."""

import uuid

from django.db import models
from django.db.models import Q

from history.append_only import AppendOnly, append_only_triggers
from panels.enums import SeatRole, Stage
from panels.models.gathering import Gathering


class SessionManager(models.Manager["Session"]):
    """Those on the programme now."""

    def get_queryset(self) -> "models.QuerySet[Session]":
        return super().get_queryset().filter(removed_at=None)


class Session(models.Model):
    """One item of a programme. A panel or a standing group has one, which bears its own name.

    `source_key`: which row of an imported file it is, so that importing again changes nothing.
    `has_time`: without it only the day is known, and `starts_at` is its midnight.
    `removed_at`: taken off the programme, without seats; its counts only ever grow, so it stays,
    and somebody who was writing in it meanwhile can put it back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="sessions")
    title = models.CharField(max_length=300)
    stage = models.CharField(max_length=20, choices=Stage.choices, default=Stage.OTHER)
    room = models.CharField(max_length=120, blank=True)
    starts_at = models.DateTimeField(null=True, blank=True)
    has_time = models.BooleanField(default=True, db_default=True)
    minutes = models.PositiveIntegerField(null=True, blank=True)
    position = models.PositiveIntegerField()
    source_key = models.CharField(max_length=64, blank=True)
    revision = models.PositiveIntegerField(default=1)
    removed_at = models.DateTimeField(null=True)

    objects = SessionManager()
    with_removed = models.Manager["Session"]()

    class Meta:
        indexes = [
            models.Index(fields=["gathering", "position", "id"], name="session_in_order"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "source_key"],
                condition=~Q(source_key=""),
                name="session_one_for_each_source",
            ),
            models.CheckConstraint(
                condition=Q(has_time=True) | Q(starts_at__isnull=False),
                name="session_without_a_time_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Participant(models.Model):
    """Somebody on a line-up, to be counted once in several sessions and to be sent a link.

    Nothing about anybody's gender or ethnicity is ever kept here. Once the line-up is locked
    the name, the address and the key are blank and only the number is left.
    `merge_key`: what makes two rows of an import the same person, hashed within this gathering.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="participants")
    number = models.PositiveIntegerField()
    name = models.CharField(max_length=160, blank=True)
    email = models.EmailField(max_length=254, blank=True)
    merge_key = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["gathering", "number"], name="participant_unique_number"
            ),
            models.UniqueConstraint(
                fields=["gathering", "merge_key"],
                condition=~Q(merge_key=""),
                name="participant_one_for_each_key",
            ),
        ]

    def __str__(self) -> str:
        return self.name or f"Person {self.number}"


class Seat(models.Model):
    """A role in a session. Without a participant it is planned and not yet anybody's."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="seats")
    role = models.CharField(max_length=20, choices=SeatRole.choices)
    participant = models.ForeignKey(
        Participant, null=True, on_delete=models.SET_NULL, related_name="seats"
    )

    class Meta:
        indexes = [
            models.Index(fields=["session", "role", "participant"], name="seat_in_session"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "role", "participant"],
                condition=Q(participant__isnull=False),
                name="seat_once_for_each_person_and_role",
            )
        ]

    def __str__(self) -> str:
        return str(self.get_role_display())


class Snapshot(AppendOnly, models.Model):
    """A line-up's result frozen when it was locked: canonical JSON, its stamp and its SHA-256."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.PROTECT, related_name="snapshots")
    number = models.PositiveIntegerField()
    as_at = models.DateField()
    facts = models.JSONField()
    sha256 = models.CharField(max_length=64)
    locked_by = models.ForeignKey(
        "organisations.User", null=True, on_delete=models.PROTECT, related_name="+"
    )
    locked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gathering", "number"], name="snapshot_unique_number")
        ]
        triggers = append_only_triggers()

    def __str__(self) -> str:
        return f"Snapshot {self.number} of {self.gathering_id}"
