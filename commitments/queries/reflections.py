"""Reflections: which events ask for one, and what has been written."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from commitments.enums import InvitationKind, InvitationState, PledgeState
from commitments.models import Invitation, Reflection
from commitments.queries.making import thresholds_of
from commitments.queries.replies import line_ups_of
from commitments.reflecting import PARTS, Held, asks_for_reflection
from commitments.text import render_markdown
from panels.audit import LineUp
from panels.queries import counts_on_record


@dataclass(frozen=True)
class Prompt:
    """What the page of an entry says of its reflection: `written` None asks for one."""

    invitation: Invitation
    written: Reflection | None

    @property
    def parts(self) -> tuple[tuple[str, SafeString], ...]:
        return parts_of(self.written) if self.written else ()

    @property
    def leader_id(self) -> UUID | None:
        return self.invitation.pledge.leader_id

    @property
    def is_public(self) -> bool:
        return self.written is not None and self.written.published_at is not None

    @property
    def is_closed(self) -> bool:
        return bool(self.invitation.pledge.state == PledgeState.CLOSED)


@dataclass(frozen=True)
class Published:
    """One reflection as everybody may read it."""

    title: str
    held_on: date | None
    parts: tuple[tuple[str, SafeString], ...]


def reflection_prompt(invitation: Invitation, *, today: date) -> Prompt | None:
    """None where there is nothing to reflect on. Four queries at most."""
    written = reflection_of(invitation)
    if written is None:
        asks = invitation.pledge.state != PledgeState.CLOSED and asks_for_reflection(
            _held(invitation), today=today
        )
        return Prompt(invitation, None) if asks else None
    return Prompt(invitation, written)


def reflection_of(invitation: Invitation) -> Reflection | None:
    return Reflection.objects.filter(invitation=invitation).select_related("written_by").first()


def shown_line_ups(
    invitations: Collection[Invitation], *, answered: Collection[Invitation] | None = None
) -> dict[UUID, tuple[LineUp, ...]]:
    """The counts that tell of each: of the linked event, and of the organiser's newest answer.

    Two queries; reads `gathering`, so select it with the invitations. Only for the rules.
    `answered`: those that an organiser gave numbers for, where that is known already.
    """
    gatherings = [one.gathering for one in invitations if one.gathering]
    counted = counts_on_record(gatherings) if gatherings else {}
    asked = invitations if answered is None else answered
    answers = line_ups_of(asked) if asked else {}
    found = {}
    for one in invitations:
        event = counted.get(one.gathering_id) if one.gathering_id else None
        both = (event.line_up if event else None, answers.get(one.pk))
        if line_ups := tuple(line_up for line_up in both if line_up):
            found[one.pk] = line_ups
    return found


def parts_of(reflection: Reflection) -> tuple[tuple[str, SafeString], ...]:
    """Heading and sanitised words of each part that was written."""
    return tuple(
        (heading, mark_safe(render_markdown(text)))  # noqa: S308
        for heading, text in _texts(reflection)
    )


def as_typed(reflection: Reflection) -> list[tuple[str, SafeString]]:
    """The same before it is set, to lay beside another version."""
    lines = '<span class="user-text">{}</span>'
    return [(heading, format_html(lines, text)) for heading, text in _texts(reflection)]


def _texts(reflection: Reflection) -> list[tuple[str, str]]:
    texts = ((heading, getattr(reflection, name)) for name, heading in PARTS.items())
    return [(heading, text) for heading, text in texts if text]


def _held(invitation: Invitation) -> Held:
    return Held(
        kind=InvitationKind(invitation.kind),
        state=InvitationState(invitation.state),
        held_on=invitation.held_on,
        line_ups=shown_line_ups([invitation]).get(invitation.pk, ()),
        thresholds=thresholds_of(invitation.pledge),
    )
