"""Who may open which page. Every view carries exactly one of these decorators.

The organisation is in the address, never in the session, so that two tabs and an emailed link
always mean the same one. A stranger to it gets 404, a member without the role 403.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django_htmx.middleware import HtmxDetails
from structlog.contextvars import bind_contextvars

from organisations.enums import Role
from organisations.models import Membership, Organisation, User
from organisations.queries import current_membership
from ui.access import Policy, declare, development_only, public

__all__ = [
    "OrganisationRequest",
    "Policy",
    "SignedInRequest",
    "by_token",
    "development_only",
    "for_organisation",
    "for_the_operator",
    "public",
    "signed_in",
]

View = Callable[..., HttpResponse]
NEEDS_A_SECOND_WAY = "Whoever runs this installation needs a second way to sign in."


class SignedInRequest(HttpRequest):
    """A request of somebody who is signed in."""

    user: User
    htmx: HtmxDetails


class OrganisationRequest(SignedInRequest):
    """A request inside one organisation, of a current member of it."""

    organisation: Organisation
    membership: Membership


def for_organisation(*roles: Role) -> Callable[[View], View]:
    """Open to current members of the organisation in the address; with roles, to these alone.

    The view is called without the `organisation` argument of the address: it finds
    `request.organisation` and `request.membership` instead.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, organisation: str, **kwargs: Any) -> HttpResponse:
            membership = current_membership(user=request.user, slug=organisation)
            if membership is None:
                raise Http404
            bind_contextvars(organisation=str(membership.organisation_id))
            request.organisation = membership.organisation  # type: ignore[attr-defined]
            request.membership = membership  # type: ignore[attr-defined]
            if roles and not membership.has_role(*roles):
                raise PermissionDenied
            return view(request, **kwargs)

        guarded.access_roles = roles  # type: ignore[attr-defined]
        return declare(guarded, Policy.ROLE if roles else Policy.MEMBER)

    return decorate


def signed_in(view: View) -> View:
    """Open to anyone who is signed in, about nobody but themselves."""
    return declare(view, Policy.SIGNED_IN)


def for_the_operator(view: View) -> View:
    """Open to whoever runs the installation, as the admin is: with a second way to sign in."""

    @wraps(view)
    def guarded(request: SignedInRequest, **kwargs: Any) -> HttpResponse:
        if not request.user.is_staff:
            raise Http404
        if not (settings.IS_DEVELOPMENT or is_mfa_enabled(request.user)):
            messages.warning(request, NEEDS_A_SECOND_WAY)
            return redirect("mfa_index")
        return view(request, **kwargs)

    return declare(guarded, Policy.OPERATOR)


def by_token(view: View) -> View:
    """Open to whoever holds the secret in the address. GET and HEAD never use it up."""
    return declare(login_not_required(view), Policy.TOKEN)
