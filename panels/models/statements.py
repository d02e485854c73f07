"""What leaves the organisation about one line-up."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q

from panels.enums import StatementKind
from panels.models.gathering import Gathering


class Statement(models.Model):
    """What one line-up shows, as it may be seen from outside: `facts` hold nothing more.

    Frozen when made; made anew, it is a new row and the old one is revoked. A public one is at
    an address of its own; one for an invited leader opens by a link, of which only the digest
    is kept.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    gathering = models.ForeignKey(Gathering, on_delete=models.CASCADE, related_name="statements")
    kind = models.CharField(max_length=20, choices=StatementKind.choices)
    slug = models.SlugField(max_length=120, blank=True)
    token_sha256 = models.BinaryField(unique=True, null=True)
    facts = models.JSONField()
    sha256 = models.CharField(max_length=64)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="statement_has_an_address_or_a_link",
                condition=Q(kind=StatementKind.PUBLIC, token_sha256=None) & ~Q(slug="")
                | Q(
                    kind=StatementKind.LEADER,
                    slug="",
                    token_sha256__isnull=False,
                    expires_at__isnull=False,
                ),
            ),
            models.UniqueConstraint(
                fields=["slug"], condition=~Q(slug=""), name="statement_one_at_each_address"
            ),
            models.UniqueConstraint(
                fields=["gathering"],
                condition=Q(kind=StatementKind.PUBLIC, revoked_at=None),
                name="statement_one_public",
            ),
        ]

    def __str__(self) -> str:
        return f"Statement about {self.gathering_id}"
