"""What happens elsewhere that pledges have to know of."""

from typing import Any

from allauth.account.models import EmailAddress
from django.http import HttpRequest
from django.utils import timezone

from commitments.actions.drafts import claim_drafts
from commitments.actions.trusting import give_up_address
from organisations.models import User
from organisations.newcomers import DRAFTS, NAME
from panels.models import Gathering


def signed_in(*, request: HttpRequest, user: User, **signal: Any) -> None:
    """By whatever way: the drafts that this browser began without an account become theirs, and
    from here on the session lasts as long as any other."""
    browser = request.session.pop(DRAFTS, [])
    if browser:
        claim_drafts(browser=browser, by=user, now=timezone.now())
        request.session.pop(NAME, None)
        request.session.set_expiry(None)


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
