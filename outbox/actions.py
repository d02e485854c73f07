"""Writing the ledger of mail: queue, claim, finish, send anew."""

import uuid
from collections.abc import Iterable, Mapping
from datetime import datetime
from email.utils import formataddr, parseaddr
from typing import TYPE_CHECKING, Any, NotRequired, TypedDict, Unpack

import structlog
from celery import current_app
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import QuerySet
from kombu.exceptions import OperationalError

from history import actions as history
from outbox.backoff import without_addresses
from outbox.enums import UNLISTED, Cause, Kind, OutboxVerb, Phase, Policy, State
from outbox.failpoints import failpoint
from outbox.models import Attempt, Email, Heartbeat, Suppression
from outbox.queries import email_sent_as, refused_an_email_of, suppression_of, suppressions
from outbox.rendering import Rendered, one_line

if TYPE_CHECKING:
    from organisations.models import Organisation, User

logger = structlog.get_logger(__name__)


class NewEmail(TypedDict):
    """What `queue_email` and `new_email` take; see `new_email` for what is left out.

    despite_refusal: it is tried even where the address once refused email for good.
    """

    kind: Kind
    dedupe_key: str
    to_address: str
    to_user: "User | None"
    organisation: "Organisation | None"
    rendered: Rendered
    now: datetime
    headers: NotRequired[Mapping[str, str] | None]
    policy: NotRequired[Policy]
    due_at: NotRequired[datetime | None]
    not_after: NotRequired[datetime | None]
    despite_refusal: NotRequired[bool]


def queue_email(**email: Unpack[NewEmail]) -> Email | None:
    """Owe one email; it leaves after the surrounding transaction has committed.

    `dedupe_key` is the email's business meaning: where it is already known, nothing is added
    and None comes back. Raises RuntimeError outside a transaction and ValidationError for an
    address that is none.
    """
    row = new_email(**email)
    return row if queue_emails([row]) else None


def new_email(
    *,
    kind: Kind,
    dedupe_key: str,
    to_address: str,
    to_user: "User | None",
    organisation: "Organisation | None",
    rendered: Rendered,
    now: datetime,
    headers: Mapping[str, str] | None = None,
    policy: Policy = Policy.AT_LEAST_ONCE,
    due_at: datetime | None = None,
    not_after: datetime | None = None,
    despite_refusal: bool = False,
) -> Email:
    """One unsaved row for `queue_emails`; everything the bytes are made of is fixed here."""
    validate_email(to_address)
    identity = uuid.uuid4()
    sender = sender_for(organisation)
    return Email(
        id=identity,
        organisation=organisation,
        to_user=to_user,
        kind=kind,
        dedupe_key=dedupe_key,
        to_address=to_address,
        subject=one_line(rendered.subject),
        text=rendered.text,
        html=rendered.html,
        headers={"From": sender, **usual_headers(organisation, kind=kind), **(headers or {})},
        message_id=f"<{identity}@{parseaddr(sender)[1].partition('@')[2]}>",
        date_header=now,
        policy=policy,
        created_at=now,
        due_at=due_at or now,
        not_after=not_after,
        despite_refusal=despite_refusal,
    )


def usual_headers(organisation: "Organisation | None", *, kind: Kind) -> dict[str, str]:
    """Answers go to the organisation, where it says which address.

    Not to a code, nor to being asked to be counted: an answer would tell who has not done it yet.
    """
    headers = {"Auto-Submitted": "auto-generated"}
    if organisation is not None and organisation.contact_email and kind not in UNLISTED:
        named = (one_line(organisation.name), organisation.contact_email)
        headers["Reply-To"] = formataddr(named)
    return headers


def is_address(address: str) -> bool:
    """Whether `new_email` takes it."""
    try:
        validate_email(address)
    except ValidationError:
        return False
    return True


def queue_emails(emails: Iterable[Email]) -> set[uuid.UUID]:
    """Add the emails whose dedupe key is new, in one statement; the ids of those added."""
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("Mail is queued in the transaction of the change it tells of.")
    wanted = list(emails)
    Email.objects.bulk_create(wanted, ignore_conflicts=True, batch_size=1000)
    added = Email.objects.filter(id__in=[email.id for email in wanted])
    ids = set(added.values_list("id", flat=True))
    if ids:
        # Whatever ringing does, the change that this mail belongs to has been kept by then.
        transaction.on_commit(nudge, robust=True)
    return ids


def nudge() -> None:
    """Ring the worker's doorbell. Without a broker nothing is lost: the next tick delivers."""
    failpoint("before_nudge")
    try:
        current_app.send_task("outbox.tasks.deliver", expires=55, retry=False)
    except (OperationalError, OSError):
        logger.warning("outbox_nudge_failed", exc_info=True)


def sender_for(organisation: "Organisation | None") -> str:
    """Our own address, with the organisation's name beside ours."""
    name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    if organisation is not None:
        name = f"{one_line(organisation.name)} ({name or settings.SITE_NAME})"
    return formataddr((name, address))


@transaction.atomic
def send_again(email: Email, *, by: "User | None", now: datetime) -> Email | None:
    """Owe a failed email anew, as a row and a mail of its own; None if that was done already.

    Where somebody (`by`) has looked at the address, this one is tried even where it once refused
    for good; every other email to it, here and in other organisations, is held back as before.
    Whoever reported us as spam gets none.
    """
    if not email.can_be_sent_again(now=now):
        return None
    refusal = suppression_of(email.to_address)
    if refusal is not None and (by is None or not refusal.can_be_lifted):
        return None
    again = queue_email(
        kind=Kind(email.kind),
        dedupe_key=f"again:{email.id}",
        to_address=email.to_address,
        to_user=email.to_user,
        organisation=email.organisation,
        rendered=Rendered(email.subject, email.text, email.html),
        headers=email.headers,
        policy=Policy(email.policy),
        now=now,
        not_after=email.not_after,
        despite_refusal=True,
    )
    if again is not None:
        history.record(
            OutboxVerb.SENT_AGAIN, subject=email, organisation=email.organisation, by=by, now=now
        )
    return again


def cancel_queued(emails: QuerySet[Any], *, reason: str, now: datetime) -> int:
    """Those of the ids that nobody is sending yet will not leave; how many."""
    rows = Email.objects.select_for_update().filter(pk__in=emails, state=State.QUEUED)
    found = list(rows.values_list("pk", flat=True))
    Email.objects.filter(pk__in=found).update(state=State.CANCELLED, last_error=reason)
    Attempt.objects.bulk_create(
        Attempt(email_id=pk, at=now, phase=Phase.CANCELLED, detail=reason) for pk in found
    )
    return len(found)


@transaction.atomic
def note_rejection(
    *,
    address: str,
    cause: Cause,
    detail: str,
    now: datetime,
    email_id: str = "",
    message_id: str = "",
) -> bool:
    """An email came back, or was reported as spam: that address gets no more.

    Told twice, it is noted once. False, and nothing is kept, where we sent that address nothing:
    others may use the same provider, and whom we have forgotten stays forgotten.
    """
    email = email_sent_as(address, email_id=email_id, message_id=message_id)
    if email is None:
        return False
    # One at a time, so that of two the second sees what the first wrote.
    Email.objects.select_for_update().get(pk=email.pk)
    phase = Phase.COMPLAINED if cause == Cause.COMPLAINED else Phase.CAME_BACK
    # Somebody may have freed the address since it was told first.
    if not Attempt.objects.filter(email_id=email.pk, phase=phase).exists():
        reason = without_addresses(detail)[:300]
        Attempt.objects.create(email_id=email.pk, at=now, phase=phase, detail=reason)
        suppress(address, cause=cause, reason=reason, now=now)
    return True


def suppress(address: str, *, cause: Cause, reason: str, now: datetime) -> None:
    """No more email to that address.

    What is known of it already stands, unless its owner says no: no organisation lifts that.
    """
    Suppression.objects.bulk_create(
        [Suppression(address=address, cause=cause, reason=reason, at=now)], ignore_conflicts=True
    )
    if cause == Cause.COMPLAINED:
        known = suppressions(address).exclude(cause=cause)
        known.update(cause=cause, reason=reason, at=now)


def beat(name: str, *, now: datetime) -> None:
    """Note that a periodic job has run to its end."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": now})


@transaction.atomic
def lift_suppression(email: Email, *, by: "User", now: datetime) -> bool:
    """Email may go to its address again; False where nothing stood in the way, or must go on to.

    Whoever reported us as spam has said no themselves: no organisation lifts that, nor what the
    address answered to others alone.
    """
    found = suppression_of(email.to_address)
    of_theirs = refused_an_email_of(email.organisation, address=email.to_address)
    if found is None or not found.can_be_lifted or not of_theirs:
        return False
    found.delete()
    history.record(
        OutboxVerb.ADDRESS_FREED, subject=email, organisation=email.organisation, by=by, now=now
    )
    return True
