"""The invitation ledger: entries and the steps they take.

Only the leader and their assistants see these, so their history names no organisation. Each
action locks the pledge first. What an assistant wrote waits for the leader's confirmation.
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from commitments import ledger
from commitments.actions.making import lock
from commitments.enums import InvitationKind, InvitationState, PledgeState, PledgeVerb
from commitments.models import Invitation, Pledge, Step
from commitments.queries.invitations import entry_of, gatherings_to_link, newest_letter
from history.actions import record
from organisations.limits import DOUBLE_CLICK
from organisations.models import User
from panels.models import Gathering


class PledgeClosedError(Exception):
    """What was kept stays as it is."""


@transaction.atomic
def add_invitation(
    *,
    pledge: Pledge,
    kind: InvitationKind = InvitationKind.INVITED,
    title: str,
    organiser: str,
    held_on: date | None,
    received_on: date,
    asked_on: date | None,
    gathering: Gathering | None = None,
    note: str = "",
    by: User,
    now: datetime,
) -> Invitation:
    """Raises ValidationError by field, and PledgeClosedError once the pledge is closed.

    A double click finds the first one. The day of a linked event is the entry's own.
    """
    locked, held_on = lock_kept(pledge), gathering.held_on if gathering else held_on
    typed = {
        "kind": kind, "title": title, "organiser": organiser, "held_on": held_on,
        "received_on": received_on, "asked_on": asked_on, "gathering": gathering, "note": note,
    }  # fmt: skip
    twin = locked.invitations.filter(**typed, created_at__gt=now - DOUBLE_CLICK).first()
    if twin is not None:
        return twin
    refuse_foreign(gathering, locked, by)
    refuse_twice_linked(gathering, locked)
    entry, today = ledger.Entry(kind, received_on, held_on), timezone.localdate(now)
    refuse(ledger.problems_with_new(entry, asked_on=asked_on, today=today))
    invitation = Invitation.objects.create(
        pledge=locked, **typed, written_by=by,
        confirmed_at=confirmed(locked, by, now), created_at=now,
    )  # fmt: skip
    write_step(invitation, InvitationState.RECEIVED, received_on, by=by, now=now)
    if asked_on:
        write_step(invitation, InvitationState.ASKED, asked_on, by=by, now=now)
    sum_up(invitation)
    record(PledgeVerb.INVITATION_ADDED, subject=invitation, organisation=None, by=by, now=now)
    return invitation


@transaction.atomic
def take_step(
    *,
    invitation: Invitation,
    state: InvitationState,
    on: date,
    number: int | None = None,
    by: User | None,
    now: datetime,
) -> Step:
    """Note what happened. `by=None`: the organiser answered, so they were asked.

    A step that is there already stays as it is, and is confirmed when it is the leader who takes
    it again. Raises ValidationError by field, and PledgeClosedError once the pledge is closed.
    """
    locked = lock_entry(invitation)
    found = locked.steps.filter(state=state).first()
    if found is not None:
        return confirm_again(found, by, now)
    if by is None:
        take_asking_for_granted(locked, on=on, now=now)
    entry, today = entry_of(locked), timezone.localdate(now)
    refuse(ledger.problems_with_step(entry, ledger.Taken(state, on), number=number, today=today))
    step = write_step(locked, state, on, number=number, by=by, now=now)
    sum_up(locked)
    record(
        PledgeVerb.INVITATION_MOVED,
        subject=locked, organisation=None, by=by, now=now, invitation_state=state,
    )  # fmt: skip
    return step


def take_asking_for_granted(invitation: Invitation, *, on: date, now: datetime) -> None:
    """Whoever answers a letter has been asked, also where nobody noted that it was sent."""
    if invitation.steps.filter(state=InvitationState.ASKED).exists():
        return
    letter = newest_letter(invitation)
    if letter is None:
        return
    asked_on = max(invitation.received_on, timezone.localdate(letter.created_at))
    write_step(
        invitation, InvitationState.ASKED, min(asked_on, on), by=letter.written_by, now=now
    )  # fmt: skip


def confirm_again(step: Step, by: User | None, now: datetime) -> Step:
    if step.confirmed_at is None:
        step.confirmed_at = confirmed(step.invitation.pledge, by, now)
        step.save(update_fields=["confirmed_at"])
    return step


def write_step(
    invitation: Invitation,
    state: InvitationState,
    on: date,
    *,
    number: int | None = None,
    by: User | None,
    now: datetime,
) -> Step:
    return Step.objects.create(
        invitation=invitation,
        state=state,
        on=on,
        number=number if state == InvitationState.PUT_FORWARD else None,
        by=by,
        at=now,
        confirmed_at=confirmed(invitation.pledge, by, now),
    )


def sum_up(invitation: Invitation) -> None:
    summary = ledger.sum_up(entry_of(invitation).steps)
    invitation.state = summary.state
    invitation.asked_on, invitation.lineup_changed = summary.asked_on, summary.lineup_changed
    invitation.save(update_fields=["state", "asked_on", "lineup_changed"])


def confirmed(pledge: Pledge, by: User | None, now: datetime) -> datetime | None:
    """At once, unless an assistant wrote it."""
    return now if by is None or by.pk == pledge.leader_id else None


def lock_kept(pledge: Pledge) -> Pledge:
    locked = lock(pledge)
    if locked.state != PledgeState.PUBLISHED:
        raise PledgeClosedError
    return locked


def lock_entry(invitation: Invitation) -> Invitation:
    """With its pledge, which is held first, so that nothing else happens to either."""
    pledge = lock_kept(invitation.pledge)
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    locked.pledge = pledge
    return locked


def refuse_foreign(gathering: Gathering | None, pledge: Pledge, by: User) -> None:
    """An event is linked by somebody who may see it."""
    if gathering and not gatherings_to_link(pledge, by).filter(pk=gathering.pk).exists():
        raise PermissionDenied


def refuse_twice_linked(gathering: Gathering | None, pledge: Pledge) -> None:
    """One event counts once in a year."""
    if gathering and pledge.invitations.filter(gathering=gathering).exists():
        refuse({"gathering": ledger.LINKED_ALREADY})


def refuse(problems: Mapping[str, str]) -> None:
    if problems:
        raise ValidationError({field: [message] for field, message in problems.items()})
