"""Somebody wants no more mail from people who ask strangers."""

from datetime import datetime

from django.db import transaction

from commitments.models import AddressRefusal


@transaction.atomic
def refuse_mail(*, address_digest: bytes, now: datetime) -> None:
    """Counts for whoever asks, from whatever pledge or organisation. Twice is once."""
    AddressRefusal.objects.get_or_create(address_digest=address_digest, defaults={"at": now})
