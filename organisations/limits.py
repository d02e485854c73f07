"""How many invitations may leave, and how long one lasts: each is an email to somebody who did
not ask for it."""

from dataclasses import dataclass
from datetime import timedelta

A_DAY = timedelta(days=1)
AN_HOUR = timedelta(hours=1)
DOUBLE_CLICK = timedelta(minutes=1)
"""The same thing asked for again within this time is one thing."""
INVITE_LASTS = timedelta(days=14)
MOST_OF_AN_ORGANISATION = 50
MOST_OF_ONE_PERSON = 20


@dataclass(frozen=True)
class Invited:
    """Invitations sent so far, those taken back with them: they too have reached somebody.

    by_organisation, by_person: in the last day, by the person from whatever organisation.
    to_address: in the last hour, from this organisation or by this person.
    """

    by_organisation: int
    by_person: int
    to_address: int


def refusal(invited: Invited) -> str:
    """Why one more may not leave now; empty where it may."""
    if invited.to_address:
        return "An invitation went to this address less than an hour ago. Wait a little."
    if invited.by_person >= MOST_OF_ONE_PERSON:
        return f"You have sent {MOST_OF_ONE_PERSON} invitations in a day. Send more tomorrow."
    if invited.by_organisation >= MOST_OF_AN_ORGANISATION:
        return (
            f"{MOST_OF_AN_ORGANISATION} invitations have left this organisation in a day. "
            "Send more tomorrow."
        )
    return ""
