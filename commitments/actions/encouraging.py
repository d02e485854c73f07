"""Asking somebody by email to make the pledge."""

import uuid
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from commitments import links, mail_limits
from commitments.actions.making import lock
from commitments.actions.strangers import hold, queue_to_stranger, why_not_write
from commitments.enums import PledgeState, PledgeVerb
from commitments.models import Encouragement, Pledge
from commitments.queries.refusals import address_digest
from commitments.queries.strangers import write
from commitments.queries.tending import for_the_leader_alone
from history.actions import record
from organisations.limits import DOUBLE_CLICK
from organisations.models import User
from organisations.refusals import Refused
from organisations.tokens import derived_token, digest
from outbox.enums import Kind
from outbox.rendering import absolute_url


class EncouragementRefused(Refused):
    """Nobody was asked."""


@transaction.atomic
def encourage(
    *, pledge: Pledge, address: str, words: str, by: User, now: datetime
) -> Encouragement:
    """Raises EncouragementRefused with the reason. A double click sends one email."""
    hold(address=address, by=by)
    locked = lock(pledge)
    for_the_leader_alone(locked, by)
    refuse_what_may_not_be_sent(locked, words)
    fingerprint = address_digest(address)
    earlier = locked.encouragements.filter(address_digest=fingerprint).first()
    if earlier is not None and earlier.asked_at > now - DOUBLE_CLICK:
        return earlier
    if earlier is not None:
        raise EncouragementRefused(mail_limits.ASKED_ALREADY)
    if refusal := why_not_write(address=address, by=by, now=now):
        raise EncouragementRefused(refusal)
    key = uuid.uuid4()
    asked = locked.encouragements.create(
        pk=key,
        address_digest=fingerprint,
        token_sha256=digest(derived_token("encouragement", key)),
        by=by,
        asked_at=now,
        expires_at=now + links.ENCOURAGEMENT_LASTS,
    )
    send(asked, address=address, words=words, by=by, now=now)
    record(PledgeVerb.ENCOURAGED, subject=locked, organisation=None, by=by, now=now)
    return asked


def refuse_what_may_not_be_sent(pledge: Pledge, words: str) -> None:
    if pledge.state != PledgeState.PUBLISHED:
        raise EncouragementRefused("This pledge is not public, so there is nothing to show.")
    if mail_limits.leads_elsewhere(words):
        raise EncouragementRefused(mail_limits.NO_ADDRESSES)
    if refusal := mail_limits.why_not_signed(*pledge.signed_by):
        raise EncouragementRefused(refusal)


def send(asked: Encouragement, *, address: str, words: str, by: User, now: datetime) -> None:
    """The mail holds the address; our own row does not."""
    pledge, token = asked.pledge, derived_token("encouragement", asked.pk)
    mail = write(
        Kind.ENCOURAGEMENT,
        row=asked.pk,
        asker=pledge.leader_name,
        role=pledge.role_title,
        by=by,
        signature=pledge.signature,
        words=words,
        days=links.ENCOURAGEMENT_LASTS.days,
        link=absolute_url(reverse("encouraged", args=[token])),
    )
    queue_to_stranger(mail, address=address, by=by, not_after=asked.expires_at, now=now)
