"""Assistants of a leader: asked, there, gone; and the leader's yes to what they wrote.

Only the leader and the assistants see any of it, so its history names no organisation.
"""

import uuid
from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.urls import reverse

from commitments import links, mail_limits
from commitments.actions.making import lock
from commitments.actions.strangers import hold, queue_to_stranger, why_not_write
from commitments.enums import PledgeState, PledgeVerb
from commitments.models import Assistant, Invitation, Pledge, Step
from commitments.queries.assistants import (
    current_assistants_of,
    help_given_by,
    is_own_address,
)
from commitments.queries.strangers import write
from commitments.queries.tending import for_the_leader_alone, to_confirm
from commitments.sharing import MOST_ASSISTANTS
from history.actions import record
from organisations.limits import DOUBLE_CLICK
from organisations.models import User
from organisations.queries import has_confirmed
from organisations.refusals import Refused
from organisations.tokens import derived_token, digest
from outbox.enums import Kind
from outbox.rendering import absolute_url, one_line


class AssistingRefused(Refused):
    """Nobody is asked, or becomes an assistant."""


class AddressNotConfirmed(AssistingRefused):
    """The question went to an address that is not known to be this person's."""


@transaction.atomic
def ask_assistant(*, pledge: Pledge, email: str, by: User, now: datetime) -> Assistant:
    """Email somebody a link by which they become an assistant.

    Asked again later, the address gets a new link and the older one stops working; a double click
    is one question. Raises AssistingRefused with the reason.
    """
    hold(address=email, by=by)
    locked = lock(pledge)
    for_the_leader_alone(locked, by)
    there = current_assistants_of(locked)
    earlier = there.filter(email__iexact=email).first()
    if earlier and earlier.accepted_at is None and earlier.invited_at > now - DOUBLE_CLICK:
        return earlier
    refuse_to_ask(locked, email, earlier=earlier, by=by, now=now)
    there.filter(email__iexact=email).update(ended_at=now)
    key = uuid.uuid4()
    asked = locked.assistants.create(
        pk=key,
        email=email.lower(),
        token_sha256=digest(derived_token("assistant", key)),
        invited_at=now,
        expires_at=now + links.ASSISTANT_LASTS,
    )
    send(asked, by=by, now=now)
    note(PledgeVerb.ASSISTANT_INVITED, asked, by=by, now=now)
    return asked


def refuse_to_ask(
    pledge: Pledge, email: str, *, earlier: Assistant | None, by: User, now: datetime
) -> None:
    if pledge.state != PledgeState.PUBLISHED:
        raise AssistingRefused("This pledge is closed.")
    if is_own_address(by, email):
        raise AssistingRefused("This is your own address. You need no assistant’s access.")
    if earlier and earlier.accepted_at:
        raise AssistingRefused("This person helps you already.")
    if earlier is None and current_assistants_of(pledge).count() >= MOST_ASSISTANTS:
        raise AssistingRefused(
            f"You have {MOST_ASSISTANTS} assistants. End somebody’s access first."
        )
    if refusal := why_not_write(address=email, by=by, now=now):
        raise AssistingRefused(refusal)
    if refusal := mail_limits.why_not_signed(*pledge.signed_by):
        raise AssistingRefused(refusal)


def send(asked: Assistant, *, by: User, now: datetime) -> None:
    """The mail holds the only copy of the token."""
    pledge, token = asked.pledge, derived_token("assistant", asked.pk)
    mail = write(
        Kind.ASSISTANT_INVITE,
        row=asked.pk,
        asker=pledge.leader_name,
        role=pledge.role_title,
        by=by,
        signature=one_line(pledge.signature),
        address=asked.email,
        days=links.ASSISTANT_LASTS.days,
        link=absolute_url(reverse("assistant_accept", args=[token])),
    )
    queue_to_stranger(mail, address=asked.email, by=by, not_after=asked.expires_at, now=now)


@transaction.atomic
def become_assistant(*, asked: Assistant, by: User, now: datetime) -> Assistant:
    """Say yes. A second click changes nothing.

    A link can be passed on, so it opens the door for whoever has confirmed the address it was
    sent to, and raises AddressNotConfirmed for everybody else.
    """
    pledge = lock(asked.pledge)
    asked.refresh_from_db(fields=["user", "accepted_at", "ended_at"])
    if asked.ended_at is None and asked.user_id == by.pk:
        return asked
    if not is_open(asked, pledge, now=now):
        raise AssistingRefused("This link has been used, taken back or is too old.")
    if pledge.leader_id == by.pk:
        raise AssistingRefused("This is your own pledge. You need no assistant’s access.")
    if not has_confirmed(by, asked.email):
        raise AddressNotConfirmed(f"This link was sent to {asked.masked_email}.")
    if help_given_by(by, pledge):
        raise AssistingRefused("You help with this pledge already.")
    asked.user, asked.accepted_at = by, now
    asked.save(update_fields=["user", "accepted_at"])
    note(PledgeVerb.ASSISTANT_JOINED, asked, by=by, now=now)
    return asked


def is_open(asked: Assistant, pledge: Pledge, *, now: datetime) -> bool:
    is_waiting = asked.accepted_at is None and pledge.state == PledgeState.PUBLISHED
    return is_waiting and links.is_open(asked.expires_at, asked.ended_at, now)


@transaction.atomic
def decline(*, asked: Assistant, now: datetime) -> None:
    """No, unless it was a yes before.

    Whoever holds the link may say so: a link that lies about must not end anybody's access.
    """
    lock(asked.pledge)
    if Assistant.objects.filter(pk=asked.pk, accepted_at=None, ended_at=None).update(ended_at=now):
        note(PledgeVerb.ASSISTANT_DECLINED, asked, by=None, now=now)


@transaction.atomic
def end_assisting(*, assistant: Assistant, by: User, now: datetime) -> None:
    """By the leader, or by the assistant; what they wrote stays, with their name."""
    pledge = lock(assistant.pledge)
    leaves = assistant.user_id == by.pk
    if not leaves:
        for_the_leader_alone(pledge, by)
    if Assistant.objects.filter(pk=assistant.pk, ended_at=None).update(ended_at=now):
        verb = PledgeVerb.ASSISTANT_LEFT if leaves else PledgeVerb.ASSISTANT_ENDED
        note(verb, assistant, by=by, now=now)


def note(verb: PledgeVerb, assistant: Assistant, *, by: User | None, now: datetime) -> None:
    record(
        verb, subject=assistant.pledge, organisation=None, by=by, now=now, assistant=assistant.pk
    )


@transaction.atomic
def confirm_entries(*, pledge: Pledge, shown: Collection[str], by: User, now: datetime) -> int:
    """The leader says that entries are right; how many. `shown` are the marks of those seen.

    What was added or changed since it was shown is not confirmed unseen, and nothing of a pledge
    that is closed.
    """
    locked = lock(pledge)
    for_the_leader_alone(locked, by)
    if locked.state != PledgeState.PUBLISHED:
        return 0
    seen = [entry for entry in to_confirm(locked) if entry.mark in shown]
    if not seen:
        return 0
    new = [entry.invitation.pk for entry in seen if entry.is_new]
    steps = [step.pk for entry in seen for step in entry.steps]
    Invitation.objects.filter(pk__in=new).update(confirmed_at=now)
    Step.objects.filter(pk__in=steps).update(confirmed_at=now)
    record(
        PledgeVerb.ENTRIES_CONFIRMED,
        subject=locked, organisation=None, by=by, now=now, count=len(seen),
    )  # fmt: skip
    return len(seen)
