"""Making a statement about one line-up, and taking it back."""

import secrets
from datetime import datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from history.actions import record
from organisations.limits import DOUBLE_CLICK
from organisations.models import User
from organisations.refusals import Refused
from organisations.tokens import derived_token, digest
from panels.enums import PanelVerb, StatementKind
from panels.freezing import fingerprint
from panels.models import Gathering, Statement
from panels.queries.statements import (
    PURPOSE,
    facts_to_state,
    open_links_of,
    public_statement_of,
)
from panels.statement_facts import Facts

LINK_LASTS = timedelta(days=60)
MOST_LINKS = 50
LETTERS_OF_A_TITLE = 80


class NothingCounted(Refused):
    """There is no count to make a statement of."""


class FactsMovedOn(Refused):
    """What would be seen is no longer what the person was shown."""


class TooManyLinks(Refused):
    """As many links to one line-up are open as may be."""


@transaction.atomic
def make_statement(
    *, gathering: Gathering, kind: StatementKind, seen: str, by: User, now: datetime
) -> tuple[Statement, bool]:
    """`seen`: the fingerprint of the facts that the person was shown before.

    False beside a statement that stands already: a public one that says the same, or a link made
    by the same click. A public one takes the place of the last, which is taken back.
    """
    locked = Gathering.objects.select_for_update().get(pk=gathering.pk)
    facts = facts_to_state(locked, today=timezone.localdate(now))
    if facts is None:
        raise NothingCounted("Nobody has counted yet, so there is nothing to say.")
    if fingerprint(facts) != seen:
        raise FactsMovedOn("This changed while you looked. Here is what would be seen now.")
    making = _make_public if kind == StatementKind.PUBLIC else _make_link
    statement, is_new = making(locked, facts, by=by, now=now)
    if is_new:
        record(
            PanelVerb.STATEMENT_MADE,
            subject=locked,
            organisation=locked.organisation,
            by=by,
            now=now,
            statement=kind,
        )
    return statement, is_new


def _make_public(
    gathering: Gathering, facts: Facts, *, by: User, now: datetime
) -> tuple[Statement, bool]:
    standing = public_statement_of(gathering)
    if standing and standing.sha256 == fingerprint(facts):
        return standing, False
    if standing:
        standing.revoked_at = now
        standing.save(update_fields=["revoked_at"])
    made = Statement.objects.create(
        gathering=gathering,
        kind=StatementKind.PUBLIC,
        slug=new_slug(gathering.title),
        facts=facts,
        sha256=fingerprint(facts),
        made_by=by,
        made_at=now,
    )
    return made, True


def _make_link(
    gathering: Gathering, facts: Facts, *, by: User, now: datetime
) -> tuple[Statement, bool]:
    links = open_links_of(gathering, now=now)
    twin = links.filter(
        made_by=by, made_at__gt=now - DOUBLE_CLICK, sha256=fingerprint(facts)
    ).first()
    if twin:
        return twin, False
    if links.count() >= MOST_LINKS:
        raise TooManyLinks(f"{MOST_LINKS} links are open. Take some back first.")
    pk = uuid4()
    made = Statement.objects.create(
        id=pk,
        gathering=gathering,
        kind=StatementKind.LEADER,
        token_sha256=digest(derived_token(PURPOSE, pk)),
        facts=facts,
        sha256=fingerprint(facts),
        made_by=by,
        made_at=now,
        expires_at=now + LINK_LASTS,
    )
    return made, True


def new_slug(title: str) -> str:
    """Words of the title where they are Latin letters, and enough chance to be the only one."""
    words = slugify(title)[:LETTERS_OF_A_TITLE].strip("-_")
    return f"{words or 'line-up'}-{secrets.token_hex(5)}"


@transaction.atomic
def revoke_statement(*, statement: Statement, by: User, now: datetime) -> bool:
    """False when it was taken back already."""
    gathering = Gathering.objects.select_for_update().get(pk=statement.gathering_id)
    held = Statement.objects.get(pk=statement.pk)
    if held.revoked_at:
        return False
    held.revoked_at = now
    held.save(update_fields=["revoked_at"])
    record(
        PanelVerb.STATEMENT_REVOKED,
        subject=gathering,
        organisation=gathering.organisation,
        by=by,
        now=now,
        statement=held.kind,
    )
    return True
