"""Whoever signs in, by whatever way, keeps the drafts that this browser began without an
account."""

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from commitments.actions.drafts import claim_drafts
from organisations.models import User
from organisations.newcomers import DRAFTS, NAME


def claim(*, request: HttpRequest, user: User, **signal: Any) -> None:
    """From here on the session lasts as long as any other."""
    browser = request.session.pop(DRAFTS, [])
    if browser:
        claim_drafts(browser=browser, by=user, now=timezone.now())
        request.session.pop(NAME, None)
        request.session.set_expiry(None)
