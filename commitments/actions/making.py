"""Making a pledge: the draft, the signing, the confirmation.

Each action locks the pledge first, so that two clicks, or two tabs, do one thing. History of a
draft names no organisation: its other members would read it.
"""

from collections.abc import Sequence
from datetime import datetime
from itertools import count

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from commitments import signing
from commitments.enums import Cadence, Choice, PledgeState, PledgeVerb, PromiseGroup
from commitments.models import Pledge, Promise, Signing, Wording
from commitments.queries import current_signing, organisations_of
from commitments.who import Who
from history.actions import record
from organisations.models import User


class AlreadySignedError(Exception):
    """A published pledge is frozen as signed."""


@transaction.atomic
def start_pledge(*, who: Who, wording: Wording, by: User, now: datetime) -> Pledge:
    """A draft with every promise adopted. A person has one draft at a time: the second click
    finds the first one's."""
    User.objects.select_for_update().get(pk=by.pk)
    draft = Pledge.objects.filter(leader=by, state=PledgeState.DRAFT).first()
    if draft is not None:
        return draft
    pledge = Pledge(leader=by, created_at=now, is_worked_example=by.is_demo)
    pledge.slug = f"draft-{pledge.pk}"
    describe(pledge, who)
    pledge.save()
    text = Signing.objects.create(pledge=pledge, wording=wording)
    adopted = [signing.Answer(line.key, Choice.ADOPTED) for line in wording.promises.all()]
    write_promises(text, answers=adopted, own=[])
    record(PledgeVerb.STARTED, subject=pledge, organisation=None, by=by, now=now)
    return pledge


def describe(pledge: Pledge, who: Who) -> None:
    """Refuses an organisation that the leader does not belong to."""
    own = organisations_of(pledge.leader)
    if who.organisation is not None and who.organisation not in own:
        raise PermissionDenied
    pledge.leader_name = who.name
    pledge.role_title = who.role_title
    pledge.organisation = who.organisation
    pledge.organisation_name = who.organisation.name if who.organisation else who.organisation_name


@transaction.atomic
def change_who(*, pledge: Pledge, who: Who, by: User, now: datetime) -> None:
    draft = lock_draft(pledge)
    describe(draft, who)
    draft.save()
    record_edit(draft, what="who", by=by, now=now)


@transaction.atomic
def choose_promises(
    *,
    pledge: Pledge,
    answers: Sequence[signing.Answer],
    own: Sequence[str],
    statement: str,
    by: User,
    now: datetime,
) -> None:
    draft = lock_draft(pledge)
    text = current_signing(draft)
    text.statement = statement
    text.save()
    text.promises.all().delete()
    write_promises(text, answers=answers, own=own)
    refuse_empty(text)
    record_edit(draft, what="promises", by=by, now=now)


def write_promises(text: Signing, *, answers: Sequence[signing.Answer], own: Sequence[str]) -> None:
    """One row for every promise of the wording, then the leader's own, in order."""
    given = {answer.key: answer for answer in answers}
    rows = []
    for line in text.wording.promises.order_by("position"):
        answer = signing.settled(given[line.key], line.text)
        rows.append(
            Promise(wording_promise=line, group=line.group, choice=answer.choice, text=answer.text)
        )
    for words in own:
        rows.append(Promise(group=PromiseGroup.OWN, choice=Choice.OWN, text=words))
    for position, row in enumerate(rows, 1):
        row.signing, row.position = text, position
    Promise.objects.bulk_create(rows)


@transaction.atomic
def choose_cadence(*, pledge: Pledge, cadence: Cadence, by: User, now: datetime) -> None:
    draft = lock_draft(pledge)
    draft.check_in_every = cadence
    draft.save()
    record_edit(draft, what="check_in_every", by=by, now=now)


@transaction.atomic
def publish_pledge(*, pledge: Pledge, by: User, now: datetime) -> Pledge:
    """Sign the text and make the page public. A second click changes nothing."""
    locked = lock(pledge)
    if locked.state != PledgeState.DRAFT:
        return locked
    text = current_signing(locked)
    refuse_empty(text)
    text.signed_at = now
    text.save()
    locked.state, locked.published_at = PledgeState.PUBLISHED, now
    take_free_address(locked)
    record(PledgeVerb.PUBLISHED, subject=locked, organisation=locked.organisation, by=by, now=now)
    return locked


def take_free_address(pledge: Pledge) -> None:
    """Save with the first address that is free; somebody else may take it meanwhile."""
    base = signing.address_from(pledge.leader_name)
    taken = taken_addresses(base)
    for number in count(1):
        pledge.slug = signing.address_with(base, number)
        if pledge.slug in taken:
            continue
        try:
            with transaction.atomic():
                pledge.save()
        except IntegrityError:
            if not Pledge.objects.filter(slug=pledge.slug).exists():
                raise
            continue
        return


def taken_addresses(base: str) -> set[str]:
    return set(Pledge.objects.filter(slug__startswith=base).values_list("slug", flat=True))


@transaction.atomic
def confirm_pledge(*, pledge: Pledge, by: User, now: datetime) -> Pledge:
    """The organisation says that name and role are right. Nobody confirms their own."""
    locked = lock(pledge)
    if not locked.may_be_confirmed_by(by):
        raise PermissionDenied
    if locked.confirmed_at is not None:
        return locked
    locked.confirmed_at, locked.confirmed_by = now, by
    locked.save()
    record(PledgeVerb.CONFIRMED, subject=locked, organisation=locked.organisation, by=by, now=now)
    return locked


def lock(pledge: Pledge) -> Pledge:
    return Pledge.objects.select_for_update().get(pk=pledge.pk)


def lock_draft(pledge: Pledge) -> Pledge:
    locked = lock(pledge)
    if locked.state != PledgeState.DRAFT:
        raise AlreadySignedError
    return locked


def record_edit(pledge: Pledge, *, what: str, by: User, now: datetime) -> None:
    record(PledgeVerb.EDITED, subject=pledge, organisation=None, by=by, now=now, what=what)


def refuse_empty(text: Signing) -> None:
    choices = [Choice(promise.choice) for promise in text.promises.all()]
    problem = signing.problem_with(choices)
    if problem is not None:
        raise ValidationError(problem)
