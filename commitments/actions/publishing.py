"""Signing: a draft becomes public, a newer version takes the place of the last one.

A second click finds what the first one did, and changes nothing.
"""

from datetime import datetime
from itertools import count

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from commitments import signing
from commitments.actions.making import keep_asker_unless_oneself, lock, refuse_empty
from commitments.actions.revisions import MovedOnError
from commitments.enums import PledgeState, PledgeVerb
from commitments.models import Pledge, Signing
from commitments.queries.making import text_in_hand
from history.actions import record
from organisations.models import User


@transaction.atomic
def publish_pledge(*, pledge: Pledge, by: User, now: datetime, seen: int | None = None) -> Pledge:
    """Sign the text and make the page public, at an address of its own.

    `seen` is the revision that was checked. Raises MovedOnError when the text is another by now.
    """
    locked = lock(pledge)
    if locked.state != PledgeState.DRAFT:
        return locked
    if locked.leader != by:
        raise PermissionDenied
    sign(text_in_hand(locked), seen=seen, now=now)
    locked.state, locked.published_at = PledgeState.PUBLISHED, now
    keep_asker_unless_oneself(locked)
    if not locked.says_who_asked:
        locked.asked_by = None
    take_free_address(locked)
    record(PledgeVerb.PUBLISHED, subject=locked, organisation=locked.organisation, by=by, now=now)
    return locked


@transaction.atomic
def sign_again(*, pledge: Pledge, by: User, now: datetime, seen: int | None = None) -> Pledge:
    """The newer version becomes the pledge; the earlier ones stay readable. `seen` as above."""
    locked = lock(pledge)
    text = text_in_hand(locked)
    if text is None or locked.state != PledgeState.PUBLISHED:
        return locked
    if locked.leader != by:
        raise PermissionDenied
    sign(text, seen=seen, now=now)
    record(
        PledgeVerb.SIGNED_AGAIN,
        subject=locked,
        organisation=locked.organisation,
        by=by,
        now=now,
        number=text.number,
    )
    return locked


def sign(text: Signing | None, *, seen: int | None, now: datetime) -> None:
    if text is None:
        raise RuntimeError("A draft has a text that is not signed.")
    if seen is not None and seen != text.revision:
        raise MovedOnError(text)
    refuse_empty(text)
    text.signed_at = now
    text.save()


def take_free_address(pledge: Pledge) -> None:
    """Save with the first address that is free; somebody else may take it meanwhile."""
    base = signing.address_from(pledge.leader_name)
    taken = taken_addresses(base)
    for number in count(1):
        pledge.slug = signing.address_with(base, number)
        if pledge.slug in taken:
            continue
        try:
            with transaction.atomic():
                pledge.save()
        except IntegrityError:
            if not Pledge.objects.filter(slug=pledge.slug).exists():
                raise
            continue
        return


def taken_addresses(base: str) -> set[str]:
    return set(Pledge.objects.filter(slug__startswith=base).values_list("slug", flat=True))
