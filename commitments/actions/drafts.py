"""Drafts as a whole: claimed by signing in, dropped by who wrote them, forgotten with time."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from commitments.actions.making import keep_asker_unless_oneself
from commitments.drafting import KEPT_WITHOUT_ACCOUNT
from commitments.enums import PledgeState, PledgeVerb
from commitments.models import Pledge
from history.actions import record
from organisations.models import User


@transaction.atomic
def claim_drafts(*, browser: Sequence[str], by: User, now: datetime) -> None:
    """What this browser began without an account becomes the person's who signs in there."""
    unclaimed = Pledge.objects.filter(pk__in=browser, leader=None, state=PledgeState.DRAFT)
    for draft in unclaimed.select_for_update(of=["self"]).select_related("asked_by"):
        draft.leader, draft.is_worked_example = by, by.is_demo
        keep_asker_unless_oneself(draft)
        draft.save()
        record(PledgeVerb.CLAIMED, subject=draft, organisation=None, by=by, now=now)


@transaction.atomic
def drop_draft(*, pledge: Pledge, by: User | None, now: datetime) -> None:
    """Its text and its link go with it. What was published is never dropped."""
    draft = Pledge.objects.select_for_update().filter(pk=pledge.pk, state=PledgeState.DRAFT).first()
    if draft is None:
        return
    if by is not None:
        record(PledgeVerb.DRAFT_DROPPED, subject=draft, organisation=None, by=by, now=now)
    draft.delete()


@transaction.atomic
def forget_drafts(*, now: datetime) -> int:
    """Those without a leader, KEPT_WITHOUT_ACCOUNT after the last change: nobody else could ever
    ask for them to be deleted. Gives how many."""
    begun_before = now - KEPT_WITHOUT_ACCOUNT
    stale = Pledge.objects.filter(state=PledgeState.DRAFT, leader=None, created_at__lt=begun_before)
    _, deleted = stale.delete()
    return deleted.get(Pledge._meta.label, 0)
