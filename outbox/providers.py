"""A provider's own interface in place of SMTP: what its errors mean, and its word that mail came
back. Anymail is imported where a provider is set, and nowhere else."""

from typing import Any

import structlog
from django.conf import settings
from django.urls import URLPattern, path
from django.utils import timezone

from config.settings.mail import SMTP, what_is_wrong
from outbox.actions import note_rejection
from outbox.backoff import Answer, answer_to_status
from outbox.coming_back import Event, cause_of
from ui.access import Policy, declare

logger = structlog.get_logger(__name__)


def trouble() -> str:
    """What keeps mail from going by way of the provider that is set; empty where nothing does."""
    return what_is_wrong(
        settings.EMAIL_PROVIDER,
        key=settings.EMAIL_API_KEY,
        secret=settings.ANYMAIL_WEBHOOK_SECRET,
    )


def event_routes(provider: str) -> list[URLPattern]:
    """Where that provider says what became of mail: none without one, or without a secret."""
    if provider == SMTP or trouble():
        return []
    from anymail import urls

    [view] = [
        pattern.callback
        for pattern in urls.urlpatterns
        if pattern.name == f"{provider}_tracking_webhook"
    ]
    return [path(f"mail/events/{provider}/", declare(view, Policy.TOKEN), name="mail_events")]


def listen() -> None:
    """Have `take_note` told of whatever the provider says."""
    from anymail.signals import tracking

    tracking.connect(take_note, dispatch_uid="outbox")


def take_note(event: Any, esp_name: str, **kwargs: Any) -> None:
    said = event.esp_event
    cause = cause_of(
        Event(
            kind=event.event_type or "",
            reason=event.reject_reason or "",
            said=said if isinstance(said, dict) else {},
            answer=event.mta_response or "",
        )
    )
    if cause is None or not event.recipient:
        return
    email_id = str((event.metadata or {}).get("email", ""))
    if "\x00" in f"{event.recipient}{event.message_id}{email_id}":
        logger.warning("mail_event_cannot_be_read", provider=esp_name)
        return
    is_ours = note_rejection(
        address=event.recipient,
        cause=cause,
        detail=" ".join(filter(None, (event.description, event.mta_response))),
        email_id=email_id,
        message_id=event.message_id or "",
        now=timezone.now(),
    )
    logger.info("mail_came_back", provider=esp_name, cause=cause.value, is_ours=is_ours)


def knock(backend: Any) -> None:
    """Raises OSError where a provider cannot be reached. Any answer at all means that it can."""
    session = getattr(backend, "session", None)
    if session is not None:
        session.head(backend.api_url, timeout=backend.timeout, allow_redirects=False)


def prepare(backend: Any, message: Any) -> None:
    """Say which email this is, so that a provider that can tell takes it once only."""
    session = getattr(backend, "session", None)
    if session is not None:
        session.headers["Idempotency-Key"] = message.identity
    if settings.EMAIL_PROVIDER == "brevo":
        message.extra_headers["idempotencyKey"] = message.identity


def answer_of(error: Exception) -> tuple[Answer, str, bool] | None:
    """The answer in a provider's error, its words, and whether it refused the address itself.

    None where the error is none of a provider.
    """
    if settings.EMAIL_PROVIDER == SMTP:
        return None
    from anymail.exceptions import AnymailAPIError, AnymailError, AnymailRecipientsRefused
    from requests import ConnectTimeout

    if isinstance(error, AnymailRecipientsRefused):
        return Answer.REFUSED, "The provider refuses this address.", True
    if isinstance(error, ConnectTimeout):
        return Answer.PUT_OFF, "The provider cannot be reached.", False
    if isinstance(error, AnymailAPIError):
        status = status_of(error)
        return answer_to_status(status), f"{type(error).__name__}: {status or 'no answer'}", False
    if isinstance(error, AnymailError):
        return Answer.REFUSED, f"This email cannot be written: {type(error).__name__}", False
    return None


def refusal_in(message: Any) -> str:
    """What anymail passed over: an error of the provider's whose words it does not know."""
    response = getattr(getattr(message, "anymail_status", None), "esp_response", None)
    status = getattr(response, "status_code", 200)
    return f"The provider refused: {status}" if status >= 400 else ""


def status_of(error: Any) -> int | None:
    """Amazon's library holds the status in an answer of its own."""
    if error.status_code is not None:
        return int(error.status_code)
    answer = getattr(error.__cause__, "response", None)
    if not isinstance(answer, dict):
        return None
    return answer.get("ResponseMetadata", {}).get("HTTPStatusCode")
