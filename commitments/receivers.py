"""What happens elsewhere that a pledge has to know of."""

from typing import Any

from allauth.account.models import EmailAddress
from django.utils import timezone

from commitments.actions.trusting import give_up_address
from panels.models import Gathering


def event_moved(
    instance: Gathering, created: bool, update_fields: frozenset[str] | None, **kwargs: Any
) -> None:
    """An entry is held when the event is that it is linked to."""
    if not created and (update_fields is None or "held_on" in update_fields):
        moved = instance.invitations.exclude(held_on=instance.held_on)
        moved.update(held_on=instance.held_on)


def address_removed(instance: EmailAddress, **kwargs: Any) -> None:
    """An address was taken out of an account."""
    give_up_address(person=instance.user, address=instance.email, now=timezone.now())
