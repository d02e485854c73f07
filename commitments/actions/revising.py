"""A newer version of a published pledge. Until it is signed, everybody reads the last one."""

from datetime import datetime

from django.db import transaction
from django.db.models import Max

from commitments import signing
from commitments.actions.making import lock, write_promises
from commitments.enums import Choice, PledgeState, PledgeVerb
from commitments.models import Pledge, Signing, Standard
from commitments.queries.making import current_signing, current_wording, promises_of, text_in_hand
from commitments.queries.tending import for_the_leader_alone
from history.actions import record
from organisations.models import User


class NotPublishedError(Exception):
    """Only a pledge that is public has newer versions and settings."""


@transaction.atomic
def begin_revision(*, pledge: Pledge, by: User, now: datetime) -> Signing:
    """A text to change, as last signed, upon the newest wording. The second click finds it."""
    locked = lock(pledge)
    for_the_leader_alone(locked, by)
    if locked.state != PledgeState.PUBLISHED:
        raise NotPublishedError
    begun = text_in_hand(locked)
    if begun is not None:
        return begun
    last = current_signing(locked)
    wording = current_wording() or last.wording
    newest = locked.signings.aggregate(number=Max("number"))["number"]
    text = Signing.objects.create(
        pledge=locked,
        number=newest + 1,
        wording=wording,
        statement=last.statement,
        revision=last.revision + 1,
    )
    carry_promises(last, text)
    carry_standards(last, text)
    record(PledgeVerb.REVISED, subject=locked, organisation=None, by=by, now=now)
    return text


def carry_promises(last: Signing, text: Signing) -> None:
    """By the wording's key for each. What a newer wording adds starts adopted, as in a draft."""
    promises = promises_of(last)
    answers = {
        promise.wording_promise.key: signing.Answer(
            promise.wording_promise.key, Choice(promise.choice), promise.text
        )
        for promise in promises
        if promise.wording_promise
    }
    for line in text.wording.promises.all():
        answers.setdefault(line.key, signing.Answer(line.key, Choice.ADOPTED))
    own = [promise.text for promise in promises if promise.choice == Choice.OWN]
    write_promises(text, answers=list(answers.values()), own=own)


def carry_standards(last: Signing, text: Signing) -> None:
    rows = list(last.standards.order_by("position"))
    for row in rows:
        row.pk, row.signing = None, text
    Standard.objects.bulk_create(rows)


@transaction.atomic
def drop_revision(*, pledge: Pledge, by: User, now: datetime) -> None:
    """What was signed stays as it is."""
    locked = lock(pledge)
    for_the_leader_alone(locked, by)
    text = text_in_hand(locked)
    if text is None or locked.state == PledgeState.DRAFT:
        return
    text.delete()
    record(PledgeVerb.REVISION_DROPPED, subject=locked, organisation=None, by=by, now=now)
