"""Pledges: the wording they are made from, what was signed, and the record of keeping them."""

from commitments.models.keeping import CheckIn, CheckInLine, Invitation
from commitments.models.pledge import Pledge
from commitments.models.signing import Promise, Signing
from commitments.models.wording import Wording, WordingPromise

__all__ = [
    "CheckIn",
    "CheckInLine",
    "Invitation",
    "Pledge",
    "Promise",
    "Signing",
    "Wording",
    "WordingPromise",
]
