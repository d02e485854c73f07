"""What a membership body may see of a member organisation: pledged or not, and since when."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from organisations.models import Organisation


class BodyLink(models.Model):
    """A membership body asked; nothing is seen until a coordinator of the member consents."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    body = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="member_links")
    member = models.ForeignKey(
        Organisation, null=True, on_delete=models.CASCADE, related_name="body_links"
    )
    member_name = models.CharField(max_length=160)
    email = models.EmailField(max_length=254)
    token_sha256 = models.BinaryField(max_length=32, unique=True)
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    consented_at = models.DateTimeField(null=True)
    consented_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["body", "member"],
                condition=Q(consented_at__isnull=False, ended_at=None),
                name="body_link_one_open",
            ),
            models.CheckConstraint(
                name="body_link_consent_is_whole",
                condition=Q(consented_at=None, consented_by=None, member=None)
                | Q(consented_at__isnull=False, consented_by__isnull=False, member__isnull=False),
            ),
            models.CheckConstraint(
                name="body_link_not_to_itself", condition=Q(member=None) | ~Q(member=F("body"))
            ),
        ]

    def __str__(self) -> str:
        return self.member_name
