"""The invitation ledger: what a leader was asked to, each step of it, and the letter that asks."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from commitments.enums import InvitationKind, InvitationState
from commitments.models.pledge import Pledge
from panels.models import Gathering


class Invitation(models.Model):
    """An invitation to speak or sit somewhere, and what came of it.

    `state`, `asked_on` and `lineup_changed` sum up the steps, so that a list reads one row.
    `revision` grows with every change: whoever typed over an older one is told. What an
    assistant wrote counts once the leader has confirmed it.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pledge = models.ForeignKey(Pledge, on_delete=models.CASCADE, related_name="invitations")
    gathering = models.ForeignKey(
        Gathering, null=True, blank=True, on_delete=models.SET_NULL, related_name="invitations"
    )
    kind = models.CharField(
        max_length=20, choices=InvitationKind.choices, db_default=InvitationKind.INVITED,
        default=InvitationKind.INVITED,
    )  # fmt: skip
    title = models.CharField(max_length=200)
    organiser = models.CharField(max_length=160, blank=True)
    held_on = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=1000, blank=True, db_default="")
    state = models.CharField(
        max_length=20, choices=InvitationState.choices, default=InvitationState.RECEIVED
    )
    received_on = models.DateField()
    asked_on = models.DateField(null=True, blank=True)
    lineup_changed = models.BooleanField(default=False)
    # A seat is asked about anew each year: the entry of the year before.
    follows = models.OneToOneField(
        "self", null=True, on_delete=models.SET_NULL, related_name="followed_by"
    )
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(db_default=1, default=1)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="invitation_changed_only_after_asking",
                condition=Q(lineup_changed=False) | Q(asked_on__isnull=False),
            ),
            models.UniqueConstraint(fields=["pledge", "gathering"], name="invitation_one_an_event"),
            models.CheckConstraint(
                name="invitation_asked_after_received",
                condition=Q(asked_on=None) | Q(asked_on__gte=F("received_on")),
            ),
        ]
        indexes = [
            models.Index(fields=["pledge", "-received_on"], name="invitation_by_pledge"),
            models.Index(
                fields=["pledge"],
                name="invitation_to_confirm",
                condition=Q(confirmed_at=None),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Step(models.Model):
    """One step of an invitation's path. `number` counts the people put forward."""

    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="steps")
    state = models.CharField(max_length=20, choices=InvitationState.choices)
    on = models.DateField()
    number = models.PositiveSmallIntegerField(null=True)
    # Nobody of ours where the organiser answered.
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["invitation", "state"], name="step_once_an_invitation"),
            models.CheckConstraint(
                name="step_number_of_people_put_forward",
                condition=Q(number=None)
                | Q(state=InvitationState.PUT_FORWARD, number__gte=1, number__lte=99),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} on {self.on}"


class AskLetter(models.Model):
    """The letter to an organiser. Only the SHA-256 of its reply links is kept.

    The copy that leaves by email has a link of its own, which nobody here is ever shown: an
    answer through it came from the address that it was sent to.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    invitation = models.ForeignKey(Invitation, on_delete=models.CASCADE, related_name="letters")
    text = models.TextField()
    to_address = models.EmailField(max_length=254, blank=True)
    token_sha256 = models.BinaryField(max_length=32, unique=True)
    mailed_sha256 = models.BinaryField(max_length=32, unique=True, null=True)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    sent_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True)
    revision = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["invitation"],
                condition=Q(revoked_at=None),
                name="ask_letter_one_open",
            ),
        ]
        indexes = [models.Index(fields=["sent_by", "sent_at"], name="ask_letter_by_sender")]

    def __str__(self) -> str:
        return f"Letter about {self.invitation_id}"
