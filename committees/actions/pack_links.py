"""A link to one pack, for a trustee who reads it without an account."""

from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction

from committees.actions.locking import lock_meeting, record_meeting_step
from committees.enums import CommitteeVerb
from committees.models import Meeting, Pack, PackLink
from committees.queries.packs import LASTS, PURPOSE, open_links_of
from committees.refusals import LINK_LASTS, TOO_MANY_LINKS, GroupRefused
from organisations.limits import DOUBLE_CLICK
from organisations.models import User
from organisations.tokens import derived_token, digest

MOST_LINKS = 20


@transaction.atomic
def make_link(*, pack: Pack, days: int, by: User, now: datetime) -> tuple[PackLink, str]:
    """The link and its secret, of which only the digest is kept. A second click makes no second.

    Raises GroupRefused for another number of days, and when too many are open.
    """
    if days not in LASTS:
        raise GroupRefused(LINK_LASTS)
    meeting = _lock(pack)
    expires = now + timedelta(days=days)
    links = open_links_of(pack, now=now)
    twin = links.filter(made_by=by, made_at__gt=now - DOUBLE_CLICK).first()
    if twin and abs(twin.expires_at - expires) <= DOUBLE_CLICK:
        return twin, derived_token(PURPOSE, twin.pk)
    if links.count() >= MOST_LINKS:
        raise GroupRefused(TOO_MANY_LINKS)
    pk = uuid4()
    token = derived_token(PURPOSE, pk)
    link = PackLink.objects.create(
        id=pk,
        pack=pack,
        token_sha256=digest(token),
        made_by=by,
        made_at=now,
        expires_at=expires,
    )
    record_meeting_step(CommitteeVerb.PACK_LINK_MADE, meeting, by=by, now=now, pack=pack.pk)
    return link, token


@transaction.atomic
def end_link(*, link: PackLink, by: User, now: datetime) -> bool:
    """False when it was ended already."""
    meeting = _lock(link.pack)
    ended = PackLink.objects.filter(pk=link.pk, revoked_at=None).update(revoked_at=now)
    if ended:
        verb = CommitteeVerb.PACK_LINK_REVOKED
        record_meeting_step(verb, meeting, by=by, now=now, pack=link.pack_id)
    return bool(ended)


def _lock(pack: Pack) -> Meeting:
    return lock_meeting(pack.meeting)
