"""What keeps the product from starting."""

import os
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured
from django.core.mail import get_connection

from config.settings.mail import SMTP
from outbox.providers import event_routes, trouble

HINT = "docs/mail.md says what each provider needs."


def mail_can_leave(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    said = trouble() or what_the_provider_lacks()
    return [Error(said, hint=HINT, id="outbox.E001")] if said else []


def what_the_provider_lacks() -> str:
    """A key, a secret or a package of its own, in anymail's words."""
    if settings.EMAIL_PROVIDER == SMTP:
        return ""
    try:
        get_connection()
        for route in event_routes(settings.EMAIL_PROVIDER):
            route.callback.view_class()  # type: ignore[attr-defined]
    except (ImportError, ImproperlyConfigured) as error:
        return f"EMAIL_PROVIDER_OPTIONS or a package is missing: {error}"
    return ""


def nothing_is_to_die(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    named = settings.FAILPOINT or os.environ.get("FAILPOINT")
    if not named or settings.IS_DEVELOPMENT:
        return []
    hint = "Only development and the bench may kill their processes: unset it."
    return [Error(f"FAILPOINT is set to {named}.", hint=hint, id="outbox.E002")]


def stop_if_mail_cannot_leave() -> None:
    """For whoever starts without running Django's checks: the worker and the web server."""
    for error in mail_can_leave(None):
        raise SystemExit(f"{error.msg} {error.hint}")
