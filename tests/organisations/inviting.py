"""Invitations to join by the number, and the link in an email."""

from datetime import datetime

from organisations import actions
from organisations.models import Organisation, User
from outbox.models import Email


def invite_number(number: int, organisation: Organisation, *, by: User, at: datetime) -> None:
    actions.invite_member(
        organisation=organisation, email=f"x{number}@example.org", roles=["staff"], by=by, now=at
    )


def token_in(email: Email) -> str:
    line = next(line for line in email.text.splitlines() if "/join/" in line)
    return line.split("/join/")[1].strip("/")
