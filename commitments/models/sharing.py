"""Who else reads, helps with, takes on or is asked to make a pledge, each by a link of its own.

Of every link only the SHA-256 is kept.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from commitments.enums import ReportOutcome
from commitments.models.pledge import Pledge
from organisations.addresses import masked
from organisations.models import Organisation

USER = settings.AUTH_USER_MODEL


class PreviewLink(models.Model):
    """Lets a chair or a communications team read a draft."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pledge = models.ForeignKey(Pledge, on_delete=models.CASCADE, related_name="preview_links")
    token_sha256 = models.BinaryField(max_length=32, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pledge"], condition=Q(revoked_at=None), name="preview_link_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"Link to {self.pledge_id}"


class Republication(models.Model):
    """A place elsewhere that carries the pledge."""

    pledge = models.ForeignKey(Pledge, on_delete=models.CASCADE, related_name="republications")
    link = models.URLField(max_length=400)
    title = models.CharField(max_length=160, blank=True)
    published_on = models.DateField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pledge", "link"], name="republication_once_a_link")
        ]

    def __str__(self) -> str:
        return self.title or self.link


class Encouragement(models.Model):
    """Somebody asked by email to make the pledge. The address itself is not kept: a keyed
    digest of it tells whether they were asked before."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pledge = models.ForeignKey(Pledge, on_delete=models.CASCADE, related_name="encouragements")
    address_digest = models.BinaryField(max_length=32)
    token_sha256 = models.BinaryField(max_length=32, unique=True)
    by = models.ForeignKey(USER, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pledge", "address_digest"], name="encouragement_once_an_address"
            )
        ]
        indexes = [models.Index(fields=["by", "asked_at"], name="encouragement_by_asker")]

    def __str__(self) -> str:
        return f"Encouragement of {self.asked_at:%Y-%m-%d}"


class AddressRefusal(models.Model):
    """Whoever reads mail there wants no more from people who ask strangers.

    The address itself is not kept: a keyed digest of it recognises it.
    """

    address_digest = models.BinaryField(max_length=32, unique=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"Refusal of {self.at:%Y-%m-%d}"


class StrangerMail(models.Model):
    """One mail that a person had us send to somebody who may have no account here.

    Its id is that of the row that asks. It outlives that row, so that whoever got the mail can
    still say that they want no more: the address itself is kept in neither.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    # Empty once whoever asked erased their account.
    by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    address_digest = models.BinaryField(max_length=32)
    stop_sha256 = models.BinaryField(max_length=32, unique=True)
    sent_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["by", "sent_at"], name="stranger_mail_by_sender"),
            models.Index(fields=["address_digest", "sent_at"], name="stranger_mail_by_address"),
        ]

    def __str__(self) -> str:
        return f"Mail of {self.sent_at:%Y-%m-%d}"


class Assistant(models.Model):
    """Somebody who logs for a leader: writes and drafts, never publishes or confirms."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pledge = models.ForeignKey(Pledge, on_delete=models.CASCADE, related_name="assistants")
    email = models.EmailField(max_length=254)
    user = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="assistances")
    token_sha256 = models.BinaryField(max_length=32, unique=True)
    invited_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                Lower("email"), "pledge", condition=Q(ended_at=None), name="assistant_one_open"
            ),
            models.CheckConstraint(
                name="assistant_accepted_at_and_by",
                condition=Q(accepted_at=None, user=None)
                | Q(accepted_at__isnull=False, user__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["user"], name="assistant_by_user", condition=Q(ended_at=None))
        ]

    def __str__(self) -> str:
        return self.email

    @property
    def masked_email(self) -> str:
        return masked(self.email)


class Handover(models.Model):
    """A leader who leaves asks the organisation's next leader to take the pledge on."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pledge = models.ForeignKey(Pledge, on_delete=models.CASCADE, related_name="handovers")
    email = models.EmailField(max_length=254, blank=True)
    token_sha256 = models.BinaryField(max_length=32, unique=True)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    accepted_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["pledge"], condition=Q(revoked_at=None), name="handover_one_open"
            ),
        ]

    def __str__(self) -> str:
        return f"Handover of {self.pledge_id}"

    @property
    def masked_email(self) -> str:
        return masked(self.email)


class ImpersonationReport(models.Model):
    """Anybody may say that a pledge is not that person's."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    pledge = models.ForeignKey(Pledge, on_delete=models.CASCADE, related_name="reports")
    # Whose coordinator looks at it, as the pledge stood then: it does not move with the pledge.
    organisation = models.ForeignKey(
        Organisation, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    text = models.TextField()
    reporter_email = models.EmailField(max_length=254, blank=True)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=20, choices=ReportOutcome.choices, blank=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(USER, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="impersonation_report_settled_at_with_outcome",
                condition=Q(outcome="", settled_at=None)
                | (~Q(outcome="") & Q(settled_at__isnull=False)),
            )
        ]
        indexes = [
            models.Index(fields=["pledge", "-at"], name="impersonation_report_by_pledge"),
            models.Index(fields=["-at"], name="impersonation_report_open", condition=Q(outcome="")),
        ]

    def __str__(self) -> str:
        return f"Report of {self.at:%Y-%m-%d}"
