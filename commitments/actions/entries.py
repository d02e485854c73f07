"""An entry of the ledger after it was added: a step taken back, details changed, removed, anew."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from commitments import ledger
from commitments.actions.ledger import (
    confirmed,
    lock_entry,
    refuse,
    refuse_foreign,
    refuse_twice_linked,
    sum_up,
    write_step,
)
from commitments.actions.revisions import next_revision
from commitments.enums import InvitationKind, InvitationState, PledgeVerb
from commitments.models import Invitation
from commitments.queries.invitations import (
    entry_of,
    has_come_to_something,
    is_reflected_on_in_public,
    next_of,
)
from history.actions import record
from organisations.models import User

# What a figure is made of. Anything else may be put right without being confirmed again.
COUNTED = frozenset({"kind", "held_on", "received_on", "gathering"})


@transaction.atomic
def take_back_step(
    *, invitation: Invitation, state: InvitationState, by: User, now: datetime
) -> bool:
    """Whether it was there still, and the newest. A second click takes back nothing more.

    What the leader has confirmed is for the leader to take back. Raises ValidationError once it
    was noted too long ago.
    """
    locked = lock_entry(invitation)
    if ledger.to_take_back(entry_of(locked).steps) != state:
        return False
    step = locked.steps.get(state=state)
    refuse_over_the_leader(locked, confirmed_at=step.confirmed_at, by=by)
    if not ledger.may_be_undone(step.at, now=now):
        raise ValidationError(ledger.STEP_STAYS)
    step.delete()
    sum_up(locked)
    record(
        PledgeVerb.STEP_TAKEN_BACK,
        subject=locked, organisation=None, by=by, now=now, invitation_state=state,
    )  # fmt: skip
    return True


@transaction.atomic
def change_invitation(
    *, invitation: Invitation, details: Mapping[str, Any], seen: int, by: User, now: datetime
) -> Invitation:
    """`details` by field; `seen` is the revision they were typed over.

    Raises PermissionDenied for an assistant where the leader stands behind the entry,
    MovedOnError when somebody saved meanwhile, and ValidationError by field.
    """
    locked = lock_entry(invitation)
    refuse_what_is_public(locked, by)
    next_revision(locked, seen=seen)
    details = on_the_day_of_its_event(locked, details)
    changed = {field for field, value in details.items() if getattr(locked, field) != value}
    before = entry_of(locked)
    after = ledger.with_details(before, details)
    refuse(ledger.problems_with_details(after, before=before, today=timezone.localdate(now)))
    if "gathering" in changed:
        refuse_foreign(details["gathering"], locked.pledge, by)
        refuse_twice_linked(details["gathering"], locked.pledge)
    if not changed:
        return locked
    for field in changed:
        setattr(locked, field, details[field])
    stand_behind(locked, changed, by=by, now=now)
    locked.save()
    record(PledgeVerb.INVITATION_CHANGED, subject=locked, organisation=None, by=by, now=now)
    return locked


def on_the_day_of_its_event(
    invitation: Invitation, details: Mapping[str, Any]
) -> Mapping[str, Any]:
    """What is linked says when it is."""
    gathering = details.get("gathering", invitation.gathering)
    return {**details, "held_on": gathering.held_on} if gathering else details


def stand_behind(invitation: Invitation, changed: set[str], *, by: User, now: datetime) -> None:
    """Who changes what is counted wrote it from now on; an assistant's waits for the leader."""
    if changed & COUNTED:
        invitation.written_by = by
        invitation.confirmed_at = confirmed(invitation.pledge, by, now)
        invitation.steps.filter(state=InvitationState.RECEIVED).update(
            on=invitation.received_on, by=by, confirmed_at=invitation.confirmed_at
        )


@transaction.atomic
def remove_invitation(*, invitation: Invitation, by: User, now: datetime) -> None:
    """An entry of which nothing has come, noted lately. Raises ValidationError for any other."""
    locked = lock_entry(invitation)
    refuse_over_the_leader(locked, confirmed_at=locked.confirmed_at, by=by)
    problem = ledger.why_not_remove(
        entry_of(locked).steps,
        has_more=has_come_to_something(locked),
        noted_at=locked.created_at,
        now=now,
    )
    if problem:
        raise ValidationError(problem)
    record(PledgeVerb.INVITATION_REMOVED, subject=locked.pledge, organisation=None, by=by, now=now)
    locked.delete()


@transaction.atomic
def ask_anew(*, invitation: Invitation, by: User, now: datetime) -> Invitation:
    """The entry of a seat for another year. A second click finds the first one's.

    The event stays with the entry that was about it.
    """
    locked, today = lock_entry(invitation), timezone.localdate(now)
    found = next_of(locked)
    if found is not None:
        return found
    kind = InvitationKind(locked.kind)
    if not ledger.may_be_asked_anew(
        kind, received_on=locked.received_on, has_next=False, today=today
    ):
        raise ValidationError("This seat has been asked about this year.")
    anew = Invitation.objects.create(
        pledge=locked.pledge, follows=locked, kind=kind, title=locked.title,
        organiser=locked.organiser, received_on=today,
        written_by=by, confirmed_at=confirmed(locked.pledge, by, now), created_at=now,
    )  # fmt: skip
    write_step(anew, InvitationState.RECEIVED, today, by=by, now=now)
    record(PledgeVerb.INVITATION_ADDED, subject=anew, organisation=None, by=by, now=now)
    return anew


def refuse_what_is_public(invitation: Invitation, by: User) -> None:
    """What counts in public, or is read there, is changed by the leader alone."""
    refuse_over_the_leader(invitation, confirmed_at=invitation.confirmed_at, by=by)
    if by.pk != invitation.pledge.leader_id and is_reflected_on_in_public(invitation):
        raise PermissionDenied


def refuse_over_the_leader(
    invitation: Invitation, *, confirmed_at: datetime | None, by: User
) -> None:
    """An assistant does not undo what the leader stands behind."""
    if confirmed_at is not None and by.pk != invitation.pledge.leader_id:
        raise PermissionDenied
