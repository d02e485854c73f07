"""Who may open a leader's record: the leader, and whoever helps them now."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from commitments.entry_words import step_words
from commitments.enums import InvitationKind, InvitationState
from commitments.ledger import MOST_TO_CONFIRM
from commitments.models import Assistant, Invitation, Pledge, Step
from commitments.models.pledge import PledgeQuerySet
from organisations.models import User


def tended_by(user: User) -> PledgeQuerySet:
    """Pledges that were published, of the person or of whom they assist; newest first."""
    helps = Assistant.objects.filter(pledge=OuterRef("pk"), user=user, ended_at=None)
    return Pledge.objects.shown().filter(Q(leader=user) | Exists(helps)).newest_first()


def invitations_tended_by(user: User) -> QuerySet[Invitation]:
    """Entries of those ledgers, each with its pledge."""
    helps = Assistant.objects.filter(pledge=OuterRef("pledge"), user=user, ended_at=None)
    return Invitation.objects.filter(
        Q(pledge__leader=user) | Exists(helps), pledge__published_at__isnull=False
    ).select_related("pledge")


def for_the_leader_alone(pledge: Pledge, user: User) -> None:
    """An assistant writes and drafts, never publishes or confirms. Raises PermissionDenied."""
    if pledge.leader_id != user.pk:
        raise PermissionDenied


@dataclass(frozen=True)
class Unconfirmed:
    """An entry of the ledger in which somebody else wrote what the leader has not confirmed.

    `is_new`: the entry itself; `steps`: those of its steps.
    """

    invitation: Invitation
    is_new: bool
    steps: Sequence[Step]

    @property
    def who(self) -> list[str]:
        """Everybody who wrote some of it, each once."""
        wrote = [self.invitation.written_by] if self.is_new else []
        wrote += [step.by for step in self.steps]
        return list(dict.fromkeys(person.shown_name for person in wrote if person))

    @property
    def at(self) -> datetime:
        """When the newest of it was written."""
        written = [self.invitation.created_at] if self.is_new else []
        return max(written + [step.at for step in self.steps])

    @property
    def said(self) -> list[tuple[str, Step]]:
        kind = InvitationKind(self.invitation.kind)
        return [(step_words(kind, InvitationState(step.state)), step) for step in self.steps]

    @property
    def mark(self) -> str:
        """Another one as soon as anything that was shown reads differently."""
        row = self.invitation
        shown = [row.pk, self.is_new, *(getattr(row, name) for name in SHOWN)]
        for step in self.steps:
            shown += [step.pk, step.state, step.on, step.number]
        return hashlib.sha256(repr([str(each) for each in shown]).encode()).hexdigest()[:32]


SHOWN = ("kind", "title", "organiser", "held_on", "received_on", "note", "gathering_id")


def to_confirm(pledge: Pledge) -> list[Unconfirmed]:
    """The oldest first, so many as one can look through at once. Two queries."""
    waits = Step.objects.filter(confirmed_at=None)
    rows = (
        pledge.invitations.filter(
            Q(confirmed_at=None) | Exists(waits.filter(invitation=OuterRef("pk")))
        )
        .select_related("written_by")
        .prefetch_related(
            Prefetch(
                "steps",
                queryset=waits.select_related("by").order_by("on", "at", "pk"),
                to_attr="unconfirmed",
            )
        )
        .order_by("created_at", "pk")
    )
    return [
        Unconfirmed(row, row.confirmed_at is None, row.unconfirmed)
        for row in rows[:MOST_TO_CONFIRM]
    ]
