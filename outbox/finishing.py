"""Writing down what a mail server answered, for as long as the lease is ours."""

import random
import time
from datetime import datetime

import structlog
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction
from django.db.models import F, QuerySet

from outbox.actions import suppress
from outbox.backoff import Answer, after_answer, wait_after, without_addresses
from outbox.enums import Cause, Kind, Phase, Policy, State
from outbox.models import Attempt, Email
from outbox.transport import Result

# Seconds until Postgres is asked again.
PAUSE = 1.0
TAKEN_WITHOUT_A_WORD = Result(Answer.ACCEPTED)
OVER = frozenset({State.SENT, State.FAILED, State.CANCELLED, State.SUPPRESSED})
PHASES = {
    State.LEASED: Phase.CLAIMED,
    State.QUEUED: Phase.DEFERRED,
    State.SENT: Phase.SENT,
    State.FAILED: Phase.FAILED,
    State.CANCELLED: Phase.CANCELLED,
    State.SUPPRESSED: Phase.CANCELLED,
}
# One statement and so one trip: it is all that an email costs between two others.
TAKEN = """
    WITH taken AS (
        UPDATE outbox_email
        SET state = %(sent)s, sent_at = %(now)s, lease_token = NULL, lease_until = NULL,
            last_error = ''
        WHERE id = %(id)s AND state = %(leased)s AND lease_token = %(token)s
        RETURNING id
    )
    INSERT INTO outbox_attempt (email_id, at, phase, detail)
    SELECT id, %(now)s, %(phase)s, '' FROM taken
"""

logger = structlog.get_logger(__name__)


def forget_secrets(email: Email) -> None:
    if email.state in OVER and Kind(email.kind).is_secret:
        email.text = email.html = ""


def note_answer(email: Email, result: Result, *, now: datetime) -> None:
    """Write it down, where Postgres is away again and again until the lease is over.

    What is sent and not written down is sent twice.
    """
    give_up = time.monotonic() + lease_left(email, now=now)
    while True:
        try:
            write_down(email, result, now=now)
            return
        except (DatabaseError, InterfaceError) as error:
            too_late = time.monotonic() + PAUSE > give_up
            if too_late or connection.in_atomic_block or not is_away(error):
                raise
            logger.warning("outbox_answer_not_written_yet", reason=type(error).__name__)
            connection.close()
            time.sleep(PAUSE)


def is_away(error: Exception) -> bool:
    """psycopg2 calls a line that breaks within a statement by no better name than DatabaseError."""
    return isinstance(error, OperationalError | InterfaceError) or type(error) is DatabaseError


def lease_left(email: Email, *, now: datetime) -> float:
    return (email.lease_until - now).total_seconds() if email.lease_until else 0.0


def write_down(email: Email, result: Result, *, now: datetime) -> None:
    if result == TAKEN_WITHOUT_A_WORD and not Kind(email.kind).is_secret:
        note_taken(email, now=now)
    else:
        finish(email, result, now=now)


def note_taken(email: Email, *, now: datetime) -> None:
    """What `finish` does for nearly every email."""
    with connection.cursor() as cursor:
        cursor.execute(
            TAKEN,
            {
                "id": email.id,
                "token": email.lease_token,
                "now": now,
                "leased": State.LEASED,
                "sent": State.SENT,
                "phase": Phase.SENT,
            },
        )
        held = cursor.rowcount
    if not held:
        note_lost_lease(email, now=now)
        return
    email.state, email.sent_at, email.last_error = State.SENT, now, ""


@transaction.atomic
def finish(email: Email, result: Result, *, now: datetime) -> None:
    """Write down the answer, unless the lease was lost meanwhile."""
    email.state = after_answer(result.answer, policy=Policy(email.policy), attempts=email.attempts)
    email.last_error = without_addresses(result.detail)[:300]
    forget_secrets(email)
    if not mine(email).update(**outcome_fields(email, result.answer, now=now)):
        note_lost_lease(email, now=now)
        return
    if email.state != State.SENT:
        logger.info("email_not_sent", state=str(email.state), attempts=email.attempts)
    phase = PHASES[State(email.state)]
    Attempt.objects.create(email_id=email.id, at=now, phase=phase, detail=email.last_error)
    if result.bad_address:
        suppress(email.to_address, cause=Cause.REFUSED, reason=email.last_error, now=now)


def outcome_fields(email: Email, answer: Answer, *, now: datetime) -> dict[str, object]:
    """The columns of one finished attempt.

    While the server cannot be reached the due time stands, so that `/readyz` shows how long
    mail has been stuck.
    """
    fields: dict[str, object] = {
        "state": email.state,
        "lease_token": None,
        "lease_until": None,
        "last_error": email.last_error,
    }
    if email.state == State.SENT:
        fields["sent_at"] = now
    if email.state in OVER and Kind(email.kind).is_secret:
        fields |= {"text": email.text, "html": email.html}
    if answer is Answer.NOT_TRIED:
        fields["attempts"] = F("attempts") - 1
    elif email.state == State.QUEUED:
        fields["due_at"] = now + wait_after(email.attempts, chance=random.random())  # noqa: S311
    return fields


def mine(email: Email) -> QuerySet[Email]:
    """The row, as long as the lease we hold is still the one it is under."""
    return Email.objects.filter(pk=email.pk, state=State.LEASED, lease_token=email.lease_token)


def note_lost_lease(email: Email, *, now: datetime) -> None:
    """Unless it was ourselves, and Postgres went away before it could say that it is written."""
    if Email.objects.filter(pk=email.pk, state=State.SENT, sent_at=now).exists():
        return
    logger.warning("outbox_lease_lost")
    Attempt.objects.create(email_id=email.id, at=now, phase=Phase.LOST_LEASE)
