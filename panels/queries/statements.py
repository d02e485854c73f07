"""Statements about one line-up: what one would say, and those that were made."""

from datetime import date, datetime
from enum import Enum
from urllib.parse import urljoin

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from organisations.tokens import derived_token, digest, opens
from panels.enums import GatheringKind, StatementKind
from panels.models import Gathering, Statement
from panels.queries.counts import count_on_record
from panels.statement_facts import Facts, ToState, facts_of

PURPOSE = "statement"


class Door(Enum):
    """Why a leader's link opens, or does not."""

    OPEN = "open"
    EXPIRED = "expired"
    REVOKED = "revoked"


def facts_to_state(gathering: Gathering, *, today: date) -> Facts | None:
    """What a statement made now would say; None where nobody has counted. One query."""
    count = count_on_record(gathering)
    if count is None:
        return None
    return facts_of(
        ToState(
            title=gathering.title,
            kind=GatheringKind(gathering.kind),
            held_on=gathering.held_on,
            last_day=gathering.last_day,
            organiser=gathering.organiser,
            stated_by=gathering.organisation.name,
            as_at=count.as_at or today,
            line_up=count.line_up,
        )
    )


def statements_of(gathering: Gathering) -> QuerySet[Statement]:
    return gathering.statements.order_by("-made_at", "-pk")


def public_statement_of(gathering: Gathering) -> Statement | None:
    return statements_of(gathering).filter(kind=StatementKind.PUBLIC, revoked_at=None).first()


def open_links_of(gathering: Gathering, *, now: datetime) -> QuerySet[Statement]:
    return statements_of(gathering).filter(
        kind=StatementKind.LEADER, revoked_at=None, expires_at__gt=now
    )


def statement_at(slug: str) -> Statement | None:
    """A public one, taken back or not."""
    return _whole().filter(slug=slug).exclude(slug="").first()


def statement_behind(token: str) -> Statement | None:
    return _whole().filter(token_sha256=digest(token)).first()


def _whole() -> QuerySet[Statement]:
    return Statement.objects.select_related("gathering__organisation")


def door_of(statement: Statement, *, now: datetime) -> Door:
    if statement.revoked_at:
        return Door.REVOKED
    is_over = statement.expires_at and statement.expires_at <= now
    return Door.EXPIRED if is_over else Door.OPEN


def address_of(statement: Statement, name: str = "statement_public") -> str:
    return urljoin(settings.SITE_URL, reverse(name, args=[statement.slug]))


def link_of(statement: Statement) -> str:
    """Empty where the installation's key was changed since: that link opens nothing any more."""
    token = derived_token(PURPOSE, statement.pk)
    if statement.token_sha256 is None or not opens(token, bytes(statement.token_sha256)):
        return ""
    return urljoin(settings.SITE_URL, reverse("statement_link", args=[token]))
