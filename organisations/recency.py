"""Whether somebody has shown lately that it is they who sit at this browser."""

import time
from datetime import timedelta

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled

from organisations.access import SignedInRequest

LATELY = timedelta(minutes=15)


def signed_in_lately(request: SignedInRequest) -> bool:
    """For those who sign in by emailed codes alone.

    Of everybody else allauth asks the password, a code or a key again where that is called for.
    """
    user = request.user
    if user.has_usable_password() or is_mfa_enabled(user):
        return True
    since = time.time() - LATELY.total_seconds()
    return any(record["at"] > since for record in get_authentication_records(request, user))
