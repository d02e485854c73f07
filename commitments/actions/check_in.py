"""Check-ins: looking back on a period. Their history names no organisation either."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from commitments.actions.making import lock
from commitments.enums import Kept, PledgeVerb
from commitments.models import CheckIn, CheckInDraft, CheckInLine, CheckInRemark, Pledge
from commitments.queries.check_in_answers import Answers, Standing, standing_of
from commitments.queries.check_ins import period_open_for
from commitments.queries.tending import for_the_leader_alone
from commitments.rhythm import Period, why_not_look_back
from history.actions import record
from organisations.models import User
from organisations.refusals import Refused

NOTHING_SAID = (Kept.NOTHING, "")


class CheckInRefused(Refused):
    """No check-in is open, or one of another period."""


class SavedMeanwhileError(Exception):
    """Somebody saved answers that were not on the page; `standing` holds them."""

    def __init__(self, standing: Standing) -> None:
        super().__init__("Somebody saved this meanwhile.")
        self.standing = standing


@transaction.atomic
def record_check_in(
    *,
    pledge: Pledge,
    period: date,
    answers: Answers,
    by: User,
    now: datetime,
    seen: str | None = None,
) -> CheckIn:
    """Look back on the period that began on `period`; `answers` by position of the promise.

    A promise without an answer has nothing to report. `seen` is the mark of what the page showed:
    once a check-in is made, answers with its newest mark put it right, and what was said before
    stays. Without one a second click finds the first one's. Raises CheckInRefused when that period
    is not the open one, SavedMeanwhileError when somebody saved something else meanwhile.
    """
    locked = lock(pledge)
    for_the_leader_alone(locked, by)
    due = period_to_look_back_on(locked, period, now=now)
    standing = standing_of(locked, due)
    given = {p.position: answers.get(p.position, NOTHING_SAID) for p in standing.promises}
    if standing.check_in and (seen is None or standing.answers == given):
        return standing.check_in
    refuse_unseen(standing, seen=seen)
    if standing.check_in:
        return put_right(standing, standing.check_in, given, due=due, by=by, now=now)
    check_in = CheckIn.objects.create(
        pledge=locked, period=due.first, opened_on=due.opens_on, checked_in_at=now, by=by
    )
    write_lines(check_in, standing, given)
    locked.check_in_drafts.filter(period__lte=due.first).delete()
    record(
        PledgeVerb.CHECKED_IN,
        subject=locked, organisation=None, by=by, now=now, period=due.words,
    )  # fmt: skip
    return check_in


def put_right(
    standing: Standing, check_in: CheckIn, given: Answers, *, due: Period, by: User, now: datetime
) -> CheckIn:
    """A new line for each promise of which something else is said now."""
    changed = {
        position: answer
        for position, answer in given.items()
        if standing.answers[position] != answer
    }
    write_lines(check_in, standing, changed)
    record(
        PledgeVerb.CHECK_IN_PUT_RIGHT,
        subject=check_in.pledge, organisation=None, by=by, now=now, period=due.words,
    )  # fmt: skip
    return check_in


@transaction.atomic
def save_draft(
    *, pledge: Pledge, period: date, answers: Answers, by: User, now: datetime, seen: str
) -> None:
    """Keep answers for the leader to check; by the leader or an assistant. Raises as above."""
    locked = lock(pledge)
    due = period_to_look_back_on(locked, period, now=now)
    standing = standing_of(locked, due)
    if standing.check_in:
        raise CheckInRefused(f"The check-in for {due.words} is made already. Nothing was saved.")
    if standing.draft and standing.answers == answers:
        return
    refuse_unseen(standing, seen=seen)
    draft = standing.draft or CheckInDraft(pledge=locked, period=due.first, revision=0)
    draft.answers = {str(p.pk): answers[p.position] for p in standing.promises}
    draft.by, draft.at, draft.revision = by, now, draft.revision + 1
    draft.save()
    record(PledgeVerb.CHECK_IN_DRAFTED, subject=locked, organisation=None, by=by, now=now)


def refuse_unseen(standing: Standing, *, seen: str | None) -> None:
    if seen is not None and seen != standing.mark:
        raise SavedMeanwhileError(standing)


def period_to_look_back_on(locked: Pledge, asked_about: date, *, now: datetime) -> Period:
    due = period_open_for(locked, today=timezone.localdate(now))
    problem = why_not_look_back(asked_about, due=due)
    if due is None or problem:
        raise CheckInRefused(problem)
    return due


def write_lines(check_in: CheckIn, standing: Standing, answers: Answers) -> None:
    lines, remarks = [], []
    for promise in standing.promises:
        if promise.position not in answers:
            continue
        kept, words = answers[promise.position]
        line = CheckInLine(
            check_in=check_in,
            promise=promise,
            kept=kept or Kept.NOTHING,
            version=standing.versions.get(promise.position, 0) + 1,
        )
        lines.append(line)
        if words:
            remarks.append(CheckInRemark(line=line, text=words))
    CheckInLine.objects.bulk_create(lines)
    CheckInRemark.objects.bulk_create(remarks)
