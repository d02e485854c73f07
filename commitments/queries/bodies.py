"""What a membership body sees of its members, and what a member lets be seen.

A body gets `MemberRow` and nothing else: no row of the member leaves this module for its pages.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from django.db.models import Case, DateTimeField, OuterRef, Q, QuerySet, Subquery, When
from django.utils import timezone

from commitments import links
from commitments.models import BodyLink, Pledge
from organisations.enums import Role
from organisations.models import Organisation, User
from organisations.tokens import digest

AGREED = Q(consented_at__isnull=False, ended_at=None)


class LinkState(StrEnum):
    WAITING = "waiting"
    EXPIRED = "expired"
    AGREED = "agreed"
    ENDED = "ended"


@dataclass(frozen=True)
class MemberRow:
    """`name` and `email` are what the body typed. `pledged_on` is empty without consent."""

    pk: UUID
    name: str
    email: str
    asked_on: date
    state: LinkState
    pledged_on: date | None


def links_of(body: Organisation) -> QuerySet[BodyLink]:
    """Whom it asked, newest first, each with `pledged_at`, which is read after consent alone.

    It is the day of the first of the member's pledges that are public today.
    """
    first = Pledge.objects.published().filter(organisation=OuterRef("member"))
    when = Subquery(first.order_by("published_at").values("published_at")[:1])
    seen = Case(When(AGREED, then=when), output_field=DateTimeField())
    return body.member_links.annotate(pledged_at=seen).order_by("-asked_at", "-id")


def member_row(link: BodyLink, *, now: datetime) -> MemberRow:
    """Of a link from `links_of`."""
    pledged_at: datetime | None = link.pledged_at  # type: ignore[attr-defined]
    return MemberRow(
        pk=link.pk,
        name=link.member_name,
        email=link.email,
        asked_on=timezone.localdate(link.asked_at),
        state=state_of(link, now=now),
        pledged_on=timezone.localdate(pledged_at) if pledged_at else None,
    )


def state_of(link: BodyLink, *, now: datetime) -> LinkState:
    door = links.door(link.expires_at, link.ended_at, now)
    if door == links.Door.REVOKED:
        return LinkState.ENDED
    if link.consented_at is not None:
        return LinkState.AGREED
    return LinkState.WAITING if door == links.Door.OPEN else LinkState.EXPIRED


def bodies_of(member: Organisation) -> QuerySet[BodyLink]:
    """Who sees, or saw, whether the member has pledged; newest first."""
    return (
        member.body_links.filter(consented_at__isnull=False)
        .select_related("body", "consented_by")
        .order_by("-consented_at", "-id")
    )


def link_at(token: str) -> BodyLink | None:
    """What a link of an email leads to, open or not."""
    return (
        BodyLink.objects.select_related("body", "member", "asked_by")
        .filter(token_sha256=digest(token))
        .first()
    )


def organisations_to_answer_for(user: User, *, body: Organisation) -> QuerySet[Organisation]:
    """Those the person coordinates today, the body itself left out."""
    return (
        Organisation.objects.filter(
            memberships__user=user,
            memberships__ended_at=None,
            memberships__roles__contains=[Role.COORDINATOR],
        )
        .exclude(pk=body.pk)
        .order_by("name")
    )


def has_asked(body: Organisation, address: str, *, now: datetime) -> bool:
    """A question that is still open, or was answered with yes, is not put again."""
    still_open = Q(consented_at__isnull=False) | Q(expires_at__gt=now)
    return body.member_links.filter(still_open, email__iexact=address, ended_at=None).exists()
