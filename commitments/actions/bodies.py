"""A membership body asks; a coordinator of the member agrees; either ends it, at any time."""

import uuid
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.urls import reverse

from commitments import links, mail_limits
from commitments.actions.strangers import hold, queue_to_stranger, why_not_write
from commitments.enums import BodyVerb
from commitments.models import BodyLink
from commitments.queries.bodies import has_asked, organisations_to_answer_for
from commitments.queries.strangers import write
from history.actions import record
from organisations.limits import DOUBLE_CLICK
from organisations.models import Organisation, User
from organisations.refusals import Refused
from organisations.tokens import derived_token, digest
from outbox.enums import Kind
from outbox.rendering import absolute_url


class LinkRefused(Refused):
    """Nobody was asked, or nothing agreed."""


@transaction.atomic
def ask_member(
    *, body: Organisation, member_name: str, email: str, by: User, now: datetime
) -> BodyLink:
    """Raises LinkRefused with the reason. A double click sends one email."""
    hold(address=email, by=by)
    earlier = body.member_links.filter(
        email=email, asked_by=by, ended_at=None, asked_at__gt=now - DOUBLE_CLICK
    ).first()
    if earlier is not None:
        return earlier
    refuse_to_ask(body, member_name, email, by=by, now=now)
    key = uuid.uuid4()
    link = BodyLink.objects.create(
        pk=key,
        body=body,
        member_name=member_name,
        email=email,
        token_sha256=digest(derived_token("body", key)),
        asked_by=by,
        asked_at=now,
        expires_at=now + links.BODY_LASTS,
    )
    send(link, now=now)
    record(BodyVerb.ASKED, subject=link, organisation=body, by=by, now=now)
    return link


def refuse_to_ask(
    body: Organisation, member_name: str, email: str, *, by: User, now: datetime
) -> None:
    if refusal := mail_limits.why_not_signed(body.name, by.shown_name, member_name):
        raise LinkRefused(refusal)
    if has_asked(body, email, now=now):
        raise LinkRefused(mail_limits.ASKED_ALREADY)
    if refusal := why_not_write(address=email, by=by, now=now):
        raise LinkRefused(refusal)


def send(link: BodyLink, *, now: datetime) -> None:
    by, token = link.asked_by, derived_token("body", link.pk)
    mail = write(
        Kind.BODY_ASK,
        row=link.pk,
        asker=by.shown_name,
        role=link.body.name,
        by=by,
        body=link.body,
        member_name=link.member_name,
        days=links.BODY_LASTS.days,
        link=absolute_url(reverse("body_consent", args=[token])),
    )
    queue_to_stranger(
        mail,
        address=link.email,
        by=by,
        not_after=link.expires_at,
        organisation=link.body,
        now=now,
    )


@transaction.atomic
def consent(*, link: BodyLink, member: Organisation, by: User, now: datetime) -> BodyLink:
    """The body sees from now on whether the member has pledged, and since when.

    Any coordinator who holds the link may agree: it is they who answer for their organisation,
    whoever the email was sent to. Raises LinkRefused when the link can no longer be used.
    """
    # Whoever consents for this member waits here, so that no pair is made twice at once.
    Organisation.objects.select_for_update(no_key=True).get(pk=member.pk)
    locked = lock(link)
    if member not in organisations_to_answer_for(by, body=locked.body):
        raise PermissionDenied
    if locked.ended_at is None and locked.consented_at is not None and locked.member == member:
        return locked
    if locked.consented_at or not links.is_open(locked.expires_at, locked.ended_at, now):
        raise LinkRefused("This link has been used, taken back or is too old.")
    if member.body_links.filter(body=locked.body, ended_at=None).exists():
        raise LinkRefused(f"{locked.body.name} sees this of {member.name} already.")
    locked.member, locked.consented_at, locked.consented_by = member, now, by
    locked.save()
    record(BodyVerb.CONSENTED, subject=locked, organisation=member, by=by, now=now)
    return locked


@transaction.atomic
def end_link(*, link: BodyLink, organisation: Organisation, by: User, now: datetime) -> None:
    """By either side, from this moment. A second click changes nothing."""
    locked = lock(link)
    if organisation.pk not in {locked.body_id, locked.member_id}:
        raise PermissionDenied
    if locked.ended_at is None:
        locked.ended_at = now
        locked.save()
        record(BodyVerb.ENDED, subject=locked, organisation=organisation, by=by, now=now)


def lock(link: BodyLink) -> BodyLink:
    return BodyLink.objects.select_for_update().get(pk=link.pk)
