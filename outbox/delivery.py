"""From the ledger to the mail server: claim, commit, send, finish.

No lock is held while a server is spoken to. A claim is a lease: whoever dies holding one loses
it after `LEASE`, and the email goes to the next claimer or, where it may go out only once, to
nobody.
"""

import math
import random
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db import connection, transaction
from django.db.models import F, QuerySet

from outbox.actions import suppress
from outbox.backoff import (
    Answer,
    Fate,
    Waiting,
    after_answer,
    before_sending,
    wait_after,
    without_addresses,
)
from outbox.enums import Cause, Kind, Phase, Policy, State
from outbox.failpoints import failpoint
from outbox.models import Attempt, Email
from outbox.queries import lock_claimable, oldest_due, suppressed_among
from outbox.transport import OutboxMessage, Result, Transport

BATCH = 20
LEASE = timedelta(seconds=90)
# What must be left of a lease when sending starts: four answers at the 20 s that each may take.
NEEDED = timedelta(seconds=80)
# No email is begun later than this into a run; what is left waits for the next, which is rung for.
# Only this and EMAIL_TIMEOUT bound a run: Celery's own limits do nothing to a pool of threads.
RUN_SECONDS = 45

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


@dataclass(frozen=True)
class Claim:
    """`to_send` is leased to us. `settled` were claimed and need not be sent any more."""

    to_send: list[Email]
    settled: int

    def __bool__(self) -> bool:
        return bool(self.to_send or self.settled)


def deliver_due(*, clock: Callable[[], datetime]) -> bool:
    """Send what is due; True where time ran out before the work did."""
    end = time.monotonic() + RUN_SECONDS
    with Transport() as transport:
        while time.monotonic() < end:
            if oldest_due(clock()) is None or reach(transport) is not None:
                return False
            claim = claim_batch(now=clock())
            if not claim:
                return False
            failpoint("after_claim_commit")
            if not send_batch(claim.to_send, transport=transport, clock=clock, end=end):
                return False
    return True


def reach(transport: Transport) -> Result | None:
    """None once connected, else why not.

    Asked before anything is claimed, so that an outage adds nothing to the append-only attempts.
    """
    unreachable = transport.connect()
    if unreachable is not None:
        logger.error("mail_server_unreachable", reason=unreachable.detail)
    return unreachable


@transaction.atomic
def claim_batch(*, now: datetime, size: int = BATCH) -> Claim:
    emails = lock_claimable(now=now, size=size)
    suppressed = suppressed_among(email.to_address for email in emails)
    if any(email.state == State.LEASED for email in emails):
        failpoint("taking_over_a_lease")
    fates = {email: before_sending(waiting(email, suppressed), now=now) for email in emails}
    to_send = [email for email, fate in fates.items() if fate.state == State.LEASED]
    lease(to_send, now=now)
    for email, fate in fates.items():
        if fate.state != State.LEASED:
            settle(email, fate)
    Attempt.objects.bulk_create(
        Attempt(email_id=email.id, at=now, phase=PHASES[fate.state], detail=fate.reason)
        for email, fate in fates.items()
    )
    failpoint("before_claim_commit")
    return Claim(to_send=to_send, settled=len(emails) - len(to_send))


def waiting(email: Email, suppressed: set[str]) -> Waiting:
    """An account holder who asks for a code gets one: a single bounce must not lock them out."""
    asked_for = email.kind == Kind.SIGN_IN and email.to_user_id is not None
    held_back = email.to_address.lower() in suppressed
    return Waiting(
        policy=Policy(email.policy),
        attempts=email.attempts,
        in_doubt=email.state == State.LEASED,
        suppressed=held_back and not asked_for and not email.despite_refusal,
        not_after=email.not_after,
    )


def lease(emails: list[Email], *, now: datetime) -> None:
    """Make the emails ours until `LEASE` is over."""
    token, until = uuid.uuid4(), now + LEASE
    Email.objects.filter(id__in=[email.id for email in emails]).update(
        state=State.LEASED, lease_token=token, lease_until=until, attempts=F("attempts") + 1
    )
    for email in emails:
        email.state, email.lease_token, email.lease_until = State.LEASED, token, until
        email.attempts += 1


def settle(email: Email, fate: Fate) -> None:
    """Put away an email that is not to be sent any more."""
    email.state, email.last_error = fate.state, fate.reason
    email.lease_token = email.lease_until = None
    forget_secrets(email)
    email.save(update_fields=["state", "last_error", "lease_token", "lease_until", "text", "html"])


def forget_secrets(email: Email) -> None:
    if email.state in OVER and Kind(email.kind).is_secret:
        email.text = email.html = ""


def send_batch(
    emails: list[Email],
    *,
    transport: Transport,
    clock: Callable[[], datetime],
    end: float = math.inf,
) -> bool:
    """False where the mail server cannot be reached. What it leaves waits; no attempt is counted.

    end: on the monotonic clock, when no further email is begun.
    """
    for position, email in enumerate(emails):
        if time.monotonic() >= end:
            put_back(emails[position:], now=clock())
            return True
        if email.policy == Policy.AT_MOST_ONCE:
            transport.still_there()
        unreachable = reach(transport)
        if unreachable is not None:
            put_back(emails[position:], now=clock(), why=unreachable.detail)
            return False
        with structlog.contextvars.bound_contextvars(**about(email)):
            if hold(email, now=clock()):
                note_answer(email, transport.send(OutboxMessage(email)), now=clock())
            failpoint("after_finish")
    return True


def about(email: Email) -> dict[str, str]:
    """What each line in the log says of it: never whom it goes to, nor what it says."""
    whose = {"organisation": str(email.organisation_id)} if email.organisation_id else {}
    return {"email_id": str(email.id), "kind": email.kind, **whose}


def put_back(emails: list[Email], *, now: datetime, why: str = "") -> None:
    for email in emails:
        finish(email, Result(Answer.NOT_TRIED, why or email.last_error), now=now)


def hold(email: Email, *, now: datetime) -> bool:
    """Make sure that the lease outlasts the sending; False where somebody else has it by now."""
    if email.lease_until is not None and email.lease_until - now >= NEEDED:
        return True
    email.lease_until = now + LEASE
    held = mine(email).update(lease_until=email.lease_until)
    if not held:
        note_lost_lease(email, now=now)
    return bool(held)


def note_answer(email: Email, result: Result, *, now: datetime) -> None:
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
    logger.warning("outbox_lease_lost")
    Attempt.objects.create(email_id=email.id, at=now, phase=Phase.LOST_LEASE)
