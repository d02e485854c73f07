"""Reflections: written by the leader or an assistant, made public by the leader alone.

What is public is changed by the leader alone, and shows at once. So nobody's save ever puts on
the public page, or takes off it, what the leader did not mean to.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from commitments.actions.ledger import lock_kept
from commitments.actions.making import lock
from commitments.actions.revisions import next_revision
from commitments.enums import PledgeVerb
from commitments.models import Invitation, Reflection
from commitments.queries.tending import for_the_leader_alone
from commitments.reflecting import PARTS
from history.actions import record
from organisations.models import User


class PublicNowError(Exception):
    """It is public, so an assistant changes it no more."""


@transaction.atomic
def write_reflection(
    *, invitation: Invitation, words: Mapping[str, str], seen: int, by: User, now: datetime
) -> Reflection:
    """`seen` is the revision that was on the page, 0 for none. The same words again change nothing.

    Raises MovedOnError, PublicNowError and PledgeClosedError.
    """
    pledge = lock_kept(invitation.pledge)
    written = _locked(invitation)
    if written is None:
        written = Reflection(invitation=invitation, revision=1)
    else:
        if all(getattr(written, name) == words[name] for name in PARTS):
            return written
        if written.published_at and pledge.leader_id != by.pk:
            raise PublicNowError
        next_revision(written, seen=seen)
    for name in PARTS:
        setattr(written, name, words[name])
    written.written_by, written.written_at = by, now
    written.save()
    record(PledgeVerb.REFLECTED, subject=invitation, organisation=None, by=by, now=now)
    return written


@transaction.atomic
def publish_reflection(*, invitation: Invitation, seen: int, by: User, now: datetime) -> None:
    """As it was read: raises MovedOnError where somebody has written on. A second click does
    nothing. Raises PermissionDenied for an assistant, and PledgeClosedError."""
    pledge = lock_kept(invitation.pledge)
    for_the_leader_alone(pledge, by)
    written = _locked(invitation)
    if written is None or written.published_at:
        return
    next_revision(written, seen=seen)
    written.published_at = now
    written.save(update_fields=["published_at", "revision"])
    record(PledgeVerb.REFLECTION_PUBLISHED, subject=invitation, organisation=None, by=by, now=now)


@transaction.atomic
def withdraw_reflection(*, invitation: Invitation, by: User, now: datetime) -> None:
    """Also once the pledge is closed: they are the leader's own words."""
    for_the_leader_alone(lock(invitation.pledge), by)
    written = _locked(invitation)
    if written is None or not written.published_at:
        return
    written.published_at = None
    written.revision += 1
    written.save(update_fields=["published_at", "revision"])
    record(PledgeVerb.REFLECTION_WITHDRAWN, subject=invitation, organisation=None, by=by, now=now)


def _locked(invitation: Invitation) -> Reflection | None:
    return (
        Reflection.objects.select_for_update(of=("self",))
        .select_related("written_by")
        .filter(invitation=invitation)
        .first()
    )
