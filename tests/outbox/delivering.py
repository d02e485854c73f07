"""Emails due a minute before a fixed moment, and what became of them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from typing import Any

from outbox.models import Attempt, Email
from tests.factories.outbox import EmailFactory

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def clock(now: datetime = NOW) -> Callable[[], datetime]:
    return lambda: now


def email(**fields: Any) -> Email:
    return EmailFactory(**{"created_at": NOW - timedelta(minutes=1), **fields})


def phases(row: Email) -> list[str]:
    return list(
        Attempt.objects.filter(email_id=row.id).order_by("id").values_list("phase", flat=True)
    )


def ids(messages: list[bytes]) -> list[str]:
    return [message_from_bytes(raw, policy=policy.default)["Message-ID"] for raw in messages]
