"""Writing a pledge: a draft from its first page to the last, and the text of a newer version.

Each action locks the pledge first, so that two clicks, or two tabs, do one thing. History of a
draft names no organisation: its other members would read it. Whoever writes without an account
(`by=None`) cannot be named, so history begins when they sign in.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID, uuid4

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction

from commitments import signing
from commitments.actions.revisions import next_revision
from commitments.enums import Cadence, Choice, PledgeState, PledgeVerb, PromiseGroup, StandardKind
from commitments.models import Pledge, Promise, Signing, Standard, Wording
from commitments.queries.making import organisations_of, promises_of, text_in_hand
from commitments.who import Shows, Who
from history.actions import record
from organisations.models import User


class AlreadySignedError(Exception):
    """Nothing of this pledge is being written: its text is frozen as signed."""


@transaction.atomic
def start_pledge(
    *,
    who: Who,
    wording: Wording,
    by: User | None,
    now: datetime,
    key: UUID | None = None,
    asked_by: Pledge | None = None,
) -> Pledge:
    """A draft with every promise adopted. A page that was opened with `key` makes one draft,
    however often it is sent."""
    pledge = Pledge(pk=key or uuid4(), leader=by, created_at=now, asked_by=asked_by)
    keep_asker_unless_oneself(pledge)
    pledge.is_worked_example = by is not None and by.is_demo
    pledge.slug = f"draft-{pledge.pk}"
    describe(pledge, who)
    try:
        with transaction.atomic():
            pledge.save(force_insert=True)
    except IntegrityError:
        return begun_before(pledge.pk, by)
    text = Signing.objects.create(pledge=pledge, wording=wording)
    adopted = [signing.Answer(line.key, Choice.ADOPTED) for line in wording.promises.all()]
    write_promises(text, answers=adopted, own=[])
    if by is not None:
        record(PledgeVerb.STARTED, subject=pledge, organisation=None, by=by, now=now)
    return pledge


def begun_before(key: UUID, by: User | None) -> Pledge:
    pledge = Pledge.objects.get(pk=key)
    if pledge.leader != by:
        raise PermissionDenied
    return pledge


def keep_asker_unless_oneself(pledge: Pledge) -> None:
    """Nobody is asked by themselves, from whichever of their pledges."""
    asker = pledge.asked_by
    if asker is not None and pledge.leader_id is not None and asker.leader_id == pledge.leader_id:
        pledge.asked_by, pledge.says_who_asked = None, False


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
def change_who(*, pledge: Pledge, who: Who, by: User | None, now: datetime) -> None:
    draft = lock_draft(pledge)
    describe(draft, who)
    save_edit(draft, what="who", by=by, now=now)


@transaction.atomic
def choose_promises(
    *,
    pledge: Pledge,
    answers: Sequence[signing.Answer],
    by: User | None,
    now: datetime,
    seen: int | None = None,
) -> None:
    """What becomes of each promise of the wording. The leader's own stay.

    `seen` here and below is the revision of the text that the page was opened on. Raises
    MovedOnError when it was saved meanwhile with something else.
    """
    text = lock_text(pledge)
    if not moves_on(text, seen=seen, is_same=answers_of(text) == settled(text, answers)):
        return
    own = list(text.promises.filter(choice=Choice.OWN).order_by("position"))
    text.promises.all().delete()
    write_promises(text, answers=answers, own=[promise.text for promise in own])
    save_edit(text.pledge, what="promises", by=by, now=now)


@transaction.atomic
def write_own(
    *,
    pledge: Pledge,
    own: Sequence[str],
    statement: str,
    by: User | None,
    now: datetime,
    seen: int | None = None,
) -> None:
    """The leader's own promises, and why they make the pledge."""
    text = lock_text(pledge)
    stands = [each.text for each in promises_of(text) if each.choice == Choice.OWN]
    is_same = (stands, text.statement) == (list(own), statement)
    if not moves_on(text, seen=seen, is_same=is_same):
        return
    text.statement = statement
    text.save()
    text.promises.filter(choice=Choice.OWN).delete()
    add_own(text, own, after=text.promises.count())
    save_edit(text.pledge, what="own", by=by, now=now)


def write_promises(text: Signing, *, answers: Sequence[signing.Answer], own: Sequence[str]) -> None:
    """One row for every promise of the wording, then the leader's own, in order."""
    given = {answer.key: answer for answer in settled(text, answers)}
    rows = [
        Promise(
            signing=text,
            wording_promise=line,
            group=line.group,
            position=position,
            choice=given[line.key].choice,
            text=given[line.key].text,
        )
        for position, line in enumerate(text.wording.promises.order_by("position"), 1)
    ]
    Promise.objects.bulk_create(rows)
    add_own(text, own, after=len(rows))


def settled(text: Signing, answers: Sequence[signing.Answer]) -> list[signing.Answer]:
    """One for every promise of the wording, in order, as it will stand in the text."""
    given = {answer.key: answer for answer in answers}
    lines = text.wording.promises.order_by("position")
    return [signing.settled(given[line.key], line.text) for line in lines]


def answers_of(text: Signing) -> list[signing.Answer]:
    return [
        signing.Answer(promise.wording_promise.key, Choice(promise.choice), promise.text)
        for promise in promises_of(text)
        if promise.wording_promise
    ]


def moves_on(text: Signing, *, seen: int | None, is_same: bool) -> bool:
    """Count up the revision of a locked text. False where a first click saved the same."""
    if is_same and seen not in (None, text.revision):
        return False
    next_revision(text, seen=text.revision if seen is None else seen)
    text.save()
    return True


def add_own(text: Signing, own: Sequence[str], *, after: int) -> None:
    Promise.objects.bulk_create(
        Promise(
            signing=text, position=position, group=PromiseGroup.OWN, choice=Choice.OWN, text=words
        )
        for position, words in enumerate(own, after + 1)
    )


@transaction.atomic
def choose_standards(
    *,
    pledge: Pledge,
    standards: Sequence[signing.Standing],
    by: User | None,
    now: datetime,
    seen: int | None = None,
) -> None:
    text = lock_text(pledge)
    if not moves_on(text, seen=seen, is_same=standings_of(text) == list(standards)):
        return
    text.standards.all().delete()
    Standard.objects.bulk_create(
        Standard(
            signing=text, position=position, kind=each.kind, name=each.name,
            signed_up_on=each.signed_up_on, link=each.link,
        )
        for position, each in enumerate(standards, 1)
    )  # fmt: skip
    save_edit(text.pledge, what="standards", by=by, now=now)


def standings_of(text: Signing) -> list[signing.Standing]:
    return [
        signing.Standing(StandardKind(row.kind), row.name, row.signed_up_on, row.link)
        for row in text.standards.order_by("position")
    ]


@transaction.atomic
def choose_cadence(*, pledge: Pledge, cadence: Cadence, by: User | None, now: datetime) -> None:
    draft = lock_draft(pledge)
    draft.check_in_every = cadence
    save_edit(draft, what="check_in_every", by=by, now=now)


@transaction.atomic
def choose_what_shows(*, pledge: Pledge, shows: Shows, by: User | None, now: datetime) -> None:
    draft = lock_draft(pledge)
    show(draft, shows)
    save_edit(draft, what="shows", by=by, now=now)


def show(pledge: Pledge, shows: Shows) -> None:
    pledge.shows_record = shows.shows_record
    pledge.is_listed = shows.is_listed
    pledge.counts_who_followed = shows.counts_who_followed
    keep_asker_unless_oneself(pledge)
    pledge.says_who_asked = shows.says_who_asked and pledge.asked_by_id is not None


def lock(pledge: Pledge) -> Pledge:
    return Pledge.objects.select_for_update().get(pk=pledge.pk)


def lock_draft(pledge: Pledge) -> Pledge:
    locked = lock(pledge)
    if locked.state != PledgeState.DRAFT:
        raise AlreadySignedError
    return locked


def lock_text(pledge: Pledge) -> Signing:
    """The text that is being written, with its locked pledge."""
    locked = lock(pledge)
    text = text_in_hand(locked)
    if text is None or locked.state == PledgeState.CLOSED:
        raise AlreadySignedError
    text.pledge = locked
    return text


def save_edit(pledge: Pledge, *, what: str, by: User | None, now: datetime) -> None:
    """Of a draft without account only the time counts: it is kept from then on."""
    if by is None:
        pledge.created_at = now
    pledge.save()
    if by is not None:
        record(PledgeVerb.EDITED, subject=pledge, organisation=None, by=by, now=now, what=what)


def refuse_empty(text: Signing) -> None:
    choices = [Choice(promise.choice) for promise in text.promises.all()]
    problem = signing.problem_with(choices)
    if problem is not None:
        raise ValidationError(problem)
