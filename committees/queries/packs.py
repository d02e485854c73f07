"""Reading packs, the links to them, and what became of what stood in one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from typing import Any
from urllib.parse import urljoin
from uuid import UUID

from django.conf import settings
from django.core.paginator import Page
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.urls import reverse

from committees.enums import DecisionKind, GroupKind, MeetingState
from committees.models import Decision, Meeting, Pack, PackLink
from committees.pack_seal import Content
from committees.queries.waiting import PASSED, Asked, asked_in
from organisations.models import Organisation, User
from organisations.tokens import digest
from ui.paging import page_of

PURPOSE = "pack"
LASTS = (30, 90)
"""Days for which a link may work."""
GROUPS_WITH_PACKS = (GroupKind.ACCOUNTABILITY, GroupKind.BOARD)
KINDS = {
    "closures": DecisionKind.CLOSURE,
    "extensions": DecisionKind.EXTENSION,
    "responses": DecisionKind.RESPONSE,
}
OVERDUE = ("newly_overdue", "long_overdue", "still_overdue")
"""Sections whose lines are actions; the committee may move the dates of some."""


class Door(Enum):
    """Why a link to a pack opens, or does not."""

    OPEN = "open"
    EXPIRED = "expired"
    ENDED = "ended"


@dataclass(frozen=True)
class Become:
    """What became of a matter in a pack: a decision, nothing yet, or it was taken back.

    `waits`: as it stands now, where it still does.
    """

    decision: Decision | None = None
    waits: Asked | None = None

    @property
    def is_open(self) -> bool:
        return self.waits is not None


def packs_of(
    organisation: Organisation, *, number: str | None, groups: Collection[UUID] | None = None
) -> Page[Pack]:
    """Newest first, without what they hold. `groups`: of these alone."""
    found = organisation.packs.defer("content").select_related("meeting__group", "paper")
    if groups is not None:
        found = found.filter(meeting__group__in=groups)
    return page_of(found.defer("content", "paper__pdf").order_by("-number"), number)


def meetings_to_come(organisation: Organisation, *, today: Any) -> QuerySet[Meeting]:
    """Those for which a pack can still be frozen, the next first."""
    return (
        Meeting.objects.filter(
            group__organisation=organisation,
            group__kind__in=GROUPS_WITH_PACKS,
            state=MeetingState.PLANNED,
            date__gte=today,
            pack=None,
        )
        .select_related("group__organisation")
        .order_by("date")[:4]
    )


def pack_in(organisation: Organisation, *, pk: UUID) -> Pack | None:
    found = organisation.packs.select_related("meeting__group__organisation", "paper")
    return found.defer("paper__pdf").filter(pk=pk).first()


def packs_with(person: User) -> QuerySet[Pack]:
    """Of every organisation, those that hold anything of theirs; each piece says whose it is."""
    text = Pack.objects.annotate(text=Cast("content", TextField())).filter(
        text__contains=f'"by": "{person.pk}"'
    )
    return Pack.objects.filter(pk__in=text.values("pk")).order_by("pk")


def moved_to(pack: Pack) -> date | None:
    """The day on which its meeting is now, where that is not the day it was frozen for."""
    day: date = pack.meeting.date
    return day if day.isoformat() != pack.content["meeting_day"] else None


def frozen_for(pack: Pack) -> date:
    return date.fromisoformat(pack.content["meeting_day"])


def pdf_of(pack: Pack) -> bytes | None:
    found = Pack.objects.filter(pk=pack.pk).values_list("paper__pdf", flat=True).first()
    return bytes(found) if found else None


def become_of(pack: Pack, *, today: date) -> dict[tuple[str, str], Become]:
    """By section and id, each matter in the pack, and the dates that still wait; two queries."""
    waiting = {
        (each.what, str(each.id)): each for each in asked_in([pack.organisation_id], today=today)
    }
    matters = [(key, row["id"]) for key in KINDS for row in rows_in(pack.content, key)]
    taken = {_about(each): each for each in decisions_about(pack, matters)}
    late = [(key, row["id"]) for key in OVERDUE for row in rows_in(pack.content, key)]
    return {
        (key, pk): Become(taken.get((key, pk)), waiting.get((KINDS[key], pk)))
        for key, pk in matters
    } | {
        (key, pk): Become(waits=waiting[PASSED, pk]) for key, pk in late if (PASSED, pk) in waiting
    }


def decisions_about(pack: Pack, matters: list[tuple[str, str]]) -> QuerySet[Decision]:
    """Taken since it was frozen on what stands in it, at whatever meeting."""
    ids = {key: [pk for found, pk in matters if found == key] for key in KINDS}
    about = (
        Q(proposal__in=ids["closures"])
        | Q(extension__in=ids["extensions"])
        | Q(kind=DecisionKind.RESPONSE, recommendation__in=ids["responses"])
    )
    since = pack.organisation.decisions.filter(about, decided_at__gte=pack.frozen_at)
    return since.order_by("decided_at")


def _about(decision: Decision) -> tuple[str, str]:
    if decision.proposal_id:
        return "closures", str(decision.proposal_id)
    if decision.extension_id:
        return "extensions", str(decision.extension_id)
    return "responses", str(decision.recommendation_id)


def rows_in(content: Content, key: str) -> list[dict[str, Any]]:
    return next((section["rows"] for section in content["sections"] if section["key"] == key), [])


def minuted(meeting: Meeting) -> QuerySet[Decision]:
    return meeting.decisions.select_related(
        "recommendation__organisation", "proposal", "extension__action", "decided_by"
    ).order_by("decided_at", "pk")


def links_of(pack: Pack) -> QuerySet[PackLink]:
    return pack.links.select_related("made_by").order_by("-made_at")


def open_links_of(pack: Pack, *, now: datetime) -> QuerySet[PackLink]:
    return links_of(pack).filter(revoked_at=None, expires_at__gt=now)


def link_in(organisation: Organisation, *, pk: UUID) -> PackLink | None:
    found = PackLink.objects.filter(pack__organisation=organisation, pk=pk)
    return found.select_related("pack__meeting__group__organisation").first()


def link_behind(token: str) -> PackLink | None:
    found = PackLink.objects.filter(token_sha256=digest(token))
    found = found.select_related("pack__organisation", "pack__paper", "pack__meeting")
    return found.defer("pack__paper__pdf").first()


def door_of(link: PackLink, *, now: datetime) -> Door:
    if link.revoked_at:
        return Door.ENDED
    return Door.EXPIRED if link.expires_at <= now else Door.OPEN


def address_of(token: str) -> str:
    return urljoin(settings.SITE_URL, reverse("pack_read", args=[token]))
