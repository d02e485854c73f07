"""The declared policy of a view, and the two policies that need no organisation.

It lives below every app so that pages of `ui` can declare theirs; `organisations.access`
re-exports these names beside its own decorators.
"""

from collections.abc import Callable
from enum import StrEnum
from functools import wraps
from typing import Any, TypeVar, cast

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse

View = TypeVar("View", bound=Callable[..., Any])


class Policy(StrEnum):
    PUBLIC = "public"
    SIGNED_IN = "signed_in"
    TOKEN = "token"  # noqa: S105
    MEMBER = "member"
    ROLE = "role"
    DEVELOPMENT = "development"
    OPERATOR = "operator"


def declare(view: View, policy: Policy) -> View:
    """The access matrix reads `access_policy` from every view; one without it fails the run."""
    view.access_policy = policy  # type: ignore[attr-defined]
    return view


def public(view: View) -> View:
    return declare(login_not_required(view), Policy.PUBLIC)


def development_only(view: View) -> View:
    """404 everywhere but on a developer's machine, so that nobody learns the page exists."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not settings.IS_DEVELOPMENT:
            raise Http404
        return cast(HttpResponse, view(request, *args, **kwargs))

    return declare(cast(View, login_not_required(guarded)), Policy.DEVELOPMENT)
