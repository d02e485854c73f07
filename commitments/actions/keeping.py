"""Keeping a pledge: the invitation ledger and the check-ins.

Only the leader sees these, so their history names no organisation.
"""

from collections.abc import Mapping
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from commitments import ledger
from commitments.actions.making import lock
from commitments.enums import Cadence, InvitationState, Kept, PledgeState, PledgeVerb
from commitments.models import CheckIn, CheckInLine, Invitation, Pledge
from commitments.queries import kept_promises_of, made_on
from commitments.rhythm import Period, due_period, why_not_look_back
from history.actions import record
from organisations.models import User


class NotDueError(Exception):
    """No check-in is open, or one of another period; the message is for the person."""


class PledgeClosedError(Exception):
    """What was kept stays as it is."""


@transaction.atomic
def add_invitation(
    *,
    pledge: Pledge,
    title: str,
    organiser: str,
    held_on: date | None,
    received_on: date,
    asked_on: date | None,
    by: User,
    now: datetime,
) -> Invitation:
    """Raises PledgeClosedError once the pledge is closed."""
    locked = lock_kept(pledge)
    state = InvitationState.ASKED if asked_on else InvitationState.RECEIVED
    move = ledger.Move(state, received_on, held_on, asked_on, False)
    refuse(ledger.problems_with_new(move, today=timezone.localdate(now)))
    invitation = Invitation.objects.create(
        pledge=locked, title=title, organiser=organiser, held_on=held_on, state=state,
        received_on=received_on, asked_on=asked_on, created_at=now,
    )  # fmt: skip
    record(PledgeVerb.INVITATION_ADDED, subject=invitation, organisation=None, by=by, now=now)
    return invitation


@transaction.atomic
def move_invitation(
    *,
    invitation: Invitation,
    state: InvitationState,
    asked_on: date | None,
    lineup_changed: bool,
    by: User,
    now: datetime,
) -> Invitation:
    """Raises PledgeClosedError once the pledge is closed."""
    lock_kept(invitation.pledge)
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    changed = ledger.lineup_changed(state, lineup_changed)
    move = ledger.Move(state, locked.received_on, locked.held_on, asked_on, changed)
    refuse(ledger.problems_with(move, today=timezone.localdate(now)))
    locked.state, locked.asked_on, locked.lineup_changed = state, asked_on, changed
    locked.save()
    record(
        PledgeVerb.INVITATION_MOVED,
        subject=locked, organisation=None, by=by, now=now, invitation_state=state,
    )  # fmt: skip
    return locked


@transaction.atomic
def record_check_in(
    *,
    pledge: Pledge,
    period: date,
    answers: Mapping[int, tuple[Kept, str]],
    by: User,
    now: datetime,
) -> CheckIn:
    """Look back on the period that began on `period`; `answers` by position of the promise.

    A promise without an answer has nothing to report. A second click finds the first one's.
    Raises NotDueError when that period is not the open one.
    """
    locked = lock(pledge)
    due = open_period_of(locked, today=timezone.localdate(now))
    problem = why_not_look_back(period, due=due)
    if due is None or problem:
        raise NotDueError(problem)
    check_in, is_new = CheckIn.objects.get_or_create(
        pledge=locked, period=due.first, defaults={"checked_in_at": now, "by": by}
    )
    if not is_new:
        return check_in
    write_lines(check_in, answers)
    record(
        PledgeVerb.CHECKED_IN,
        subject=locked, organisation=None, by=by, now=now, period=due.words,
    )  # fmt: skip
    return check_in


def open_period_of(pledge: Pledge, *, today: date) -> Period | None:
    if pledge.state != PledgeState.PUBLISHED:
        return None
    cadence = Cadence(pledge.check_in_every)
    return due_period(made_on=made_on(pledge), today=today, cadence=cadence)


def write_lines(check_in: CheckIn, answers: Mapping[int, tuple[Kept, str]]) -> None:
    nothing = (Kept.NOTHING, "")
    lines = []
    for promise in kept_promises_of(check_in.pledge):
        kept, reflection = answers.get(promise.position, nothing)
        lines.append(
            CheckInLine(check_in=check_in, promise=promise, kept=kept, reflection=reflection)
        )
    CheckInLine.objects.bulk_create(lines)


def lock_kept(pledge: Pledge) -> Pledge:
    locked = lock(pledge)
    if locked.state != PledgeState.PUBLISHED:
        raise PledgeClosedError
    return locked


def refuse(problems: Mapping[str, str]) -> None:
    if problems:
        raise ValidationError({field: [message] for field, message in problems.items()})
