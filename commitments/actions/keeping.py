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
from commitments.rhythm import due_period
from history.actions import record
from organisations.models import User


class NotDueError(Exception):
    """No period is open for a check-in."""


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
    state = InvitationState.ASKED if asked_on else InvitationState.RECEIVED
    refuse_move(ledger.Move(state, received_on, held_on, asked_on, False), now)
    invitation = Invitation.objects.create(
        pledge=pledge, title=title, organiser=organiser, held_on=held_on, state=state,
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
    locked = Invitation.objects.select_for_update().get(pk=invitation.pk)
    changed = ledger.lineup_changed(state, lineup_changed)
    refuse_move(ledger.Move(state, locked.received_on, locked.held_on, asked_on, changed), now)
    locked.state, locked.asked_on, locked.lineup_changed = state, asked_on, changed
    locked.save()
    record(
        PledgeVerb.INVITATION_MOVED,
        subject=locked, organisation=None, by=by, now=now, invitation_state=state,
    )  # fmt: skip
    return locked


@transaction.atomic
def record_check_in(
    *, pledge: Pledge, answers: Mapping[int, tuple[Kept, str]], by: User, now: datetime
) -> CheckIn:
    """Look back on the open period; `answers` by position of the promise.

    A promise without an answer has nothing to report. A second click finds the first one's.
    """
    locked = lock(pledge)
    period = due_period(
        made_on=made_on(locked),
        today=timezone.localdate(now),
        cadence=Cadence(locked.check_in_every),
    )
    if period is None or locked.state != PledgeState.PUBLISHED:
        raise NotDueError
    check_in, is_new = CheckIn.objects.get_or_create(
        pledge=locked, period=period.first, defaults={"checked_in_at": now, "by": by}
    )
    if not is_new:
        return check_in
    nothing = (Kept.NOTHING, "")
    lines = []
    for promise in kept_promises_of(locked):
        kept, reflection = answers.get(promise.position, nothing)
        lines.append(
            CheckInLine(check_in=check_in, promise=promise, kept=kept, reflection=reflection)
        )
    CheckInLine.objects.bulk_create(lines)
    record(
        PledgeVerb.CHECKED_IN,
        subject=locked, organisation=None, by=by, now=now, period=period.words,
    )  # fmt: skip
    return check_in


def refuse_move(move: ledger.Move, now: datetime) -> None:
    problems = ledger.problems_with(move, today=timezone.localdate(now))
    if problems:
        raise ValidationError({field: [message] for field, message in problems.items()})
