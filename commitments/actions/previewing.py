"""The link by which a chair or a communications team reads a draft. One is open at a time."""

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction

from commitments.actions.making import lock_draft
from commitments.enums import PledgeVerb
from commitments.links import PREVIEW_LASTS
from commitments.models import Pledge, PreviewLink
from commitments.queries.previews import open_link_of
from history.actions import record
from organisations.models import User
from organisations.tokens import derived_token, digest


@transaction.atomic
def make_preview(
    *, pledge: Pledge, instead_of: UUID | None, by: User | None, now: datetime
) -> PreviewLink:
    """A link that opens for thirty days. `instead_of` is the one shown when it was asked for: a
    second click asks for the same again, and finds what the first one made."""
    draft = lock_draft(pledge)
    current = open_link_of(draft)
    if current is not None and current.pk != instead_of:
        return current
    if current is not None:
        current.revoked_at = now
        current.save()
    key = uuid4()
    made = PreviewLink.objects.create(
        pk=key,
        pledge=draft,
        token_sha256=digest(derived_token("preview", key)),
        created_at=now,
        expires_at=now + PREVIEW_LASTS,
    )
    note(PledgeVerb.PREVIEW_MADE, draft, by=by, now=now)
    return made


@transaction.atomic
def close_preview(*, pledge: Pledge, by: User | None, now: datetime) -> None:
    draft = lock_draft(pledge)
    if draft.preview_links.filter(revoked_at=None).update(revoked_at=now):
        note(PledgeVerb.PREVIEW_REVOKED, draft, by=by, now=now)


def note(verb: PledgeVerb, draft: Pledge, *, by: User | None, now: datetime) -> None:
    if by is not None:
        record(verb, subject=draft, organisation=None, by=by, now=now)
