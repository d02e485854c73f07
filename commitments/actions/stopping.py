"""Somebody wants no more mail from people who ask strangers."""

from datetime import datetime

from django.db import transaction

from commitments.actions.assisting import decline
from commitments.actions.refusals import refuse_mail
from commitments.models import Assistant, StrangerMail


@transaction.atomic
def stop_mail(*, mail: StrangerMail, now: datetime) -> None:
    """Whoever was asked to help has said no with it. Twice is once."""
    refuse_mail(address_digest=bytes(mail.address_digest), now=now)
    asked = Assistant.objects.select_related("pledge").filter(pk=mail.pk).first()
    if asked is not None:
        decline(asked=asked, now=now)
