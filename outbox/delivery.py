"""From the ledger to the mail server: claim, commit, send, finish.

No lock is held while a server is spoken to. A claim is a lease: whoever dies holding one loses
it after `LEASE`, and the email goes to the next claimer or, where it may go out only once, to
nobody.
"""

import math
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

import structlog
from django.conf import settings
from django.db import transaction
from django.db.models import F

from outbox.backoff import Answer, Fate, Waiting, before_sending
from outbox.enums import Kind, Policy, State
from outbox.failpoints import failpoint
from outbox.finishing import PHASES, finish, forget_secrets, mine, note_answer, note_lost_lease
from outbox.lanes import run_lanes
from outbox.models import Attempt, Email
from outbox.queries import count_due, lock_claimable, oldest_due, suppressed_among
from outbox.signals import about_to_deliver
from outbox.transport import Result, Transport

BATCH = 50
LEASE = timedelta(seconds=90)
# What must be left of a lease when sending starts: `PATIENCE` for all that the server says, and
# 20 s for our words on the way to it.
NEEDED = timedelta(seconds=80)
# No email is begun later than this into a run; what is left waits for the next, which is rung for.
# Only this and EMAIL_TIMEOUT bound a run: Celery's own limits do nothing to a pool of threads.
RUN_SECONDS = 45

logger = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Claim:
    """`to_send` is leased to us. `settled` were claimed and need not be sent any more."""

    to_send: list[Email]
    settled: int

    def __bool__(self) -> bool:
        return bool(self.to_send or self.settled)


def deliver_due(*, clock: Callable[[], datetime]) -> bool:
    """Send what is due; True where time ran out before the work did.

    What is more than a batch goes over several connections at once, as if so many workers had
    come: each claims for itself.
    """
    most = settings.EMAIL_CONNECTIONS
    due = count_due(clock(), most=BATCH * most)
    if not due:
        return False
    about_to_deliver.send_robust(sender=None, now=clock())
    lane = partial(deliver_lane, clock=clock, end=time.monotonic() + RUN_SECONDS)
    return run_lanes(lane, wanted=math.ceil(due / BATCH), most=most)


def deliver_lane(*, clock: Callable[[], datetime], end: float) -> bool:
    """Batch after batch over one connection. end: on the monotonic clock."""
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
                note_answer(email, transport.send(email), now=clock())
            failpoint("after_finish")
    return True


def about(email: Email) -> dict[str, str]:
    """What each line in the log says of it: never whom it goes to, nor what it says."""
    whose = {"organisation": str(email.organisation_id)} if email.organisation_id else {}
    return {"email_id": str(email.id), "kind": email.kind, **whose}


def anew(email: Email) -> Waiting:
    """As at its claim, with what is known of its address now."""
    known = waiting(email, suppressed_among([email.to_address]))
    return replace(known, in_doubt=False, attempts=email.attempts - 1)


@transaction.atomic
def give_up(email: Email, fate: Fate, *, now: datetime) -> None:
    """It was claimed and never begun."""
    if not mine(email).select_for_update().exists():
        note_lost_lease(email, now=now)
        return
    email.attempts -= 1
    Email.objects.filter(pk=email.pk).update(attempts=email.attempts)
    settle(email, fate)
    Attempt.objects.create(email_id=email.pk, at=now, phase=PHASES[fate.state], detail=fate.reason)


def put_back(emails: list[Email], *, now: datetime, why: str = "") -> None:
    for email in emails:
        finish(email, Result(Answer.NOT_TRIED, why or email.last_error), now=now)


def hold(email: Email, *, now: datetime) -> bool:
    """Make sure that the lease outlasts the sending, and that the email is still to be sent.

    False where somebody else has it by now, or its address refused email since it was claimed.
    """
    if email.lease_until is not None and email.lease_until - now >= NEEDED:
        return True
    fate = before_sending(anew(email), now=now)
    if fate.state != State.LEASED:
        give_up(email, fate, now=now)
        return False
    email.lease_until = now + LEASE
    held = mine(email).update(lease_until=email.lease_until)
    if not held:
        note_lost_lease(email, now=now)
    return bool(held)
