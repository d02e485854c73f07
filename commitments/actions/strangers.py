"""Mail that a person has us send to somebody who may have no account here."""

from datetime import datetime

from django.db import connection

from commitments import mail_limits
from commitments.models import StrangerMail
from commitments.queries.refusals import address_digest
from commitments.queries.strangers import Written, asked_lately, mail_key
from organisations.models import Organisation, User
from organisations.tokens import derived_token, digest
from outbox.actions import queue_email


def hold(*, address: str, by: User) -> None:
    """Until this transaction ends, nobody else writes to this address, nor this person to another:
    so what is counted stays true until it is written. Before any other lock."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    key = int.from_bytes(address_digest(address)[:8], signed=True)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])


def why_not_write(*, address: str, by: User, now: datetime) -> str:
    """Of an address that is held; empty where a mail may leave."""
    return mail_limits.refusal(asked_lately(address=address, by=by, now=now))


def queue_to_stranger(
    mail: Written,
    *,
    address: str,
    by: User,
    not_after: datetime,
    organisation: Organisation | None = None,
    now: datetime,
) -> None:
    """The mail holds the address; what we count holds a digest of it."""
    queue_email(
        kind=mail.kind,
        dedupe_key=mail_key(mail.kind, mail.row),
        to_address=address,
        to_user=None,
        organisation=organisation,
        rendered=mail.rendered,
        headers=mail.headers,
        not_after=not_after,
        now=now,
    )
    StrangerMail.objects.create(
        id=mail.row,
        by=by,
        address_digest=address_digest(address),
        stop_sha256=digest(derived_token("stop", mail.row)),
        sent_at=now,
    )
