"""What somebody without an account has begun, as the session of their browser knows it."""

from django.http import HttpRequest

DRAFTS = "drafts"
"""The ids of the drafts that this browser began, newest last."""
ASKED_BY = "asked_by"
"""The address of the pledge whose page led here."""
NAME = "newcomer_name"
"""As typed into a draft, so that signing up need not ask again."""


def begun_in(request: HttpRequest) -> dict[str, object]:
    kept = (DRAFTS, ASKED_BY, NAME)
    return {key: request.session[key] for key in kept if key in request.session}
